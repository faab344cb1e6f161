import type { DTypeArrays, NumericDType } from '../../../shared/node-api/tensor.ts';
import type { Statistics } from '../../../shared/protocol/preview.ts';

export type Numbers = DTypeArrays[NumericDType];

/**
 * Values that a quick look takes, of the 65,536 that engine.md 9.2 allows at most: beside a run that has the cores to
 * itself, four times as many cost a percent of its speed. A prime, for where the step from one to the next is a
 * multiple of the number of channels, only one channel of a picture would ever be met.
 */
const SAMPLES = 16_381;

/** Null for no values. Without `exact`, of at most 16,381 values, evenly spaced. */
export function statisticsOf(data: Numbers, exact: boolean): Statistics | null {
  const count = data.length;
  if (count === 0) return null;
  if (data instanceof Uint8Array) return summariseBytes(data, exact ? count : Math.min(count, SAMPLES));
  if (exact || count <= SAMPLES) return summarise(count, count, (from, target) => copyPart(data, from, target));
  const step = count / SAMPLES;
  return summarise(count, SAMPLES, (from, target) => {
    for (let k = 0; k < target.length; k++) target[k] = Number(data[Math.floor((from + k) * step)]);
  });
}

/** Null for an empty list, and for one that holds anything but numbers. */
export function statisticsOfList(list: readonly unknown[], exact: boolean): Statistics | null {
  if (typeof list[0] !== 'number') return null;
  const values = new Float64Array(exact ? list.length : Math.min(list.length, SAMPLES));
  const step = list.length / values.length;
  for (let k = 0; k < values.length; k++) {
    const value = list[Math.floor(k * step)];
    if (typeof value !== 'number') return null;
    values[k] = value;
  }
  return summarise(list.length, values.length, (from, target) => copyPart(values, from, target));
}

/** Counts how often each byte occurs: several times as fast as looking at them one by one, and most pictures are bytes. */
function summariseBytes(data: Uint8Array, looked: number): Statistics {
  const counts = new Uint32Array(256);
  const step = data.length / looked;
  if (step === 1) for (let k = 0; k < looked; k++) counts[data[k]]++;
  else for (let k = 0; k < looked; k++) counts[data[Math.floor(k * step)]]++;
  let sum = 0;
  for (let byte = 0; byte < 256; byte++) sum += byte * counts[byte];
  const occurs = (count: number) => count > 0;
  const range = { min: counts.findIndex(occurs), max: counts.findLastIndex(occurs), mean: sum / looked };
  return { range, nan: 0, inf: 0, exact: step === 1 };
}

/** Fills `target` with the values from number `from` on. */
type Read = (from: number, target: Float64Array) => void;

const CHUNK = new Float64Array(16_384);

/** Of `looked` values out of `count`. They are copied in chunks, for a loop over one type of array is several times as fast. */
function summarise(count: number, looked: number, read: Read): Statistics {
  let pass = onePass(looked, read, 1);
  // The sum of values near the end of the range overflows, that of their shares does not.
  if (!Number.isFinite(pass.sum)) pass = onePass(looked, read, 1 / looked);
  const { min, max, sum, nan, inf, factor } = pass;
  const finite = looked - nan - inf;
  const scale = count / looked;
  return {
    range: finite === 0 ? null : { min, max, mean: sum / (factor * finite) },
    nan: Math.round(nan * scale),
    inf: Math.round(inf * scale),
    exact: looked === count,
  };
}

function onePass(looked: number, read: Read, factor: number) {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let nan = 0;
  let inf = 0;
  for (let from = 0; from < looked; from += CHUNK.length) {
    const chunk = CHUNK.subarray(0, Math.min(CHUNK.length, looked - from));
    read(from, chunk);
    for (let k = 0; k < chunk.length; k++) {
      const value = chunk[k];
      // What remains of a finite number is 0.
      if (value - value !== 0) {
        if (Number.isNaN(value)) nan++;
        else inf++;
        continue;
      }
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value * factor;
    }
  }
  return { min, max, sum, nan, inf, factor };
}

function copyPart(data: Numbers, from: number, target: Float64Array): void {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    for (let k = 0; k < target.length; k++) target[k] = Number(data[from + k]);
  } else {
    target.set(data.subarray(from, from + target.length));
  }
}
