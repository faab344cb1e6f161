import { Command } from 'cmdk';
import { Popover } from 'radix-ui';
import { useEffect, useMemo, useState } from 'react';
import type { DraggedPin } from '../../shared/graph/edit/add-wired-node.ts';
import { connect } from '../../shared/graph/edit/connect.ts';
import { announce } from '../announce/announce.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { beginWire } from './begin-wire.ts';
import { editBody } from './edit-body.ts';
import type { BoxElement } from './flow-elements.ts';
import { focusNode } from './focus-node.ts';
import { installedTypes } from './installed-types.ts';
import { PinShape } from './pin-shape.tsx';
import type { ShownNode } from './shown-node.ts';
import type { ShownPin } from './shown-pin.ts';
import { stage, useStage } from './stage.ts';
import { verdictOf, wireDrag } from './wire-drag.ts';

/** Draws a wire by keyboard: first a pin of the node, unless one has the focus, then one of the pins that take it. */
export function KeyboardWire() {
  const keyboardWire = useStage(({ keyboardWire }) => keyboardWire);
  const flow = useStage(({ flow }) => flow);
  // Nothing changes the graph while the list is open.
  const nodes = useMemo(() => nodesOf(keyboardWire === null ? [] : (flow?.getNodes() ?? [])), [flow, keyboardWire]);
  if (keyboardWire === null) return null;
  const { node, pin } = keyboardWire;
  const close = () => {
    endWire();
    focusNode(node);
  };
  const box = document.querySelector(`.react-flow__node[data-id="${CSS.escape(node)}"]`)?.getBoundingClientRect();
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && close()}>
      <Popover.Anchor className="fixed" style={{ left: box?.right ?? 0, top: box?.top ?? 0 }} />
      <Popover.Portal>
        <Popover.Content
          align="start"
          side="right"
          sideOffset={8}
          collisionPadding={8}
          aria-label="Connect a pin"
          className="z-30 w-80 overflow-hidden rounded-node border border-line bg-raised shadow-raised outline-none"
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          {pin === null ? (
            <PinChoice node={node} nodes={nodes} />
          ) : (
            <TargetChoice key={pin.pin} from={pin} nodes={nodes} onEnd={close} />
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function endWire(): void {
  stage.setState({ keyboardWire: null });
  wireDrag.setState({ drag: null });
}

function PinChoice({ node, nodes }: { node: string; nodes: readonly ShownNode[] }) {
  const shown = nodes.find((other) => other.node.id === node);
  const pins = shown === undefined ? [] : [...shown.outputs, ...shown.inputs].filter(({ canConnect }) => canConnect);
  return (
    <ChoiceList
      label={`Pins of ${shown?.title ?? node}`}
      placeholder="Which pin?"
      empty="This node has no such pin: try another word."
      choices={pins.map((pin) => ({
        key: `${pin.side} ${pin.name}`,
        pin,
        text: pin.side,
        choose: () => stage.setState({ keyboardWire: { node, pin: { node, pin: pin.name, kind: pin.side } } }),
      }))}
      rest={null}
    />
  );
}

interface TargetChoiceProps {
  readonly from: DraggedPin;
  readonly nodes: readonly ShownNode[];
  onEnd(): void;
}

/** The pins that take the wire, free ones first; below them the way to a node that is not there yet. */
function TargetChoice({ from, nodes, onEnd }: TargetChoiceProps) {
  const open = useOpenGraph();
  const [targets, setTargets] = useState<readonly Target[] | null>(null);
  useEffect(() => setTargets(targetsOf(open, from, nodes)), [open, from, nodes]);
  const connectTo = ({ node, pin }: Target) => {
    onEnd();
    const target = { node: node.node.id, pin: pin.name };
    const [output, input] = from.kind === 'output' ? [from, target] : [target, from];
    editBody(open, `Connect ${output.node} to ${input.node}`, (draft) => connect(draft, installedTypes, output, input));
  };
  // A list that came without them would go on offering what is below them first.
  if (targets === null) return null;
  return (
    <ChoiceList
      label={`Pins that take ${from.pin}`}
      placeholder={`Connect ${from.pin} of ${from.node} to…`}
      empty="No pin in this graph takes it."
      choices={targets.map((target) => ({
        key: `${target.node.node.id} ${target.pin.name}`,
        pin: target.pin,
        text: `${target.node.title}${target.pin.isConnected && target.pin.side === 'input' ? ', replaces a wire' : ''}`,
        choose: () => connectTo(target),
      }))}
      rest={{
        text: 'Add a node that fits…',
        choose: () => {
          endWire();
          searchBeside(from);
        },
      }}
    />
  );
}

interface Choice {
  readonly key: string;
  readonly pin: ShownPin;
  readonly text: string;
  choose(): void;
}

interface ChoiceListProps {
  readonly label: string;
  readonly placeholder: string;
  readonly empty: string;
  readonly choices: readonly Choice[];
  /** Stays in the list whatever is typed. */
  readonly rest: { readonly text: string; choose(): void } | null;
}

function ChoiceList({ label, placeholder, empty, choices, rest }: ChoiceListProps) {
  const [query, setQuery] = useState('');
  const words = query.toLowerCase().split(/\s+/);
  const found = choices.filter(({ pin, text }) => {
    const name = `${pin.name} ${text}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
  return (
    <Command label={label} loop shouldFilter={false}>
      <Command.Input
        // The list is the answer to a key, and typing narrows it down.
        autoFocus
        value={query}
        onValueChange={setQuery}
        placeholder={placeholder}
        className="h-9 w-full border-line border-b bg-transparent px-3 text-sm outline-none"
      />
      <Command.List label={label} className="max-h-72 overflow-y-auto p-1">
        {found.length === 0 && <p className="px-2 py-2 text-dim">{empty}</p>}
        {found.map(({ key, pin, text, choose }) => (
          <Command.Item key={key} value={key} onSelect={choose} className={ITEM}>
            <span className="flex" style={{ color: pin.colour }}>
              <PinShape form={pin.form} isFilled={pin.isConnected} />
            </span>
            <span className="shrink-0">{pin.name}</span>
            <span className="truncate font-mono text-2xs text-dim">{pin.typeText}</span>
            <span className="flex-1 truncate text-right text-dim">{text}</span>
          </Command.Item>
        ))}
        {rest && (
          <Command.Item value="rest" onSelect={rest.choose} className={ITEM}>
            {rest.text}
          </Command.Item>
        )}
      </Command.List>
    </Command>
  );
}

const ITEM = 'flex h-6 cursor-default items-center gap-2 rounded-control px-2 data-[selected=true]:bg-pressed';

interface Target {
  readonly node: ShownNode;
  readonly pin: ShownPin;
}

function targetsOf(open: OpenGraph, from: DraggedPin, nodes: readonly ShownNode[]): Target[] {
  const drag = beginWire(open, from);
  const all = nodes.flatMap((node) =>
    (from.kind === 'output' ? node.inputs : node.outputs).map((pin): Target => ({ node, pin })),
  );
  const targets = all.filter(({ node, pin }) => verdictOf(drag, node.node.id, pin.side, pin.name).state === 'accepts');
  announce(`${targets.length} ${targets.length === 1 ? 'pin takes' : 'pins take'} ${from.pin} of ${from.node}.`);
  return targets.toSorted((a, b) => Number(a.pin.isConnected) - Number(b.pin.isConnected));
}

/** A node that is added by a wire goes to the right of the node that gives, to the left of the one that takes. */
function searchBeside(pin: DraggedPin): void {
  const { flow, sizes } = stage.getState();
  const node = flow?.getNode(pin.node);
  if (flow === null || node === undefined) return;
  const [width] = sizes(pin.node);
  const x = pin.kind === 'output' ? node.position.x + width + 72 : node.position.x - 292;
  const screen = flow.flowToScreenPosition({ x, y: node.position.y });
  stage.setState({ insertion: { at: [x, node.position.y], screen: [screen.x, screen.y], pin } });
}

function nodesOf(boxes: readonly BoxElement[]): ShownNode[] {
  return boxes.flatMap((box) => (box.type === 'node' ? [box.data.shown] : []));
}
