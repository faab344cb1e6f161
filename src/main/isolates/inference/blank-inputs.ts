import { elementCount, NUMERIC_ARRAYS, type NumericDType, Tensor } from '../../../shared/node-api/tensor.ts';
import type { ModelSignature, TensorPort } from '../../../shared/types/pin-type.ts';

/** A size that most networks with an open height or width take: a multiple of 32. */
const OPEN = 256;

/** Inputs to measure a model with: zeros and empty texts. Where a dimension is open, a batch is 1. */
export function blankInputs({ inputs }: ModelSignature): Map<string, Tensor> {
  return new Map(inputs.map((port) => [port.name, blank(port)]));
}

function blank({ dtype, shape }: TensorPort): Tensor {
  const known = (shape ?? []).map((dim, axis) => (typeof dim === 'number' ? dim : axis === 0 ? 1 : OPEN));
  if (dtype === 'string') return new Tensor('string', known, Array<string>(elementCount(known)).fill(''));
  return new Tensor<NumericDType>(dtype, known, new NUMERIC_ARRAYS[dtype](elementCount(known)));
}
