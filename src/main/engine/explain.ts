import { byteLength } from '../../shared/node-api/tensor.ts';
import type { ExplainedNode } from '../../shared/protocol/engine-calls.ts';
import type { PinType } from '../../shared/types/pin-type.ts';
import { describePinType } from '../../shared/types/pin-type-text.ts';
import type { Plan, PlanNode } from './plan.ts';
import { prepareRun, type Selection } from './prepare-run.ts';
import type { ResultCache } from './result-cache.ts';

/** The nodes that a run would take, in order, with the types and memory that are known before it starts. */
export function explain(plan: Plan, selection: Selection, cache: ResultCache): ExplainedNode[] {
  const { runs, cached } = prepareRun(plan, selection, cache);
  return plan.nodes
    .filter(({ index }) => runs[index] === 1 || cached.has(index))
    .map((node) => ({
      id: node.id,
      type: node.signature.id,
      runs: node.scope === 0 ? 'once' : plan.nodes[plan.scopes[node.scope].source].id,
      inputs: inputsOf(plan, node),
      outputs: node.outputs.map(({ name, type }) => ({ name, type: describePinType(type), ...arenaBytes(type) })),
      cached: cached.has(node.index),
      ...(usesModel(node) ? { isolate: 'inference' } : {}),
    }));
}

function inputsOf(plan: Plan, node: PlanNode): { name: string; from: string }[] {
  const wires = new Map(node.wires.map((wire) => [wire.input, wire]));
  return node.signature.inputs.flatMap(({ name }) => {
    const wire = wires.get(name);
    if (wire !== undefined) {
      const producer = plan.nodes[wire.producer];
      const pin = producer.outputs.find(({ slot }) => slot === wire.slot)?.name;
      return { name, from: `${producer.id}.${pin}` };
    }
    const literal = node.inputs[name];
    return literal === undefined ? [] : { name, from: JSON.stringify(literal) };
  });
}

/** What one value takes, when its whole shape is known. */
function arenaBytes(type: PinType): { arenaBytes?: number } {
  if (type.kind === 'tensor' && type.dtype !== null && type.dtype !== 'string' && type.shape?.every(isNumber)) {
    return { arenaBytes: byteLength(type.dtype, type.shape) };
  }
  if (type.kind === 'image' && isNumber(type.width) && isNumber(type.height) && isNumber(type.channels)) {
    return { arenaBytes: type.width * type.height * type.channels };
  }
  return {};
}

function isNumber(dim: unknown): dim is number {
  return typeof dim === 'number';
}

/** A node that takes a model, or gives one, calls the process that runs it. */
function usesModel({ signature }: PlanNode): boolean {
  return [...signature.inputs, ...signature.outputs].some(
    ({ type }) => type.kind === 'model' || type.kind === 'model-file',
  );
}
