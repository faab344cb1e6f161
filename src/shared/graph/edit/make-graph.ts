import { type After, GRAPH_TYPE, type GraphBody, type GraphNode, type Point, type Wire } from '../document.ts';
import { isGraphInput, isGraphOutput } from '../interface.ts';
import { boundsOf, boxOfNode, type NodeSizes } from './boxes.ts';
import { clipOf } from './clip.ts';
import { keyOf } from './element-key.ts';
import { explicitWires } from './explicit-wires.ts';
import type { BodyDraft } from './graph-draft.ts';
import { inputNode, outputNode } from './interface-nodes.ts';
import type { Outcome, Refusal } from './outcome.ts';
import { endOf, nodeAt, textOfEnd } from './pin-end.ts';
import { type NodeTypes, PinTypes } from './pin-types.ts';
import { reach } from './reach.ts';
import { describeSelection, type Selection } from './selection.ts';
import { uniqueId } from './unique-id.ts';
import { wholePoint } from './whole-point.ts';

/**
 * Makes what is selected a graph of its own and puts a node that is this graph in its place. Wires that crossed the
 * border go through `io/input` and `io/output` nodes inside, one for each output that feeds across it.
 */
export function makeGraph(
  draft: BodyDraft,
  types: NodeTypes,
  selection: Selection,
  title: string,
  sizes: NodeSizes,
): Outcome<{ readonly id: string; readonly graph: string }> {
  const pins = new PinTypes(draft.document.graph, draft.name, types);
  const nodes = draft.body.nodes.filter(({ id }) => selection.nodes.has(id));
  const wires = explicitWires(draft.body, (id) => pins.signature(id));
  const isInside = (end: string) => selection.nodes.has(nodeAt(end));
  const incoming = wires.filter(({ from, to }) => !isInside(from) && isInside(to));
  const outgoing = wires.filter(({ from, to }) => isInside(from) && !isInside(to));
  const refusal = refusalFor(draft, nodes, [...incoming, ...outgoing]);
  if (refusal !== undefined) return refusal;
  const bounds = boundsOf(nodes.map((node) => boxOfNode(node, sizes)));
  // A selection that is not refused has a node, and so bounds.
  const { at, size } = bounds ?? { at: [0, 0], size: [0, 0] };

  const taken = new Set(nodes.map(({ id }) => id));
  const inputs = crossings(incoming, ({ to }) => to).map((crossing, row): BorderPin => {
    const place: Point = [at[0] - COLUMN, at[1] + row * ROW];
    return { ...crossing, node: inputNode(crossing.name, pins, crossing.from, taken, place) };
  });
  const outputs = crossings(outgoing, ({ from }) => from).map((crossing, row): BorderPin => {
    const place: Point = [at[0] + size[0] + GAP, at[1] + row * ROW];
    return { ...crossing, node: outputNode(crossing.name, taken, place) };
  });
  const contents = innerGraph(title, clipOf(draft.document.graph, draft.name, selection), inputs, outputs);

  const { graphs = {} } = draft.document.graph;
  const graph = uniqueId(title, (candidate) => Object.hasOwn(graphs, candidate));
  const id = uniqueId(graph, (candidate) => !isInside(candidate) && draft.node(candidate) !== undefined);
  removeParts(draft, selection, id);
  draft.document.putGraph(graph, contents);
  draft.append('nodes', [{ id, type: `${GRAPH_TYPE}${graph}`, ui: { at: wholePoint(at) } }]);
  draft.append('wires', [
    ...inputs.map(({ name, from }) => ({ from, to: textOfEnd({ node: id, pin: name }) })),
    ...outputs.flatMap(({ name, wires: fed }) =>
      fed.map(({ to }) => ({ from: textOfEnd({ node: id, pin: name }), to })),
    ),
  ]);
  return { ok: true, id, graph, said: `Made the graph ${title} from ${describeSelection(selection)}.` };
}

/** A pin of the graph, and the `io` node inside that is this pin. */
interface BorderPin extends Crossing {
  readonly node: GraphNode;
}

function innerGraph(
  name: string,
  { nodes, wires = [], after, frames, notes }: GraphBody,
  inputs: readonly BorderPin[],
  outputs: readonly BorderPin[],
): GraphBody {
  return {
    name,
    nodes: [...inputs.map(({ node }) => node), ...nodes, ...outputs.map(({ node }) => node)],
    wires: [
      ...inputs.flatMap(({ node, wires: fed }) => fed.map(({ to }) => ({ from: `${node.id}.value`, to }))),
      ...wires,
      ...outputs.map(({ node, from }) => ({ from, to: `${node.id}.value` })),
    ],
    after,
    frames,
    notes,
  };
}

/** All wires across the border that begin at one output, which are one pin of the graph. */
interface Crossing {
  readonly name: string;
  readonly from: string;
  readonly wires: readonly Wire[];
}

function crossings(wires: readonly Wire[], insideOf: (wire: Wire) => string): Crossing[] {
  const names = new Set<string>();
  return [...Map.groupBy(wires, ({ from }) => from)].map(([from, group]) => {
    const name = uniqueId(endOf(insideOf(group[0]))?.pin ?? 'value', (candidate) => names.has(candidate));
    names.add(name);
    return { name, from, wires: group };
  });
}

function refusalFor(draft: BodyDraft, nodes: readonly GraphNode[], crossing: readonly Wire[]): Refusal | undefined {
  if (nodes.length === 0) return { ok: false, reason: 'No node is selected: select those that shall be a graph.' };
  const border = nodes.find((node) => isGraphInput(node) || isGraphOutput(node));
  if (border !== undefined) {
    return { ok: false, reason: `${border.id} is an input or output of this graph: leave it out of the selection.` };
  }
  const unknown = crossing.find(({ from, to }) => endOf(from) === undefined || endOf(to) === undefined);
  if (unknown !== undefined) {
    const reason = `The wire from ${unknown.from} to ${unknown.to} names no pins, and the type of one of the nodes is not installed: replace it with wires from pin to pin.`;
    return { ok: false, reason };
  }
  const ids = nodes.map(({ id }) => id);
  const between = reach(draft.body, ids, 'upstream').intersection(reach(draft.body, ids, 'downstream'));
  for (const id of ids) between.delete(id);
  const [outside] = between;
  return outside === undefined
    ? undefined
    : { ok: false, reason: `${outside} lies between the selected nodes: select it too.` };
}

/** Takes out what went into the graph; what waited for a part of it, or was waited for, now does so for its node. */
function removeParts(draft: BodyDraft, selection: Selection, id: string): void {
  draft.update('nodes', (node) => (selection.nodes.has(node.id) ? undefined : node));
  draft.update('wires', (wire) => {
    return selection.nodes.has(nodeAt(wire.from)) || selection.nodes.has(nodeAt(wire.to)) ? undefined : wire;
  });
  const seen = new Set<string>();
  draft.update('after', (after: After): After | undefined => {
    const [from, to] = [after.from, after.to].map((end) => (selection.nodes.has(end) ? id : end));
    if (from === after.from && to === after.to) return after;
    if (from === to || seen.has(`${from} ${to}`)) return undefined;
    seen.add(`${from} ${to}`);
    return { ...after, from, to };
  });
  draft.update('frames', (frame) => (selection.frames.has(keyOf(frame)) ? undefined : frame));
  draft.update('notes', (note) => (selection.notes.has(keyOf(note)) ? undefined : note));
}

/** How the nodes of the border are laid out around the others, in canvas units. */
const COLUMN = 280;
const GAP = 60;
const ROW = 96;
