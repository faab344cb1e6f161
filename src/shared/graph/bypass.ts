import type { NodeSignature } from '../node-api/signature.ts';
import { assignability } from '../types/assignability.ts';
import { declaredType } from '../types/type-flow.ts';
import { isWrittenOnly } from './interface.ts';

/**
 * The input that stands in for an output of a bypassed node: the first that has a value and whose declared type is
 * assignable to the output's; -1 when there is none.
 */
export function standInFor(signature: NodeSignature, output: number, hasValue: (input: number) => boolean): number {
  const needed = declaredType(signature.outputs[output].type);
  return signature.inputs.findIndex(({ name, type }, input) => {
    return hasValue(input) && !isWrittenOnly(signature, name) && assignability(declaredType(type), needed).ok;
  });
}
