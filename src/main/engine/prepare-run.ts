import type { LaneTemplate } from './lane.ts';
import type { Plan } from './plan.ts';
import type { KeptResult, ResultCache } from './result-cache.ts';

/** Which nodes of a plan take part in one run, and what each waits for. */
export interface Preparation {
  /** By node: 1 when it runs. */
  readonly runs: Uint8Array;
  /** Number of nodes that run. */
  readonly count: number;
  /** Nodes whose outputs come from the cache; nothing before them runs for their sake. */
  readonly cached: ReadonlyMap<number, KeptResult>;
  /** By scope. */
  readonly templates: readonly LaneTemplate[];
  /** Nodes of scope 0 that wait for nothing, in the plan's order. */
  readonly first: readonly number[];
  /** By scope: what must end before the first item may enter; the source itself is one of it. */
  readonly gates: Int32Array;
}

/**
 * Takes the nodes that are wanted (those with effects, or `targets`; every last node where there is neither) and all
 * that they need, up to what the cache has.
 */
export function prepareRun(plan: Plan, targets: readonly number[] | null, cache: ResultCache): Preparation {
  if (targets !== null || !cache.isEmpty) return prepare(plan, targets, cache);
  // Without targets and results nothing depends on the run, so the work is done once a plan.
  let whole = WHOLE.get(plan);
  if (whole === undefined) {
    whole = prepare(plan, null, cache);
    WHOLE.set(plan, whole);
  }
  return whole;
}

const WHOLE = new WeakMap<Plan, Preparation>();

function prepare(plan: Plan, targets: readonly number[] | null, cache: ResultCache): Preparation {
  const runs = new Uint8Array(plan.nodes.length);
  const cached = new Map<number, KeptResult>();
  const stats = new Map<string, string>();
  const before = nodesBefore(plan);
  const stack = [...(targets ?? wantedNodes(plan))];
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    if (runs[index] === 1 || cached.has(index)) continue;
    const node = plan.nodes[index];
    const entry = node.key !== null && node.outScope === 0 ? cache.get(node.key, stats) : undefined;
    if (entry !== undefined) {
      cached.set(index, entry);
      continue;
    }
    runs[index] = 1;
    for (const wire of node.wires) stack.push(wire.producer);
    const ordering = before.get(index);
    if (ordering !== undefined) stack.push(...ordering);
  }
  return { runs, cached, ...waiting(plan, runs, before) };
}

function wantedNodes(plan: Plan): number[] {
  const wanted = plan.nodes.filter((node) => node.wanted);
  const last = () => plan.nodes.filter(({ index }) => plan.wires.starts[index] === plan.wires.starts[index + 1]);
  return (wanted.length > 0 ? wanted : last()).map(({ index }) => index);
}

function nodesBefore(plan: Plan): Map<number, number[]> {
  const before = new Map<number, number[]>();
  plan.nodes.forEach(({ index }) => {
    for (let k = plan.after.starts[index]; k < plan.after.starts[index + 1]; k++) {
      const list = before.get(plan.after.targets[k]);
      if (list === undefined) before.set(plan.after.targets[k], [index]);
      else list.push(index);
    }
  });
  return before;
}

function waiting(plan: Plan, runs: Uint8Array, before: Map<number, number[]>) {
  const templates = plan.scopes.map((scope) => ({
    pending: new Int32Array(scope.nodes.length),
    uses: new Int32Array(scope.slots),
    nodes: 0,
  }));
  const gates = new Int32Array(plan.scopes.length).fill(1);
  for (const node of plan.nodes) {
    if (runs[node.index] === 0) continue;
    const template = templates[node.scope];
    template.nodes++;
    for (const wire of node.wires) {
      const from = plan.nodes[wire.producer].outScope;
      templates[from].uses[wire.slot]++;
      if (from === node.scope) template.pending[node.local]++;
      else gates[node.scope]++;
    }
    for (const index of before.get(node.index) ?? []) {
      if (runs[index] === 0) continue;
      if (node.scope === 0 || plan.nodes[index].scope === node.scope) template.pending[node.local]++;
      else gates[node.scope]++;
    }
  }
  const [{ pending }] = templates;
  const first = plan.scopes[0].nodes.filter((index) => runs[index] === 1 && pending[plan.nodes[index].local] === 0);
  return { templates, gates, first, count: templates.reduce((sum, { nodes }) => sum + nodes, 0) };
}
