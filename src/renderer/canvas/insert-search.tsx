import { Command } from 'cmdk';
import { Popover } from 'radix-ui';
import { useMemo, useState } from 'react';
import { PinTypes } from '../../shared/graph/edit/pin-types.ts';
import { graphSignature } from '../../shared/graph/interface.ts';
import type { NodeSignature } from '../../shared/node-api/signature.ts';
import { type AppState, useApp } from '../state/app-store.ts';
import { bodyNameOf } from '../state/body-in-view.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { categoryLook } from './category-look.ts';
import { insertNode } from './insert-node.ts';
import { installedTypes } from './installed-types.ts';
import { rankNodes } from './rank-nodes.ts';
import { recentTypes } from './recent-types.ts';
import { SignatureCard } from './signature-card.tsx';
import { type Insertion, stage, useStage } from './stage.ts';

/** The list of nodes that can be inserted at a place; after a dragged wire only those that it fits. */
export function InsertSearch() {
  const insertion = useStage(({ insertion }) => insertion);
  if (insertion === null) return null;
  const close = () => stage.setState({ insertion: null });
  const [left, top] = insertion.screen;
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && close()}>
      <Popover.Anchor className="fixed" style={{ left, top }} />
      <Popover.Portal>
        <Popover.Content
          align="start"
          side="bottom"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Add a node"
          className="z-30 flex items-start gap-1 outline-none"
        >
          <SearchList key={`${left} ${top}`} insertion={insertion} onClose={close} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** More rows than anybody scrolls through would only slow the typing down. */
const MOST_ROWS = 60;

function SearchList({ insertion, onClose }: { insertion: Insertion; onClose(): void }) {
  const open = useOpenGraph();
  const [query, setQuery] = useState('');
  const [highlighted, setHighlighted] = useState('');
  const catalogue = useApp((state) => state.catalogue);
  const candidates = useMemo(() => candidatesFor(open, insertion, catalogue), [open, insertion, catalogue]);
  const recent = useMemo(recentTypes, []);
  const found = useMemo(() => rankNodes(query, candidates, recent).slice(0, MOST_ROWS), [query, candidates, recent]);
  const shown = found.find(({ id }) => id === highlighted) ?? found[0];
  const insert = (type: string) => {
    onClose();
    insertNode(open, { type, at: insertion.at, pin: insertion.pin });
  };
  return (
    <>
      <Command
        label="Add a node"
        shouldFilter={false}
        loop
        value={shown?.id ?? ''}
        onValueChange={setHighlighted}
        className="w-72 overflow-hidden rounded-node border border-line bg-raised shadow-raised"
      >
        <Command.Input
          value={query}
          onValueChange={(text) => {
            setQuery(text);
            setHighlighted('');
          }}
          placeholder={insertion.pin === null ? 'Add a node' : `Nodes that fit ${insertion.pin.pin}`}
          className="h-9 w-full border-line border-b bg-transparent px-3 text-sm outline-none"
        />
        <Command.List label="Nodes" className="max-h-80 overflow-y-auto p-1">
          <Command.Empty className="px-2 py-3 text-dim">
            {candidates.length === 0 ? 'No node fits this pin.' : 'No node is called this: try another word.'}
          </Command.Empty>
          {found.map(({ id, title, category }) => {
            const { icon: Icon, colour, title: categoryTitle } = categoryLook(category);
            return (
              <Command.Item
                key={id}
                value={id}
                onSelect={() => insert(id)}
                className="flex h-6 cursor-default items-center gap-2 rounded-control px-2 data-[selected=true]:bg-pressed"
              >
                <Icon aria-hidden className="size-3.5 shrink-0" style={{ color: colour }} />
                <span className="flex-1 truncate">{title}</span>
                <span className="truncate text-2xs text-dim">{categoryTitle}</span>
              </Command.Item>
            );
          })}
        </Command.List>
      </Command>
      {shown && <SignatureCard signature={shown} />}
    </>
  );
}

function candidatesFor(
  { editor, store }: OpenGraph,
  { pin }: Insertion,
  catalogue: AppState['catalogue'],
): NodeSignature[] {
  const { graph } = editor;
  const inView = bodyNameOf(store.getState().view);
  const graphs = Object.entries(graph.graphs ?? {}).flatMap(([name, body]) =>
    name === inView ? [] : [graphSignature(name, body, installedTypes.catalogue)],
  );
  const all = [...catalogue.values(), ...graphs];
  if (pin === null) return all;
  const types = new PinTypes(graph, inView, installedTypes);
  return all.filter((signature) =>
    pin.kind === 'output'
      ? types.inputFor(pin, signature) !== undefined
      : types.outputFor(pin, signature) !== undefined,
  );
}
