import { findCycles } from './cycles.ts';
import type { Successors } from './successors.ts';

export interface TopologicalOrder {
  /** Every node once. Those on a cycle or behind one come last. */
  readonly order: readonly number[];
  /** For each knot of nodes that wait for each other, one shortest cycle through its first node. */
  readonly cycles: readonly (readonly number[])[];
}

/** Kahn's algorithm (1962), in O(nodes + edges): nodes that are free at the same time keep their order. */
export function topologicalOrder(count: number, successors: Successors): TopologicalOrder {
  const { starts, targets } = successors;
  const waitsFor = new Int32Array(count);
  for (const target of targets) waitsFor[target]++;
  const order: number[] = [];
  for (let node = 0; node < count; node++) if (waitsFor[node] === 0) order.push(node);
  for (let done = 0; done < order.length; done++) {
    const node = order[done];
    for (let k = starts[node]; k < starts[node + 1]; k++) if (--waitsFor[targets[k]] === 0) order.push(targets[k]);
  }
  if (order.length === count) return { order, cycles: [] };
  const rest: number[] = [];
  for (let node = 0; node < count; node++) if (waitsFor[node] > 0) rest.push(node);
  return { order: [...order, ...rest], cycles: findCycles(rest, successors) };
}
