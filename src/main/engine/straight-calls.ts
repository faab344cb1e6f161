import type { NodeDefinition, Skip } from '../../shared/node-api/define-node.ts';
import { CallContext, type RunServices } from './call-context.ts';
import type { Calls } from './calls.ts';
import type { Dataflow } from './dataflow.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { Inputs, Lane } from './lane.ts';
import type { PlanNode } from './plan.ts';
import type { Status } from './status.ts';

type Run = Extract<NodeDefinition, { run: unknown }>['run'];

/** The parts of a run that straight calls work with. */
export interface StraightParts {
  readonly services: RunServices;
  readonly serial: number;
  readonly heartbeat: Heartbeat;
  readonly dataflow: Dataflow;
  readonly calls: Calls;
  readonly status: Status;
}

/**
 * The usual case of a small node in one piece: it runs once, returns at once, and gives numbers. It does what `Calls`,
 * `Dataflow` and `Run` do together, without the steps that such a node has no use for; whatever turns out unusual is
 * left to them. That halves what a node costs beside its body (docs/decisions/008-cost-of-a-node.md).
 */
export class StraightCalls {
  readonly #parts: StraightParts;
  readonly #lane: Lane;

  constructor(parts: StraightParts) {
    this.#parts = parts;
    this.#lane = parts.dataflow.main;
  }

  /** `ended`: the node is through. `handed-on`: the others go on with its call. `refused`: it has not been called. */
  run(node: PlanNode): 'ended' | 'handed-on' | 'refused' {
    const { services, serial, heartbeat, dataflow, calls, status } = this.#parts;
    const lane = this.#lane;
    const { values, files } = lane;
    const inputs: Inputs = { ...dataflow.literalsOf(node) };
    for (const wire of node.wires) {
      const value = values[wire.slot];
      if (typeof value === 'symbol' || files[wire.slot] !== null) return 'refused';
      inputs[wire.input] = value;
    }
    const context = new CallContext(services, node, lane, 1);
    heartbeat.enter(serial, node.index, undefined);
    let result: Record<string, unknown> | Skip | Promise<unknown>;
    try {
      // Sound: only nodes with a `run` body are straight.
      result = (node.definition as { run: Run }).run(inputs, context);
    } catch (error) {
      calls.handOn(lane, node, inputs, context, { error });
      return 'handed-on';
    }
    heartbeat.leave();
    if (context.scope !== null || context.files !== null || !givesNumbers(node, result)) {
      calls.handOn(lane, node, inputs, context, { result });
      return 'handed-on';
    }
    for (const { name, slot } of node.outputs) values[slot] = result[name];
    status.done(node.index, calls.lap(), calls.clock, node.outputs.length * 8);
    dataflow.consume(node, lane);
    dataflow.arrive(node, lane);
    return 'ended';
  }
}

function givesNumbers(node: PlanNode, result: unknown): result is Record<string, number> {
  if (typeof result !== 'object' || result === null || result instanceof Promise) return false;
  for (const { name } of node.outputs) {
    if (typeof (result as Record<string, unknown>)[name] !== 'number') return false;
  }
  return true;
}
