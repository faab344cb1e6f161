import type { RunProfile } from '../../shared/protocol/run-report.ts';

/** What a node cost, over all calls of its body; ms. */
export interface SelfTime {
  readonly node: string;
  readonly calls: number;
  readonly total: number;
  /** Without the work that other processes did for it, and the wait for one to be free. */
  readonly self: number;
  readonly mean: number;
  /** 95 of 100 calls took no longer. */
  readonly p95: number;
  /** Of the time of all nodes, 0–1. */
  readonly share: number;
}

/** Of the nodes that were called. */
export function selfTimes({ nodes, spans }: RunProfile): SelfTime[] {
  const calls: number[][] = nodes.map(() => []);
  const beside = new Float64Array(nodes.length);
  let all = 0;
  for (const [span, node] of spans.node.entries()) {
    const ms = spans.end[span] - spans.start[span];
    if (spans.process[span] !== 0) {
      beside[node] += ms + spans.waited[span];
    } else {
      calls[node].push(ms);
      all += ms;
    }
  }
  return calls.flatMap((times, number) => {
    if (times.length === 0) return [];
    const total = times.reduce((sum, ms) => sum + ms, 0);
    return {
      node: nodes[number].id,
      calls: times.length,
      total,
      // What a process does ahead of a call, as decoding the next frame, is no part of one.
      self: Math.max(0, total - beside[number]),
      mean: total / times.length,
      p95: times.sort((a, b) => a - b)[Math.ceil(0.95 * times.length) - 1],
      share: all === 0 ? 0 : total / all,
    };
  });
}
