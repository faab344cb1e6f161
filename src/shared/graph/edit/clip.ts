import {
  type Frame,
  GRAPH_TYPE,
  type Graph,
  type GraphBody,
  type GraphNode,
  type Note,
  type Point,
  type Wire,
} from '../document.ts';
import { interfaceName, isGraphInput, isGraphOutput } from '../interface.ts';
import { graphNameOf } from '../nesting.ts';
import { adoptGraphs } from './adopt-graphs.ts';
import { boundsOf } from './boxes.ts';
import { keyOf } from './element-key.ts';
import { type BodyDraft, type BodyName, GraphDraft } from './graph-draft.ts';
import { mergeKeys, withKeys } from './merge-keys.ts';
import type { Outcome } from './outcome.ts';
import { nodeAt, renamedEnd } from './pin-end.ts';
import { placeOf } from './places.ts';
import { withRenamedBeside } from './renamed-beside.ts';
import { describeSelection, type Selection } from './selection.ts';
import { uniqueId } from './unique-id.ts';
import { refuseRecursion, usedGraphs } from './used-graphs.ts';
import { wholePoint } from './whole-point.ts';

/** A part of a graph as a graph of its own: what is selected, the wires inside it, and the graphs its nodes stand for. */
export function clipOf(document: Graph, name: BodyName, selection: Selection): Graph {
  const body = new GraphDraft(document).bodyOf(name);
  const isInside = ({ from, to }: Wire) => selection.nodes.has(nodeAt(from)) && selection.nodes.has(nodeAt(to));
  const nodes = body.nodes.filter(({ id }) => selection.nodes.has(id));
  return {
    weft: document.weft,
    nodes,
    wires: (body.wires ?? []).filter(isInside),
    after: (body.after ?? []).filter(isInside),
    frames: (body.frames ?? []).filter((frame) => selection.frames.has(keyOf(frame))),
    notes: (body.notes ?? []).filter((note) => selection.notes.has(keyOf(note))),
    graphs: Object.fromEntries(usedGraphs(document, nodes)),
  };
}

/** The corner of the box around all of a graph's parts; [0, 0] for an empty one. */
export function cornerOf({ nodes, frames = [], notes = [] }: GraphBody): Point {
  const corners = [...nodes.map(placeOf), ...frames.map(({ at }) => at), ...notes.map(({ at }) => at)];
  return boundsOf(corners.map((at) => ({ at, size: [0, 0] })))?.at ?? [0, 0];
}

/** What became of the parts of a clip. */
export interface Inserted {
  readonly selection: Selection;
  /** New ids of its nodes by their old ones. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * Puts a clip into a graph, moved by [x, y]; what has a name that is taken gets another. Refused when a graph would then
 * contain itself.
 */
export function insertClip(draft: BodyDraft, clip: Graph, by: Point): Outcome<Inserted> {
  return draft.document.attempt(() => {
    const graphNames = adoptGraphs(draft.document, clip.graphs ?? {});
    const { nodes, ids } = newNodes(draft, clip.nodes, graphNames, by);
    const reconnected = (wire: Wire): Wire => {
      const via = wire.ui?.via?.map((point) => moved(point, by));
      const ends = { from: renamedEnd(wire.from, ids), to: renamedEnd(wire.to, ids) };
      return via === undefined ? { ...wire, ...ends } : { ...wire, ...ends, ui: { ...wire.ui, via } };
    };
    const frames = (clip.frames ?? []).map((frame): Frame => ({ ...frame, at: moved(frame.at, by) }));
    const notes = (clip.notes ?? []).map((note): Note => ({ ...note, at: moved(note.at, by) }));
    draft.append('nodes', nodes);
    draft.append('wires', (clip.wires ?? []).map(reconnected));
    draft.append('after', (clip.after ?? []).map(reconnected));
    draft.append('frames', frames);
    draft.append('notes', notes);
    const refusal = refuseRecursion(draft);
    if (refusal !== undefined) return refusal;
    const selection: Selection = {
      nodes: new Set(nodes.map(({ id }) => id)),
      wires: new Set(),
      frames: new Set(frames.map(keyOf)),
      notes: new Set(notes.map(keyOf)),
    };
    return { ok: true, selection, ids, said: `Inserted ${describeSelection(selection)}.` };
  });
}

/** Of several nodes with one id, wires lead to the first. */
function newNodes(
  draft: BodyDraft,
  nodes: readonly GraphNode[],
  graphNames: ReadonlyMap<string, string>,
  by: Point,
): { nodes: GraphNode[]; ids: ReadonlyMap<string, string> } {
  const taken = new Set(draft.body.nodes.map(({ id }) => id));
  const ids = new Map<string, string>();
  const pins = { input: interfaceNames(draft.body, isGraphInput), output: interfaceNames(draft.body, isGraphOutput) };
  const inserted = nodes.map((node): GraphNode => {
    const id = uniqueId(node.id, (candidate) => taken.has(candidate));
    taken.add(id);
    if (!ids.has(node.id)) ids.set(node.id, id);
    const graph = graphNameOf(node.type);
    const type = graph === undefined ? node.type : `${GRAPH_TYPE}${graphNames.get(graph) ?? graph}`;
    const ui = { ...node.ui, at: moved(placeOf(node), by) };
    return withPinName({ ...node, id, type, ui }, pins);
  });
  return { nodes: inserted.map((node) => withRenamedBeside(node, ids)), ids };
}

/** A graph has each of its inputs, and each of its outputs, once. */
function withPinName(node: GraphNode, taken: { readonly input: Set<string>; readonly output: Set<string> }): GraphNode {
  const names = isGraphInput(node) ? taken.input : isGraphOutput(node) ? taken.output : undefined;
  const name = interfaceName(node);
  if (names === undefined || name === undefined) return node;
  const unique = names.has(name) ? uniqueId(name, (candidate) => names.has(candidate)) : name;
  names.add(unique);
  return withKeys(node, { params: mergeKeys(node.params, { name: unique }) });
}

function interfaceNames(body: GraphBody, isOfKind: (node: GraphNode) => boolean): Set<string> {
  return new Set(body.nodes.filter(isOfKind).flatMap((node) => interfaceName(node) ?? []));
}

function moved([x, y]: Point, [dx, dy]: Point): Point {
  return wholePoint([x + dx, y + dy]);
}
