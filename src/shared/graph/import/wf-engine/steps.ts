import type { JsonValue } from '../../../node-api/pins.ts';
import { listed } from '../../labels.ts';
import { nearestName } from '../../nearest-name.ts';
import { topologicalOrder } from '../../order.ts';
import type { ProblemList } from '../../problem-list.ts';
import { successorsOf } from '../../successors.ts';
import { functionOf } from './functions.ts';
import type { WorkflowFunction } from './template.ts';
import type { WorkflowNode } from './workflow.ts';

/** A result of an earlier step; `key` null stands for all of its results. */
export interface StepResult {
  readonly step: number;
  readonly key: string | null;
}

/** What a parameter of a step gets. */
export type StepInput = StepResult | { readonly literal: JsonValue };

/** A node of a workflow, its references resolved to indices. */
export interface Step {
  readonly node: WorkflowNode;
  /** Null for a function that has no counterpart in Weft. */
  readonly known: WorkflowFunction | null;
  readonly inputs: ReadonlyMap<string, StepInput>;
  /** Indices of the steps that must have ended before, those that it takes results of among them. */
  readonly waitsFor: readonly number[];
}

/** Resolves what the nodes of a workflow refer to, as wf-engine does, and reports what leads nowhere. */
export function linkSteps(nodes: readonly WorkflowNode[], problems: ProblemList): Step[] {
  const byId = new Map<string, number>();
  nodes.forEach(({ id, path }, index) => {
    if (!byId.has(id)) byId.set(id, index);
    else
      problems.add('E_NODE_DUPLICATE', `Several nodes have the id "${id}": rename all but one of them.`, {
        node: id,
        path: `${path}.id`,
      });
  });
  const known = nodes.map((node) => (node.function === undefined ? null : functionOf(node.function)));
  const links = nodes.map((node) => new NodeLinks(node, known, byId, problems));
  const steps = links.map((link, index): Step => {
    const inputs = link.inputs(known[index]);
    const referred = [...inputs.values()].flatMap((input) => ('step' in input ? input.step : []));
    const waitsFor = [...new Set([...link.dependencies, ...referred])];
    return { node: nodes[index], known: known[index], inputs, waitsFor };
  });
  reportCycles(steps, problems);
  return steps;
}

/** What any step may give beside its results. It is never passed on by name, only when it is referred to. */
const OUTCOMES: ReadonlySet<string> = new Set(['status', 'error']);

class NodeLinks {
  /** Indices, in the order of the file. */
  readonly dependencies: readonly number[];
  readonly #node: WorkflowNode;
  readonly #known: readonly (WorkflowFunction | null)[];
  readonly #byId: ReadonlyMap<string, number>;
  readonly #problems: ProblemList;

  constructor(
    node: WorkflowNode,
    known: readonly (WorkflowFunction | null)[],
    byId: ReadonlyMap<string, number>,
    problems: ProblemList,
  ) {
    this.#node = node;
    this.#known = known;
    this.#byId = byId;
    this.#problems = problems;
    this.dependencies = node.dependencies.flatMap((id) => this.#stepCalled(id, `waits for "${id}"`, node.path) ?? []);
  }

  /** What is written wins, then the results of the dependencies by name, those of the first listed before the others. */
  inputs(known: WorkflowFunction | null): Map<string, StepInput> {
    const inputs = new Map<string, StepInput>();
    for (const [param, value] of Object.entries(this.#node.inputs)) {
      const input = this.#written(param, value);
      if (input !== null) inputs.set(param, input);
    }
    for (const step of this.dependencies) {
      for (const key of this.#known[step]?.results ?? []) {
        if (known?.params.includes(key) !== true) continue;
        if (!inputs.has(key) && !Object.hasOwn(this.#node.inputs, key)) inputs.set(key, { step, key });
      }
    }
    return inputs;
  }

  #written(param: string, value: JsonValue): StepInput | null {
    if (typeof value !== 'string' || !value.startsWith('$')) return { literal: value };
    const dot = value.indexOf('.');
    const id = value.slice(1, dot === -1 ? undefined : dot);
    const key = dot === -1 ? null : value.slice(dot + 1);
    const path = `${this.#node.path}.inputs.${param}`;
    const step = this.#stepCalled(id, `refers to "${value}"`, path);
    if (step === null) return null;
    if (key === null || this.#gives(step, key)) return { step, key };
    const results = this.#known[step]?.results;
    const near = nearestName(key, results ?? []);
    const todo = near === undefined ? 'correct the reference.' : `did you mean "$${id}.${near}"?`;
    const gives =
      results === undefined ? 'a reference reaches only the top level of results' : `"${id}" gives ${listed(results)}`;
    this.#problems.add('E_PIN_UNKNOWN', `"${this.#node.id}" refers to "${value}", but ${gives}: ${todo}`, {
      node: this.#node.id,
      pin: param,
      path,
    });
    return null;
  }

  #gives(step: number, key: string): boolean {
    if (OUTCOMES.has(key)) return true;
    const known = this.#known[step];
    // Of a function that nobody knows here, anything may be a result, but not a part of one.
    return known === null ? key !== '' && !key.includes('.') : known.results.includes(key);
  }

  #stepCalled(id: string, what: string, path: string): number | null {
    const index = this.#byId.get(id);
    if (index !== undefined) return index;
    const near = nearestName(id, this.#byId.keys());
    const todo = near === undefined ? 'correct the id.' : `did you mean "${near}"?`;
    const message = `"${this.#node.id}" ${what}, but no node has this id: ${todo}`;
    this.#problems.add('E_WIRE_NODE', message, { node: this.#node.id, path });
    return null;
  }
}

function reportCycles(steps: readonly Step[], problems: ProblemList): void {
  const edges = steps.flatMap(({ waitsFor }, to) => waitsFor.map((from) => [from, to]));
  const { cycles } = topologicalOrder(
    steps.length,
    successorsOf(
      steps.length,
      edges.map(([from]) => from),
      edges.map(([, to]) => to),
    ),
  );
  for (const cycle of cycles) {
    const ids = [...cycle, cycle[0]].map((index) => steps[index].node.id);
    const { id, path } = steps[cycle[0]].node;
    const message = `Nodes wait for each other in a circle, ${ids.join(' → ')}: remove one of these dependencies.`;
    problems.add('E_CYCLE', message, { node: id, path });
  }
}
