import type { Successors } from './successors.ts';

/**
 * One shortest cycle for each knot of nodes that wait for each other, through the first of them. The last node of a
 * cycle leads back to its first. Iterative, in O(nodes + edges).
 * @param nodes every node on a cycle, and perhaps others, in ascending order.
 */
export function findCycles(nodes: readonly number[], successors: Successors): number[][] {
  return stronglyConnected(nodes, successors)
    .map((knot) =>
      shortestCycle(
        knot.toSorted((a, b) => a - b),
        successors,
      ),
    )
    .filter((cycle) => cycle !== null)
    .toSorted((a, b) => a[0] - b[0]);
}

/** Tarjan's algorithm (1972) with a stack of its own instead of recursion. */
function stronglyConnected(nodes: readonly number[], { starts, targets }: Successors): number[][] {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const pending: number[] = [];
  const isPending = new Set<number>();
  const components: number[][] = [];
  const lowOf = (node: number) => low.get(node) ?? Infinity;

  for (const root of nodes) {
    if (index.has(root)) continue;
    const path: { node: number; edge: number }[] = [];
    const enter = (node: number) => {
      index.set(node, index.size);
      low.set(node, index.size - 1);
      pending.push(node);
      isPending.add(node);
      path.push({ node, edge: starts[node] });
    };
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node } = top;
      if (top.edge < starts[node + 1]) {
        const next = targets[top.edge++];
        if (!index.has(next)) enter(next);
        else if (isPending.has(next)) low.set(node, Math.min(lowOf(node), index.get(next) ?? Infinity));
        continue;
      }
      path.pop();
      const caller = path.at(-1);
      if (caller !== undefined) low.set(caller.node, Math.min(lowOf(caller.node), lowOf(node)));
      if (lowOf(node) !== index.get(node)) continue;
      const component = pending.splice(pending.lastIndexOf(node));
      for (const member of component) isPending.delete(member);
      components.push(component);
    }
  }
  return components;
}

/** Breadth first from the first node of a knot back to it; null for a single node without a wire to itself. */
function shortestCycle(knot: readonly number[], { starts, targets }: Successors): number[] | null {
  const [first] = knot;
  // No way leads back into a knot, so the search may stop at its border.
  const members = new Set(knot);
  const before = new Map<number, number>();
  const queue = [first];
  for (let done = 0; done < queue.length; done++) {
    const node = queue[done];
    for (let k = starts[node]; k < starts[node + 1]; k++) {
      const next = targets[k];
      if (next === first) return pathTo(node, before);
      if (!members.has(next) || before.has(next)) continue;
      before.set(next, node);
      queue.push(next);
    }
  }
  return null;
}

function pathTo(end: number, before: ReadonlyMap<number, number>): number[] {
  const path: number[] = [];
  for (let node: number | undefined = end; node !== undefined; node = before.get(node)) path.push(node);
  return path.reverse();
}
