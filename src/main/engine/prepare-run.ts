import type { LaneTemplate } from './lane.ts';
import type { Plan } from './plan.ts';
import type { KeptResult, ResultCache } from './result-cache.ts';

/** Which part of a plan is to run; nodes by index. */
export interface Selection {
  /** Nodes to run to; null for all that is wanted. */
  readonly targets: readonly number[] | null;
  /** Nodes to run from: they and all after them are computed anew; of what is wanted only that runs. */
  readonly from: readonly number[] | null;
  /** Wanted too. */
  readonly watched: readonly number[];
}

export const EVERYTHING: Selection = { targets: null, from: null, watched: [] };

/** Which nodes of a plan take part in one run, and what each waits for. */
export interface Preparation {
  /** By node: 1 when it runs. */
  readonly runs: Uint8Array;
  /** Number of nodes that run. */
  readonly count: number;
  /** Nodes whose outputs come from the cache; nothing before them runs for their sake. */
  readonly cached: ReadonlyMap<number, KeptResult>;
  /** By node: 1 when no result from the cache counts; null when those of all nodes do. */
  readonly fresh: Uint8Array | null;
  /** Nodes whose outputs are wanted for their own sake, or that run for what they do. */
  readonly wanted: ReadonlySet<number>;
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
export function prepareRun(plan: Plan, selection: Selection, cache: ResultCache): Preparation {
  const { targets, from, watched } = selection;
  const isWhole = targets === null && from === null && watched.length === 0;
  if (!isWhole || !cache.isEmpty) return prepare(plan, selection, cache);
  // Without targets and results nothing depends on the run, so the work is done once a plan.
  let whole = WHOLE.get(plan);
  if (whole === undefined) {
    whole = prepare(plan, selection, cache);
    WHOLE.set(plan, whole);
  }
  return whole;
}

const WHOLE = new WeakMap<Plan, Preparation>();

function prepare(plan: Plan, { targets, from, watched }: Selection, cache: ResultCache): Preparation {
  const fresh = from === null ? null : following(plan, from);
  const runs = new Uint8Array(plan.nodes.length);
  const cached = new Map<number, KeptResult>();
  const stats = new Map<string, string>();
  const before = nodesBefore(plan);
  const stack = targets === null ? [...wantedNodes(plan, fresh), ...watched] : [...targets];
  const wanted = new Set(stack);
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    if (runs[index] === 1 || cached.has(index)) continue;
    const node = plan.nodes[index];
    const key = node.outScope === 0 && fresh?.[index] !== 1 ? node.key : null;
    const entry = key === null ? undefined : cache.get(key, stats);
    if (entry !== undefined) {
      cached.set(index, entry);
      continue;
    }
    runs[index] = 1;
    for (const wire of node.wires) stack.push(wire.producer);
    const ordering = before.get(index);
    if (ordering !== undefined) stack.push(...ordering);
  }
  return { runs, cached, fresh, wanted, ...waiting(plan, runs, before) };
}

/** Of the nodes that are `among`, or of all. */
function wantedNodes(plan: Plan, among: Uint8Array | null): number[] {
  const nodes = among === null ? plan.nodes : plan.nodes.filter(({ index }) => among[index] === 1);
  const wanted = nodes.filter((node) => node.wanted);
  const last = () => nodes.filter(({ index }) => plan.wires.starts[index] === plan.wires.starts[index + 1]);
  return (wanted.length > 0 ? wanted : last()).map(({ index }) => index);
}

/** 1 for the nodes of `from` and all that take values from them. */
function following({ nodes, wires }: Plan, from: readonly number[]): Uint8Array {
  const reached = new Uint8Array(nodes.length);
  const pending = [...from];
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    if (reached[index] === 1) continue;
    reached[index] = 1;
    pending.push(...wires.targets.subarray(wires.starts[index], wires.starts[index + 1]));
  }
  return reached;
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
    pending: new Int32Array(scope.places),
    uses: new Int32Array(scope.slots),
    ends: 0,
  }));
  const gates = new Int32Array(plan.scopes.length).fill(1);
  let count = 0;
  for (const node of plan.nodes) {
    if (runs[node.index] === 0) continue;
    const template = templates[node.scope];
    template.ends++;
    count++;
    for (const { scope } of node.sides) templates[scope].ends++;
    for (const { producer, slot, side } of node.wires) {
      const from = plan.nodes[producer].outScope;
      templates[from].uses[slot]++;
      if (side !== null) templates[side.scope].pending[side.local]++;
      else if (from === node.scope) template.pending[node.local]++;
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
  return { templates, gates, first, count };
}
