import type { NodeSignature } from '../../../node-api/signature.ts';
import type { Graph, GraphNode } from '../../document.ts';
import { listed } from '../../labels.ts';
import { topologicalOrder } from '../../order.ts';
import { FORMAT_VERSION } from '../../parse.ts';
import { successorsOf } from '../../successors.ts';
import { referDownloads } from './downloaded-paths.ts';
import { withPlaces } from './layout.ts';
import { NodeIds } from './node-ids.ts';
import { type BuiltStep, FOREIGN, StepBuilder, type StepWire } from './step-builder.ts';
import type { Step } from './steps.ts';
import { orderWithoutData } from './waiting.ts';
import type { Workflow } from './workflow.ts';

/** A node of the graph that stands for something this Weft does not have. */
export interface Placeholder {
  readonly node: string;
  /** What it stands for: a function of the workflow, or a node type that is not installed. */
  readonly of: string;
}

export interface AssembledGraph {
  readonly graph: Graph;
  readonly placeholders: readonly Placeholder[];
  /** What a person should know: work that is left out since Weft does it elsewhere, values that have no place. */
  readonly notes: readonly string[];
}

/** Puts the graph together from the steps of a workflow without mistakes. */
export function assemble(
  workflow: Workflow,
  linked: readonly Step[],
  catalogue: (type: string) => NodeSignature | undefined,
): AssembledGraph {
  const notes: string[] = [];
  const ids = new NodeIds();
  const steps = referDownloads(linked);
  const order = orderOf(steps);
  const builder = new StepBuilder(steps, ids, catalogue, notes);
  const all: BuiltStep[] = [];
  for (const step of order) all[step] = builder.build(step);
  const built = withoutIdleServants(all, order);

  const after = orderWithoutData(steps, built, order);
  const outputs = graphOutputs(built, ids);
  const nodes = [...built.flatMap((step) => step.nodes), ...outputs.nodes];
  const wires = [...built.flatMap((step) => step.wires), ...outputs.wires];
  noteSettings(workflow, notes);
  noteRelativePaths(nodes, catalogue, notes);
  const { name, description } = workflow;
  return {
    graph: {
      weft: FORMAT_VERSION,
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      nodes: withPlaces(nodes, wires),
      wires: wires.map(({ from, to }) => ({ from: `${from.node}.${from.pin}`, to: `${to.node}.${to.pin}` })),
      ...(after.length === 0 ? {} : { after }),
    },
    placeholders: placeholdersOf(nodes, steps, built, catalogue),
    notes,
  };
}

/** Every step after those that it waits for. */
function orderOf(steps: readonly Step[]): readonly number[] {
  const from = steps.flatMap(({ waitsFor }) => waitsFor);
  const to = steps.flatMap(({ waitsFor }, step) => waitsFor.map(() => step));
  return topologicalOrder(steps.length, successorsOf(steps.length, from, to)).order;
}

/** Without the steps that are there for others, where none of these takes anything from them. */
function withoutIdleServants(built: readonly BuiltStep[], order: readonly number[]): BuiltStep[] {
  const left = [...built];
  const takers = new Map<string, number>();
  const count = ({ wires }: BuiltStep, by: 1 | -1) => {
    for (const { from } of wires) takers.set(from.node, (takers.get(from.node) ?? 0) + by);
  };
  for (const step of built) count(step, 1);
  // From the last, for a step that is left out takes nothing any more.
  for (const step of order.toReversed()) {
    const { serves, nodes } = left[step];
    if (!serves || nodes.some(({ id }) => (takers.get(id) ?? 0) > 0)) continue;
    count(left[step], -1);
    left[step] = { ...left[step], nodes: [], wires: [], outputs: [] };
  }
  return left;
}

/** wf-engine gives the results of every step; a graph gives those of its last nodes. */
function graphOutputs(built: readonly BuiltStep[], ids: NodeIds): { nodes: GraphNode[]; wires: StepWire[] } {
  const taken = new Set(built.flatMap(({ wires }) => wires.map(({ from }) => from.node)));
  const nodes: GraphNode[] = [];
  const wires: StepWire[] = [];
  for (const { id: step, outputs } of built) {
    for (const from of outputs) {
      if (taken.has(from.node)) continue;
      const name = outputs.length === 1 ? step : `${step}_${from.pin}`;
      const id = ids.take(`${name}_output`);
      nodes.push({ id, type: 'io/output@1', params: { name } });
      wires.push({ from, to: { node: id, pin: 'value' } });
    }
  }
  return { nodes, wires };
}

function placeholdersOf(
  nodes: readonly GraphNode[],
  steps: readonly Step[],
  built: readonly BuiltStep[],
  catalogue: (type: string) => NodeSignature | undefined,
): Placeholder[] {
  const functions = new Map(
    built.flatMap((step, index) => step.nodes.map(({ id }) => [id, steps[index].node.function ?? ''] as const)),
  );
  return nodes.flatMap(({ id, type }) => {
    if (type.startsWith(FOREIGN)) return { node: id, of: functions.get(id) ?? type };
    return catalogue(type) === undefined ? { node: id, of: type } : [];
  });
}

function noteSettings({ settings }: Workflow, notes: string[]): void {
  const names = Object.keys(settings);
  if (names.length > 0) notes.push(`Settings are left out, for a graph has none: ${listed(names)}.`);
}

function noteRelativePaths(
  nodes: readonly GraphNode[],
  catalogue: (type: string) => NodeSignature | undefined,
  notes: string[],
): void {
  const paths = nodes.flatMap(({ type, params = {} }) => {
    const pins = catalogue(type)?.inputs.filter((pin) => pin.type.kind === 'path' && pin.access !== 'write') ?? [];
    return pins.map(({ name }) => params[name]).filter((value) => typeof value === 'string');
  });
  const relative = [...new Set(paths)].filter((path) => path !== '' && !/^([a-z]:)?[\\/]/i.test(path));
  if (relative.length > 0) notes.push(`Paths start from the folder of the graph: check ${listed(relative)}.`);
}
