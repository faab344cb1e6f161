import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { SOURCE_DIGEST } from '../../../../nodes/image/shared/row-kernel-code.ts';
import { type RgbTarget, writeScaledFrame } from '../../../../nodes/image/shared/scaled-frame.ts';
import { type Frame, type FrameColour, yuvSteps } from '../../../../src/shared/node-api/weft.ts';
import { frameOf } from '../../../shared/node-api/frames.ts';

type Size = readonly [width: number, height: number];

/** Samples without any pattern: every wrong one shows. */
function noise(width: number, height: number, colour: FrameColour): Frame {
  let state = width * 31 + height;
  const sample = () => {
    state = Math.imul(state, 1103515245) + 12345;
    return (state >> 16) & 255;
  };
  return frameOf(width, height, sample, { colour });
}

const LEVELS = Uint8Array.from({ length: 256 }, (_, level) => level);

/** Red, green and blue of each pixel, scaled to `size`. */
function scaled(frame: Frame, [width, height]: Size): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  const target: RgbTarget = { data, starts: [0, 1, 2], pixel: 3, row: width * 3, tables: [LEVELS, LEVELS, LEVELS] };
  writeScaledFrame(frame, { width, height }, scalingTo(frame, [width, height]), target);
  return data;
}

function scalingTo(frame: Frame, [width, height]: Size) {
  return { scaleX: width / frame.width, scaleY: height / frame.height };
}

/** The same by the definition, in floating point, before rounding. */
function byDefinition(frame: Frame, [width, height]: Size): number[] {
  const steps = yuvSteps(frame.colour);
  const colourWidth = Math.ceil(frame.width / 2);
  const u = frame.width * frame.height;
  const v = u + colourWidth * Math.ceil(frame.height / 2);
  const within = (position: number, size: number) => Math.min(Math.max(position, 0), size - 1);
  const light = (x: number, y: number) => frame.data[within(y, frame.height) * frame.width + within(x, frame.width)];
  const levels: number[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = within(((column + 0.5) * frame.width) / width - 0.5, frame.width);
      const y = within(((row + 0.5) * frame.height) / height - 0.5, frame.height);
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const across = (line: number) => light(left, line) * (1 - (x - left)) + light(left + 1, line) * (x - left);
      const luma = (across(top) * (1 - (y - top)) + across(top + 1) * (y - top) - steps.black) * steps.luma;
      const at = Math.floor((y + 0.5) / 2) * colourWidth + Math.floor((x + 0.5) / 2);
      const [cu, cv] = [frame.data[u + at] - 128, frame.data[v + at] - 128];
      const rgb = [cv * steps.redOfV, cu * steps.greenOfU + cv * steps.greenOfV, cu * steps.blueOfU];
      levels.push(...rgb.map((colour) => Math.min(Math.max(luma + colour, 0), 255)));
    }
  }
  return levels;
}

const BT601: FrameColour = { matrix: 'bt601', full: false };

describe('each pixel of a scaled frame is that of the definition, rounded', () => {
  test.each<{ from: Size; to: Size; colour: FrameColour }>([
    { from: [64, 48], to: [40, 30], colour: BT601 },
    { from: [64, 48], to: [64, 48], colour: { matrix: 'bt709', full: true } },
    { from: [37, 23], to: [80, 61], colour: { matrix: 'bt2020', full: false } },
    { from: [203, 151], to: [17, 5], colour: { matrix: 'bt601', full: true } },
    { from: [33, 1], to: [7, 3], colour: BT601 },
    { from: [1, 9], to: [5, 4], colour: BT601 },
    { from: [2, 2], to: [1, 1], colour: BT601 },
  ])('$from to $to, $colour.matrix, full range: $colour.full', ({ from, to, colour }) => {
    const frame = noise(...from, colour);
    const levels = scaled(frame, to);
    const wanted = byDefinition(frame, to);
    // Whole numbers in between may round a level that lies at a half the other way.
    const worst = wanted.reduce((most, level, i) => Math.max(most, Math.abs(level - levels[i])), 0);
    expect(worst).toBeLessThan(0.55);
  });
});

test('numbers channel by channel are what the tables have for the levels', () => {
  const size = [45, 31] as const;
  const [width, height] = size;
  const frame = noise(70, 50, BT601);
  const levels = scaled(frame, size);
  const tables = [0.25, -3, 1e-3].map((step) => Float32Array.from({ length: 256 }, (_, level) => level * step - 1));
  const plane = width * height;
  const [before, after] = [5, 7];
  const data = new Float32Array(before + 3 * plane + after).fill(9);
  writeScaledFrame(frame, { width, height }, scalingTo(frame, size), {
    data,
    starts: [before, before + plane, before + 2 * plane],
    pixel: 1,
    row: width,
    tables: [tables[0], tables[1], tables[2]],
  });
  const wanted = tables.flatMap((table, k) => Array.from({ length: plane }, (_, i) => table[levels[i * 3 + k]]));
  expect([...data.subarray(before, -after)]).toEqual(wanted);
  expect([...data.subarray(0, before), ...data.subarray(-after)]).toEqual(new Array(before + after).fill(9));
});

test('frames of different kinds take turns', () => {
  // More kinds than are remembered.
  const sizes = Array.from({ length: 20 }, (_, i) => 30 + i);
  const frames = [noise(64, 48, BT601), ...sizes.map((size) => noise(size, 20, { matrix: 'bt709', full: true }))];
  const alone = frames.map((frame) => scaled(frame, [20, 12]));
  expect(frames.map((frame) => scaled(frame, [20, 12]))).toEqual(alone);
  expect(scaled(frames[0], [20, 12])).not.toEqual(scaled(frames[1], [20, 12]));
});

test('the WebAssembly is that of the source', async () => {
  const source = await readFile(new URL('../../../../tools/kernels/row-kernel.ts', import.meta.url));
  expect(SOURCE_DIGEST).toBe(createHash('sha256').update(source).digest('hex'));
});
