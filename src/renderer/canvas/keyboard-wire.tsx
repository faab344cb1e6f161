import { Command } from 'cmdk';
import { Popover } from 'radix-ui';
import { useMemo } from 'react';
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
import type { ShownNode, ShownPin } from './shown-node.ts';
import { stage, useStage } from './stage.ts';
import { verdictOf, wireDrag } from './wire-drag.ts';

/** Draws a wire by keyboard: first a pin of the node, unless one has the focus, then one of the pins that take it. */
export function KeyboardWire() {
  const keyboardWire = useStage(({ keyboardWire }) => keyboardWire);
  const flow = useStage(({ flow }) => flow);
  if (keyboardWire === null || flow === null) return null;
  const { node, pin } = keyboardWire;
  const close = () => {
    stage.setState({ keyboardWire: null });
    wireDrag.setState({ drag: null });
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
            <PinChoice node={node} nodes={nodesOf(flow.getNodes())} />
          ) : (
            <TargetChoice key={pin.pin} from={pin} nodes={nodesOf(flow.getNodes())} onEnd={close} />
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function PinChoice({ node, nodes }: { node: string; nodes: readonly ShownNode[] }) {
  const shown = nodes.find((other) => other.node.id === node);
  const pins = shown === undefined ? [] : [...shown.outputs, ...shown.inputs].filter(({ canConnect }) => canConnect);
  return (
    <PinList label={`Pins of ${shown?.title ?? node}`} placeholder="Which pin?" empty="This node has no such pin.">
      {pins.map((pin) => (
        <PinItem
          key={`${pin.side} ${pin.name}`}
          pin={pin}
          text={pin.side}
          onSelect={() => {
            const from: DraggedPin = { node, pin: pin.name, kind: pin.side };
            stage.setState({ keyboardWire: { node, pin: from } });
          }}
        />
      ))}
    </PinList>
  );
}

interface TargetChoiceProps {
  readonly from: DraggedPin;
  readonly nodes: readonly ShownNode[];
  onEnd(): void;
}

/** The pins that take the wire, free ones first. */
function TargetChoice({ from, nodes, onEnd }: TargetChoiceProps) {
  const open = useOpenGraph();
  const targets = useMemo(() => targetsOf(open, from, nodes), [open, from, nodes]);
  return (
    <PinList
      label={`Pins that take ${from.pin}`}
      placeholder={`Connect ${from.pin} of ${from.node} to…`}
      empty="No pin in this graph takes it."
    >
      {targets.map(({ node, pin }) => (
        <PinItem
          key={`${node.node.id} ${pin.name}`}
          pin={pin}
          text={`${node.title}${pin.isConnected && pin.side === 'input' ? ', replaces a wire' : ''}`}
          onSelect={() => {
            const target = { node: node.node.id, pin: pin.name };
            onEnd();
            const [output, input] = from.kind === 'output' ? [from, target] : [target, from];
            editBody(open, `Connect ${output.node} to ${input.node}`, (draft) =>
              connect(draft, installedTypes, output, input),
            );
          }}
        />
      ))}
      <Command.Item
        value="a new node"
        forceMount
        onSelect={() => {
          onEnd();
          searchBeside(from);
        }}
        className={ITEM}
      >
        Add a node that fits…
      </Command.Item>
    </PinList>
  );
}

const ITEM = 'flex h-6 cursor-default items-center gap-2 rounded-control px-2 data-[selected=true]:bg-pressed';

interface PinListProps {
  readonly label: string;
  readonly placeholder: string;
  readonly empty: string;
  readonly children: React.ReactNode;
}

function PinList({ label, placeholder, empty, children }: PinListProps) {
  return (
    <Command label={label} loop>
      <Command.Input
        placeholder={placeholder}
        className="h-9 w-full border-line border-b bg-transparent px-3 text-sm outline-none"
      />
      <Command.List aria-label={label} className="max-h-72 overflow-y-auto p-1">
        <Command.Empty className="px-2 py-3 text-dim">{empty}</Command.Empty>
        {children}
      </Command.List>
    </Command>
  );
}

function PinItem({ pin, text, onSelect }: { pin: ShownPin; text: string; onSelect(): void }) {
  return (
    <Command.Item value={`${text} ${pin.name} ${pin.side}`} onSelect={onSelect} className={ITEM}>
      <span className="flex" style={{ color: pin.colour }}>
        <PinShape form={pin.form} isFilled={pin.isConnected} />
      </span>
      <span className="shrink-0">{pin.name}</span>
      <span className="truncate font-mono text-2xs text-faint">{pin.typeText}</span>
      <span className="flex-1 truncate text-right text-dim">{text}</span>
    </Command.Item>
  );
}

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
