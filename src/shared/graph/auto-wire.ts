import type { NodeSignature } from '../node-api/signature.ts';
import { assignability } from '../types/assignability.ts';
import { declaredType } from '../types/type-flow.ts';
import { isWrittenOnly } from './interface.ts';

/** Indices of an output of one node and the input of another that it goes to. */
export interface PinPair {
  readonly output: number;
  readonly input: number;
}

/**
 * The pins that a wire from node to node connects: each output whose name an input of the other has, where the declared
 * types allow it. Which of the inputs are free is for the caller to see.
 */
export function autoWirePins(from: NodeSignature, to: NodeSignature): PinPair[] {
  const outputs = new Map(from.outputs.map(({ name }, output) => [name, output]));
  return to.inputs.flatMap(({ name, type }, input) => {
    const output = outputs.get(name);
    if (output === undefined || isWrittenOnly(to, name)) return [];
    return assignability(declaredType(from.outputs[output].type), declaredType(type)).ok ? [{ output, input }] : [];
  });
}
