import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, type OnnxValue, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import {
  addModel,
  colourClassifierModel,
  customOperatorModel,
  enlargingModel,
  externalDataModel,
  identityModel,
  int4OutputModel,
  matMulModel,
  nanModel,
  nonZeroModel,
  sequenceOutputModel,
  severalPortsModel,
  slowModel,
  squareDetectorModel,
  stringOutputModel,
} from './models.ts';

async function outputs(model: Uint8Array, inputs: Record<string, Tensor>): Promise<Record<string, Tensor>> {
  const session = await InferenceSession.create(model);
  try {
    return (await session.run(inputs)) as Record<string, OnnxValue & Tensor>;
  } finally {
    await session.release();
  }
}

const fourFloats = (...values: number[]) => new Tensor('float32', values, [values.length]);

test('identity gives its input back', async () => {
  const { output } = await outputs(identityModel('int64', [2, 'n']), { input: new Tensor('int64', [1n, -2n], [2, 1]) });
  expect(output.data).toEqual(BigInt64Array.of(1n, -2n));
  expect(output.dims).toEqual([2, 1]);
});

test('matMul multiplies two matrices', async () => {
  const { product } = await outputs(matMulModel(1, 2, 1), {
    a: new Tensor('float32', [3, 4], [1, 2]),
    b: new Tensor('float32', [5, 6], [2, 1]),
  });
  expect([...product.data]).toEqual([39]);
});

test('add takes any batch', async () => {
  const { sum } = await outputs(addModel(10, 2), { input: new Tensor('float32', [1, 2, 3, 4, 5, 6], [3, 2]) });
  expect([...sum.data]).toEqual([11, 12, 13, 14, 15, 16]);
});

test('several ports are told apart', async () => {
  const { sum, difference, count } = await outputs(severalPortsModel(), {
    left: fourFloats(5, 5, 5, 5),
    right: fourFloats(1, 2, 3, 4),
  });
  expect([...sum.data]).toEqual([6, 7, 8, 9]);
  expect([...difference.data]).toEqual([4, 3, 2, 1]);
  expect(count.data).toEqual(BigInt64Array.of(4n));
});

test('nonZero gives as many indices as its input has values', async () => {
  const { indices } = await outputs(nonZeroModel(4), { input: fourFloats(0, 7, 0, 7) });
  expect(indices.dims).toEqual([1, 2]);
  expect(indices.data).toEqual(BigInt64Array.of(1n, 3n));
});

test('slow gives its input back after its steps', async () => {
  const input = new Tensor('float32', Float32Array.from({ length: 65_536 }, Math.sin), [256, 256]);
  const { output } = await outputs(slowModel(3), { input });
  expect(output.data).toEqual(input.data);
});

test('nan gives NaN', async () => {
  const { sum } = await outputs(nanModel(), { input: new Tensor('float32', [1, 2, 3, 4], [1, 4]) });
  expect([...sum.data]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
});

test('string output gives text', async () => {
  const { text } = await outputs(stringOutputModel(), { input: fourFloats(1, 2) });
  expect(text.data).toEqual(['1', '2']);
});

test('int4 output ends the process that runs it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weft-onnx-'));
  try {
    const path = join(folder, 'int4.onnx');
    await writeFile(path, int4OutputModel());
    const script = `const { InferenceSession, Tensor } = require('onnxruntime-node');
      InferenceSession.create(process.argv[1])
        .then((session) => session.run({ input: new Tensor('float32', [1, 2, 3, 4], [4]) }))
        .catch(() => {});`;
    expect(spawnSync(process.execPath, ['-e', script, path]).signal).toBe('SIGABRT');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a sequence output loads and cannot be carried', async () => {
  await expect(outputs(sequenceOutputModel(), { input: fourFloats(1, 2, 3, 4) })).rejects.toThrow(/tensor/i);
});

test('a custom operator is refused by ONNX Runtime', async () => {
  await expect(InferenceSession.create(customOperatorModel())).rejects.toThrow(/Entangle|com\.example/);
});

test('missing external data is refused by ONNX Runtime', async () => {
  await expect(InferenceSession.create(externalDataModel('nowhere.data'))).rejects.toThrow(/nowhere\.data|external/i);
});

test('the square detector finds a square and nothing elsewhere', async () => {
  const area = 320 * 320;
  const picture = new Float32Array(3 * area).fill(0.5);
  for (let y = 64; y < 96; y++) {
    for (let x = 160; x < 192; x++) {
      picture[y * 320 + x] = 0;
      picture[area + y * 320 + x] = 1;
      picture[2 * area + y * 320 + x] = 0;
    }
  }
  const { output0 } = await outputs(squareDetectorModel(), {
    images: new Tensor('float32', picture, [1, 3, 320, 320]),
  });
  const [, rows, columns] = output0.dims;
  expect([rows, columns]).toEqual([7, 1369]);
  const values = output0.data as Float32Array;
  const best = Array.from({ length: columns }, (_, i) => i).filter((i) => values[5 * columns + i] > 0.9);
  expect(best.map((i) => [0, 1, 2, 3, 4, 5, 6].map((row) => values[row * columns + i]))).toEqual([
    [176, 80, 32, 32, 0, 1, 0],
  ]);
  expect(Math.max(...values.subarray(4 * columns, 5 * columns), ...values.subarray(6 * columns))).toBe(0);
});

test('the enlarging model doubles each side, and sees 3 pixels far', async () => {
  const [height, width] = [12, 16];
  const enlarged = async (lit: readonly number[]) => {
    const input = new Float32Array(height * width);
    for (const pixel of lit) input[pixel] = 1;
    const { output } = await outputs(enlargingModel(height, width), {
      input: new Tensor('float32', input, [1, 1, height, width]),
    });
    expect(output.dims).toEqual([1, 1, 24, 32]);
    return output.data as Float32Array;
  };
  const [dark, lit] = [await enlarged([]), await enlarged([5 * width + 6])];
  const reached = [...lit.keys()]
    .filter((i) => lit[i] !== dark[i])
    .map((i) => [Math.floor((i % 32) / 2), Math.floor(i / 64)]);
  expect(reached.length).toBeGreaterThan(100);
  for (const [x, y] of reached) expect(Math.max(Math.abs(x - 6), Math.abs(y - 5))).toBeLessThanOrEqual(3);
});

test('the colour classifier gives the means of red, green and blue', async () => {
  const image = Float32Array.from({ length: 3 * 32 * 32 }, (_, i) => Math.floor(i / 1024) / 4);
  const { scores } = await outputs(colourClassifierModel(), { image: new Tensor('float32', image, [1, 3, 32, 32]) });
  expect([...scores.data]).toEqual([0, 0.25, 0.5]);
});
