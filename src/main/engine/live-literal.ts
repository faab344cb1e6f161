import type { JsonValue } from '../../shared/node-api/pins.ts';
import { checkLiteral } from '../../shared/types/literal.ts';
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
