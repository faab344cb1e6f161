import type { LinkedGraph } from './link.ts';
import { topologicalOrder } from './order.ts';
import type { ProblemList } from './problem-list.ts';
import { StreamRelations } from './stream-relations.ts';
import { successorsOf } from './successors.ts';

/**
 * The stream of each node: the index of the node that begins the one whose items it runs once for, -1 for a node that
 * runs once (a source among them). A `collect` node belongs to the stream it folds, and what it gives belongs to none; a
 * node that joins streams belongs to that of the first of its inputs that has one. Reports sources that are fed by
 * items, streams that meet where they cannot be joined, and nodes that would wait for the end of their own stream.
 */
export function findStreams(graph: LinkedGraph, problems: ProblemList): Int32Array {
  const streams = new Int32Array(graph.nodes.length).fill(-1);
  if (!graph.nodes.some(({ signature }) => signature.body === 'source')) return streams;
  const given = streamsGiven(graph, streams);
  const relations = new StreamRelations(graph.nodes.length);
  graph.nodes.forEach(({ signature, origins, flat }, index) => {
    for (const [input, origin] of origins.entries()) {
      if (origin.from !== 'wire') continue;
      const stream = given(origin.node);
      if (stream === -1 || stream === streams[index]) continue;
      const place = { node: flat.id, pin: signature.inputs[input].name, path: flat.path };
      if (signature.body === 'source') {
        const message = `${graph.labelOf(index)} gives a stream of its own and cannot take the items of ${graph.labelOf(stream)}: give it a single value, or collect the items first.`;
        problems.add('E_STREAM_NESTED', message, place);
        break;
      }
      if (streams[index] === -1) {
        streams[index] = stream;
        if (signature.stream === 'begins') relations.begin(index, stream);
        continue;
      }
      const refusal = refusalOf(graph, relations, index, streams[index], stream);
      if (refusal !== null) {
        problems.add('E_STREAM_MIX', refusal, place);
        break;
      }
    }
  });
  reportEndlessWaits(graph, streams, relations, problems);
  return streams;
}

/** Why the items of two streams must not meet in a node; null when they may. */
function refusalOf(
  { nodes, labelOf }: LinkedGraph,
  relations: StreamRelations,
  node: number,
  stream: number,
  other: number,
): string | null {
  const { stream: role } = nodes[node].signature;
  const both = `${labelOf(stream)} and of ${labelOf(other)}`;
  if (role === 'pairs') {
    if (relations.pair(stream, other)) return null;
    return `${labelOf(node)} pairs items of ${both}, which depend on each other but do not come in equal numbers, so that it could wait for ever: follow one of them with Latest, or take it from a second source node.`;
  }
  if (role === 'follows') {
    if (relations.follow(stream, other)) return null;
    return `${labelOf(node)} takes items of ${both}, which are joined elsewhere already, so that they could wait for each other for ever: take one of them from a second source node.`;
  }
  return `Items of ${both} meet in ${labelOf(node)}: join them with Zip or Latest, or collect one of the two streams first.`;
}

/** The stream that a node's outputs belong to. */
function streamsGiven({ nodes }: LinkedGraph, streams: Int32Array): (node: number) => number {
  return (node) => {
    const { body, stream } = nodes[node].signature;
    if (body === 'collect') return -1;
    const begins = body === 'source' || (stream === 'begins' && streams[node] !== -1);
    return begins ? node : streams[node];
  };
}

type Streams = ReadonlySet<number>;
const NO_STREAMS: Streams = new Set();

/**
 * A node over items holds its other inputs, so the first item of a stream waits for whatever these come from. Where that
 * is, in the end, the end of the same stream, or of one that depends on it, nothing would ever run.
 */
function reportEndlessWaits(
  graph: LinkedGraph,
  streams: Int32Array,
  relations: StreamRelations,
  problems: ProblemList,
): void {
  const given = streamsGiven(graph, streams);
  /** Streams that must have ended before a node gives anything to nodes outside its stream. */
  const ended: Streams[] = [];
  /** Waits of one stream for the end of another, and the nodes that make them wait. */
  const waits: { readonly stream: number; readonly end: number; readonly node: number }[] = [];

  graph.nodes.forEach(({ signature, origins, after }, index) => {
    const scope = streams[index];
    let before: Streams = NO_STREAMS;
    for (const origin of origins) {
      if (origin.from === 'wire' && (scope === -1 || given(origin.node) !== scope)) {
        before = union(before, ended[origin.node]);
      }
    }
    for (const other of after) {
      if (scope !== -1 && streams[other] === scope) continue;
      const source = graph.nodes[other].signature.body === 'source' ? other : streams[other];
      before = union(before, source === -1 ? ended[other] : union(ended[other], new Set([source])));
    }
    const stream = signature.body === 'source' ? index : scope;
    if (stream !== -1) for (const end of before) waits.push({ stream, end, node: index });
    ended.push(signature.body === 'collect' && scope !== -1 ? new Set([scope]) : before);
  });
  if (waits.length === 0) return;

  const successors = successorsOf(
    graph.nodes.length,
    waits.map(({ end }) => relations.familyOf(end)),
    waits.map(({ stream }) => relations.familyOf(stream)),
  );
  for (const [family] of topologicalOrder(graph.nodes.length, successors).cycles) {
    const wait = waits.find(({ stream }) => relations.familyOf(stream) === family);
    if (wait === undefined) continue;
    const { node, stream, end } = wait;
    const { flat } = graph.nodes[node];
    const ended = relations.dependent(stream, end) ? end : stream;
    const message = `${graph.labelOf(node)} works on each item of ${graph.labelOf(stream)}, but also needs what exists only when ${graph.labelOf(ended)} has ended: take the items from a second source node.`;
    problems.add('E_STREAM_WAIT', message, { node: flat.id, path: flat.path });
  }
}

function union(a: Streams, b: Streams): Streams {
  if (a.size === 0 || a === b) return b;
  return b.size === 0 ? a : new Set([...a, ...b]);
}
