import { expect } from 'vitest';
import type { ErrorCode } from '../../../src/shared/node-api/error-codes.ts';
import { Image, type ImageChannels } from '../../../src/shared/node-api/image.ts';
import type { WeftError } from '../../../src/shared/node-api/weft-error.ts';

/** A picture whose samples are what `sample` says for each place. */
export function picture(
  width: number,
  height: number,
  channels: ImageChannels,
  sample: (x: number, y: number, channel: number) => number,
): Image<'u8'> {
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / channels);
    data[i] = sample(pixel % width, Math.floor(pixel / width), i % channels);
  }
  return new Image('u8', width, height, channels, data);
}

export function noise(width: number, height: number, channels: ImageChannels, seed = 1): Image<'u8'> {
  let state = seed;
  return picture(width, height, channels, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

/** The samples of one pixel. */
export function pixel({ data, width, channels }: Image, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels)];
}

/** How far the samples of two pictures lie apart, on average. */
export function meanDifference(a: Image, b: Image): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i] - b.data[i]);
  return sum / a.data.length;
}

/** Awaits an error of Weft's, whose message must be one sentence, and gives it back. */
export async function refusal(result: Promise<unknown>, code: ErrorCode): Promise<WeftError> {
  const error = await result.then(
    () => expect.fail(`Expected ${code}, but nothing was thrown.`),
    (reason: WeftError) => reason,
  );
  expect(error).toMatchObject({ name: 'WeftError', code });
  expect(error.message).toMatch(/^[^\n]+: [^\n]+\.$/);
  return error;
}
