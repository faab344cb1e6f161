import { GRAPH_INPUT } from '../../shared/graph/interface.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import { checkLiteral } from '../../shared/types/literal.ts';
import { parsePinType } from '../../shared/types/pin-type-text.ts';
import { declaredType } from '../../shared/types/type-flow.ts';
import type { PlanNode } from './plan.ts';

/** Whether a pin of a running graph takes a new literal. Not a path: which folder it starts from is settled with the plan. */
export function takesLiteral({ signature, wires }: PlanNode, name: string, value: unknown): boolean {
  const pin = signature.inputs.find((input) => input.name === name);
  if (pin === undefined || wires.some(({ input }) => input === name)) return false;
  const type = declaredType(pin.type);
  // Sound: what is no JSON is no literal of any type.
  return type.kind !== 'path' && checkLiteral(value as JsonValue, type, pin).ok;
}

/** Whether a change of the input counts from the next item: a node that holds state may have used it for good. */
export function usesPerItem({ signature }: PlanNode, input: string): boolean {
  if (signature.body !== 'open') return signature.body === 'run';
  return signature.inputs.find(({ name }) => name === input)?.perItem === true;
}

/**
 * Whether an input of a running graph takes a new value: a number, a text or a yes or no, which nothing has to be freed
 * for.
 */
export function takesValue({ signature, inputs }: PlanNode, pin: string, value: unknown): value is Scalar {
  if (signature.type !== GRAPH_INPUT || pin !== 'default' || typeof inputs.type !== 'string') return false;
  if (typeof value !== 'number' && typeof value !== 'string' && typeof value !== 'boolean') return false;
  const declared = parsePinType(inputs.type);
  return declared.ok && declared.type.kind !== 'path' && checkLiteral(value, declared.type).ok;
}

type Scalar = number | string | boolean;
