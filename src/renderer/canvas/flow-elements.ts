import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react';
import type { After, Frame, GraphBody, Note, Point, Wire } from '../../shared/graph/document.ts';
import { NOTE_SIZE } from '../../shared/graph/edit/boxes.ts';
import { keyOf } from '../../shared/graph/edit/element-key.ts';
import { endOf, nodeAt } from '../../shared/graph/edit/pin-end.ts';
import { placeOf } from '../../shared/graph/edit/places.ts';
import type { Selection } from '../state/selection.ts';
import { pinPlaces, TITLE_HEIGHT } from './node-layout.ts';
import type { ShownNode } from './shown-node.ts';

export type NodeElement = Node<{ shown: ShownNode }, 'node'>;
export type FrameElement = Node<{ frame: Frame }, 'frame'>;
export type NoteElement = Node<{ note: Note }, 'note'>;
export type BoxElement = NodeElement | FrameElement | NoteElement;

export interface WireLook extends Record<string, unknown> {
  /** `nodes`: from node to node, connecting all pins of the same name. `after`: an order without data. */
  readonly kind: 'pins' | 'nodes' | 'after';
  /** A CSS colour of the theme. */
  readonly colour: string;
  readonly via: readonly Point[];
  readonly isBroken: boolean;
}
export type WireElement = Edge<WireLook, 'wire'>;

/**
 * Name of the pin at a node's title, where wires of whole nodes end. No pin of a node can have it, and none is drawn: such
 * wires are not drawn by hand.
 */
export const NODE_PIN = ':node';

/**
 * What React Flow shows. An element is made once per thing shown and kept with it, so that an edit gives a new element
 * only for what it changed and React renders nothing else.
 */
export function boxElements(
  body: GraphBody,
  shown: ReadonlyMap<string, ShownNode>,
  selection: Selection,
): BoxElement[] {
  const frames = body.frames?.map((frame) => selected(frameElement(frame), selection.frames.has(keyOf(frame)))) ?? [];
  const nodes = [...shown.values()].map((node) => selected(nodeElement(node), selection.nodes.has(node.node.id)));
  const notes = body.notes?.map((note) => selected(noteElement(note), selection.notes.has(keyOf(note)))) ?? [];
  return [...frames, ...nodes, ...notes];
}

export function wireElements(
  body: GraphBody,
  shown: ReadonlyMap<string, ShownNode>,
  selection: Selection,
): WireElement[] {
  const wires = (body.wires ?? []).flatMap((wire) => wireElement(wire, shown));
  const after = (body.after ?? []).flatMap((line) => afterElement(line, shown));
  return [...wires, ...after].map((element) => selected(element, selection.wires.has(element.id)));
}

const ELEMENTS = new WeakMap<object, BoxElement>();

function nodeElement(shown: ShownNode): BoxElement {
  const known = ELEMENTS.get(shown);
  if (known !== undefined) return known;
  const { node, layout } = shown;
  const [x, y] = placeOf(node);
  const element: NodeElement = {
    id: node.id,
    type: 'node',
    position: { x, y },
    data: { shown },
    ...sized(layout.width, layout.height),
    handles: handlesOf(shown),
    draggable: node.ui?.locked !== true,
    ariaLabel: labelOf(shown),
    zIndex: 1,
  };
  ELEMENTS.set(shown, element);
  return element;
}

function frameElement(frame: Frame): BoxElement {
  const known = ELEMENTS.get(frame);
  if (known !== undefined) return known;
  const element: FrameElement = {
    id: keyOf(frame),
    type: 'frame',
    position: { x: frame.at[0], y: frame.at[1] },
    data: { frame },
    ...sized(...frame.size),
    dragHandle: '.drag',
    connectable: false,
    zIndex: -1,
    // It lies behind what it holds: only its title and borders can be taken hold of.
    style: { pointerEvents: 'none' },
    ariaLabel: `Frame ${frame.title ?? 'without a title'}`,
  };
  ELEMENTS.set(frame, element);
  return element;
}

function noteElement(note: Note): BoxElement {
  const known = ELEMENTS.get(note);
  if (known !== undefined) return known;
  const element: NoteElement = {
    id: keyOf(note),
    type: 'note',
    position: { x: note.at[0], y: note.at[1] },
    data: { note },
    ...sized(...(note.size ?? NOTE_SIZE)),
    connectable: false,
    ariaLabel: `Note: ${note.text.slice(0, 60)}`,
  };
  ELEMENTS.set(note, element);
  return element;
}

