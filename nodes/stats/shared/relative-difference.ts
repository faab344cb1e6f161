import type { Tensor } from 'weft';

type Tensors = ReadonlyMap<string, Tensor>;

/**
 * How far the outputs of two runs lie apart: for each output the largest difference of two elements, in relation to the
 * largest element of the reference, and of all outputs the largest. Infinity when they cannot be compared: other names
 * or shapes, or a value that is a number in one alone.
 */
export function relativeDifference(reference: Tensors, outputs: Tensors): number {
  if (outputs.size !== reference.size) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const [name, expected] of reference) {
    const tensor = outputs.get(name);
    if (tensor?.toString() !== expected.toString()) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, tensorDifference(expected, tensor));
  }
  return largest;
}

function tensorDifference(expected: Tensor, actual: Tensor): number {
  if (expected.is('string') || actual.is('string')) {
    return expected.data.every((text, i) => text === actual.data[i]) ? 0 : Number.POSITIVE_INFINITY;
  }
  let largest = 0;
  let scale = 0;
  for (let i = 0; i < expected.data.length; i++) {
    const [a, b] = [Number(expected.data[i]), Number(actual.data[i])];
    if (Object.is(a, b)) continue;
    const difference = Math.abs(a - b);
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
    if (difference > largest) largest = difference;
  }
  if (largest === 0) return 0;
  for (let i = 0; i < expected.data.length; i++) scale = Math.max(scale, Math.abs(Number(expected.data[i])) || 0);
  return largest / scale;
}
