import type { Plan, PlanNode } from './plan.ts';
import type { Preparation } from './prepare-run.ts';

/**
 * Nodes for whose sake a stream goes on: those that are wanted or waited for, and such that take its items elsewhere.
 * When there are none left, because the streams that they went to have ended, its source is not asked for more.
 */
export function nodesThatNeed(plan: Plan, { runs, wanted }: Preparation, scope: number): number[] {
  const { starts } = plan.after;
  const isWaitedFor = (index: number) => starts[index] !== starts[index + 1];
  const needsIt = (node: PlanNode): boolean => {
    if (node.sides.some((side) => side.scope === scope)) return true;
    if (node.outScope === scope && node.scope !== scope) return wanted.has(node.index) || isWaitedFor(node.index);
    return node.scope === scope && (node.outScope !== scope || wanted.has(node.index) || isWaitedFor(node.index));
  };
  return plan.nodes.filter((node) => runs[node.index] === 1 && needsIt(node)).map(({ index }) => index);
}

/** The nodes of a stream that no further item can come to when none comes to this one. */
export function nodesWithoutItems({ nodes, wires }: Plan, from: PlanNode): ReadonlySet<number> {
  const reached = new Set([from.index]);
  for (const index of reached) {
    for (const target of wires.targets.subarray(wires.starts[index], wires.starts[index + 1])) {
      const { scope, wires: inputs } = nodes[target];
      const needed = inputs.some(({ producer, acceptsSkipped }) => producer === index && !acceptsSkipped);
      if (scope === from.scope && needed) reached.add(target);
    }
  }
  return reached;
}
