import type { LinkedGraph } from './link.ts';
import { topologicalOrder } from './order.ts';
import type { ProblemList } from './problem-list.ts';
import { successorsOf } from './successors.ts';

/**
 * The stream of each node: the index of the source whose items it runs once for, -1 for a node that runs once (a source
 * among them). A `collect` node belongs to the stream it folds, and what it gives belongs to none. Reports sources that
 * are fed by items, streams that meet, and nodes that would wait for the end of their own stream.
 */
export function findStreams(graph: LinkedGraph, problems: ProblemList): Int32Array {
  const streams = new Int32Array(graph.nodes.length).fill(-1);
  if (!graph.nodes.some(({ signature }) => signature.body === 'source')) return streams;
  const given = streamsGiven(graph, streams);
  graph.nodes.forEach(({ signature, origins, flat }, index) => {
    for (const [input, origin] of origins.entries()) {
      if (origin.from !== 'wire') continue;
      const stream = given(origin.node);
      if (stream === -1 || stream === streams[index]) continue;
      const place = { node: flat.id, pin: signature.inputs[input].name, path: flat.path };
      const label = graph.labelOf(index);
      if (signature.body === 'source') {
        const message = `${label} gives a stream of its own and cannot take the items of ${graph.labelOf(stream)}: give it a single value, or collect the items first.`;
        problems.add('E_STREAM_NESTED', message, place);
        break;
      }
      if (streams[index] !== -1) {
        const message = `Items of ${graph.labelOf(streams[index])} and of ${graph.labelOf(stream)} meet in ${label}: collect one of the two streams first.`;
        problems.add('E_STREAM_MIX', message, place);
        break;
      }
      streams[index] = stream;
    }
  });
  reportEndlessWaits(graph, streams, problems);
  return streams;
}

/** The stream that a node's outputs belong to. */
function streamsGiven({ nodes }: LinkedGraph, streams: Int32Array): (node: number) => number {
  return (node) => {
    const { body } = nodes[node].signature;
    return body === 'source' ? node : body === 'collect' ? -1 : streams[node];
  };
}

type Streams = ReadonlySet<number>;
const NO_STREAMS: Streams = new Set();

/**
 * A node over items holds its other inputs, so the first item of a stream waits for whatever these come from. Where that
 * is, in the end, the end of the same stream, nothing would ever run.
 */
function reportEndlessWaits(graph: LinkedGraph, streams: Int32Array, problems: ProblemList): void {
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
    waits.map(({ end }) => end),
    waits.map(({ stream }) => stream),
  );
  for (const [stream] of topologicalOrder(graph.nodes.length, successors).cycles) {
    const wait = waits.find((candidate) => candidate.stream === stream);
    if (wait === undefined) continue;
    const { flat } = graph.nodes[wait.node];
    const message = `${graph.labelOf(wait.node)} works on each item of ${graph.labelOf(stream)}, but also needs what exists only when ${graph.labelOf(stream)} has ended: take the items from a second source node.`;
    problems.add('E_STREAM_WAIT', message, { node: flat.id, path: flat.path });
  }
}

function union(a: Streams, b: Streams): Streams {
  if (a.size === 0 || a === b) return b;
  return b.size === 0 ? a : new Set([...a, ...b]);
}
