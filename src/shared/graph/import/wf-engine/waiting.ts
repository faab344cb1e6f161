import type { After } from '../../document.ts';
import type { BuiltStep } from './step-builder.ts';
import type { Step } from './steps.ts';

/**
 * `after` for the steps that wait for another and get no data for it, on whatever way. A step that Weft does without
 * hands on what it waited for.
 */
export function orderWithoutData(
  steps: readonly Step[],
  built: readonly BuiltStep[],
  order: readonly number[],
): After[] {
  const stepOf = new Map(built.flatMap(({ nodes }, step) => nodes.map(({ id }) => [id, step] as const)));
  const predecessors = built.map(({ wires }, step) => {
    const sources = wires.flatMap(({ from }) => stepOf.get(from.node) ?? []);
    return new Set(sources.filter((source) => source !== step));
  });
  const after: After[] = [];
  for (const step of order) {
    if (built[step].nodes.length === 0) continue;
    for (const earlier of stepsWaitedFor(step, steps, built)) {
      if (built[step].fedBy.has(earlier) || comesBefore(earlier, step, predecessors)) continue;
      predecessors[step].add(earlier);
      for (const from of lastNodes(built[earlier])) for (const to of firstNodes(built[step])) after.push({ from, to });
    }
  }
  return after;
}

function stepsWaitedFor(step: number, steps: readonly Step[], built: readonly BuiltStep[]): Set<number> {
  const found = new Set<number>();
  const seen = new Set(steps[step].waitsFor);
  for (const earlier of seen) {
    if (built[earlier].nodes.length > 0) found.add(earlier);
    else for (const further of steps[earlier].waitsFor) seen.add(further);
  }
  return found;
}

function comesBefore(earlier: number, step: number, predecessors: readonly ReadonlySet<number>[]): boolean {
  const seen = new Set([step]);
  for (const at of seen) {
    if (at === earlier) return true;
    for (const source of predecessors[at]) seen.add(source);
  }
  return false;
}

/** Nodes that get nothing from others of their step. */
function firstNodes({ nodes, wires }: BuiltStep): string[] {
  const own = new Set(nodes.map(({ id }) => id));
  const fed = new Set(wires.flatMap(({ from, to }) => (own.has(from.node) ? to.node : [])));
  return [...own].filter((id) => !fed.has(id));
}

/** Nodes that give nothing to others of their step. */
function lastNodes({ nodes, wires }: BuiltStep): string[] {
  const feeding = new Set(wires.map(({ from }) => from.node));
  return nodes.map(({ id }) => id).filter((id) => !feeding.has(id));
}