/** `measured` too: React Flow then measures nothing before it shows an element. */
function sized(width: number, height: number) {
  return { width, height, measured: { width, height } };
}

function handlesOf({ inputs, outputs, layout }: ShownNode): NodeHandle[] {
  const atTitle = (side: 'input' | 'output') =>
    handle(side, NODE_PIN, side === 'input' ? 0 : layout.width, TITLE_HEIGHT / 2);
  return [
    ...pinPlaces(layout, inputs, outputs).map(({ side, pin, x, y }) => handle(side, pin, x, y)),
    atTitle('input'),
    atTitle('output'),
  ];
}

function handle(side: 'input' | 'output', id: string, x: number, y: number): NodeHandle {
  return side === 'input'
    ? { type: 'target', position: Position.Left, id, x, y, width: 0, height: 0 }
    : { type: 'source', position: Position.Right, id, x, y, width: 0, height: 0 };
}

function labelOf({ title, typeTitle, node, problems, message }: ShownNode): string {
  const parts = [title, typeTitle, node.bypass && 'bypassed', node.ui?.locked && 'locked', message ?? problems[0]];
  return parts.filter(Boolean).join(', ');
}

interface KeptWire {
  readonly element: WireElement;
  readonly from: ShownNode;
  readonly to: ShownNode;
}
const WIRES = new WeakMap<Wire | After, KeptWire>();

/** A wire to a node that is not there cannot be drawn; the check tells of it. */
function wireElement(wire: Wire, shown: ReadonlyMap<string, ShownNode>): WireElement[] {
  const [source, target] = [endOf(wire.from), endOf(wire.to)];
  const isPins = source !== undefined && target !== undefined;
  return keptElement(wire, shown, (from, to) => {
    const output = from.outputs.find(({ name }) => name === source?.pin);
    const input = to.inputs.find(({ name }) => name === target?.pin);
    return {
      sourceHandle: isPins ? source.pin : NODE_PIN,
      targetHandle: isPins ? target.pin : NODE_PIN,
      data: {
        kind: isPins ? 'pins' : 'nodes',
        colour: output?.colour ?? 'var(--pin-any)',
        via: wire.ui?.via ?? [],
        isBroken: isPins && !(output?.isKnown && input?.isKnown),
      },
    };
  });
}

function afterElement(line: After, shown: ReadonlyMap<string, ShownNode>): WireElement[] {
  return keptElement(line, shown, () => ({
    sourceHandle: NODE_PIN,
    targetHandle: NODE_PIN,
    data: { kind: 'after', colour: 'var(--dim)', via: [], isBroken: false },
  }));
}

type WireEnd = Required<Pick<WireElement, 'sourceHandle' | 'targetHandle'>> & { readonly data: WireLook };

function keptElement(
  wire: Wire | After,
  shown: ReadonlyMap<string, ShownNode>,
  make: (from: ShownNode, to: ShownNode) => WireEnd,
): WireElement[] {
  const [from, to] = [shown.get(nodeAt(wire.from)), shown.get(nodeAt(wire.to))];
  if (from === undefined || to === undefined) return [];
  const known = WIRES.get(wire);
  if (known?.from === from && known.to === to) return [known.element];
  const ends = make(from, to);
  if (known !== undefined && JSON.stringify(known.element.data) === JSON.stringify(ends.data)) {
    WIRES.set(wire, { element: known.element, from, to });
    return [known.element];
  }
  const element: WireElement = {
    id: keyOf(wire),
    type: 'wire',
    source: from.node.id,
    target: to.node.id,
    ...ends,
    ariaLabel: `Wire from ${wire.from} to ${wire.to}`,
  };
  WIRES.set(wire, { element, from, to });
  return [element];
}

const SELECTED = new WeakMap<object, object>();

function selected<E extends BoxElement | WireElement>(element: E, isSelected: boolean): E {
  if (!isSelected) return element;
  let copy = SELECTED.get(element);
  if (copy === undefined) {
    // On top of its neighbours: what a node shows may reach over them. A frame stays behind what it holds.
    const zIndex = element.zIndex === 1 ? 2 : element.zIndex;
    copy = { ...element, selected: true, zIndex };
    SELECTED.set(element, copy);
  }
  return copy as E;
}
