import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportValue, fileName } from '../../src/main/engine/export-value.ts';
import { Arena } from '../../src/main/store/arena.ts';
import { CallScope } from '../../src/main/store/call-scope.ts';
import { SegmentPool } from '../../src/main/store/segment-pool.ts';
import { Detections, ownSpace } from '../../src/shared/node-api/detections.ts';
import { Image, type ImageChannels } from '../../src/shared/node-api/image.ts';
import { Keypoints } from '../../src/shared/node-api/keypoints.ts';
import { Mask } from '../../src/shared/node-api/mask.ts';
import { DTYPES, NUMERIC_ARRAYS, type NumericDType, Tensor } from '../../src/shared/node-api/tensor.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-export-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Samples of 8 bits. */
async function readPng(file: string): Promise<number[]> {
  const picture = sharp(join(folder, file));
  const { channels } = await picture.metadata();
  return [
    ...(await picture
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer()),
  ];
}

const CHANNELS: readonly ImageChannels[] = [1, 3, 4];

describe('a picture is written as PNG, sample for sample', () => {
  test.each(CHANNELS)('8 bits, %i channels', async (channels) => {
    const samples = Uint8Array.from({ length: 5 * 4 * channels }, (_, k) => (k * 37) % 256);
    const value = await exportValue(new Image('u8', 5, 4, channels, samples), 'picture', folder);
    const path = join(folder, 'picture.png');
    expect(value).toEqual({ path, width: 5, height: 4 });
    expect(await sharp(path).metadata()).toMatchObject({ depth: 'uchar', width: 5, height: 4, channels });
    expect(await readPng('picture.png')).toEqual([...samples]);
  });

  test.each(CHANNELS)('16 bits, %i channels', async (channels) => {
    const samples = Uint16Array.from({ length: 3 * 2 * channels }, (_, k) => (k * 9973) % 65536);
    await exportValue(new Image('u16', 3, 2, channels, samples), 'picture', folder);
    const picture = sharp(join(folder, 'picture.png'));
    expect(await picture.metadata()).toMatchObject({ depth: 'ushort', channels });
    const data = await picture
      .toColourspace(channels === 1 ? 'grey16' : 'rgb16')
      .raw({ depth: 'ushort' })
      .toBuffer();
    expect([...new Uint16Array(data.buffer, data.byteOffset, data.length / 2)]).toEqual([...samples]);
  });

  test.each(CHANNELS)('floating point from 0 to 1, %i channels, as 8 bits', async (channels) => {
    const given = [0, 0.5, 1, -3, 7, Number.NaN, 1 / 255, 0.9999];
    const samples = Float32Array.from({ length: 8 * channels }, (_, k) => given[Math.floor(k / channels)]);
    await exportValue(new Image('f32', 8, 1, channels, samples), 'picture', folder);
    expect(await readPng('picture.png')).toEqual(
      [0, 128, 255, 0, 255, 0, 1, 255].flatMap((sample) => Array(channels).fill(sample)),
    );
  });

  test('also from memory in the arena', async () => {
    const arena = new Arena(new SegmentPool());
    const scope = new CallScope(arena);
    const image = scope.image('u8', 2, 2, 3);
    image.data.set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    await exportValue(image, 'picture', folder);
    expect(await readPng('picture.png')).toEqual([...image.data]);
    scope.close();
  });

  test('and so is a mask', async () => {
    const space = ownSpace(2, 2);
    await exportValue(
      [new Mask(Uint8Array.of(0, 255, 7, 0), space), new Mask(Float32Array.of(0, 1, 0.5, 0), space)],
      'mask',
      folder,
    );
    expect(await readPng('mask-0.png')).toEqual([0, 255, 7, 0]);
    expect(await readPng('mask-1.png')).toEqual([0, 255, 128, 0]);
  });
});

/** As much of a reader for NumPy's format 1.0 as the tests need, for a machine that is little-endian. */
function readNpy(path: string): { descr: string; shape: number[]; body: Uint8Array } {
  const file = readFileSync(path);
  expect(file.subarray(0, 8).toString('latin1')).toBe('\x93NUMPY\x01\x00');
  const start = 10 + file.readUInt16LE(8);
  expect(start % 64).toBe(0);
  const header = file.toString('latin1', 10, start);
  expect(header.endsWith('\n')).toBe(true);
  const [, descr, order, shape] =
    header.match(/^\{'descr': '(.+?)', 'fortran_order': (\w+), 'shape': \((.*?),?\), \} *\n$/) ?? [];
  expect(order).toBe('False');
  return {
    descr,
    shape: shape === '' ? [] : shape.split(', ').map(Number),
    body: new Uint8Array(file.subarray(start)),
  };
}

const NUMPY: Readonly<Record<NumericDType, string>> = {
  float32: '<f4',
  float64: '<f8',
  float16: '<f2',
  int8: '|i1',
  uint8: '|u1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  int64: '<i8',
  uint64: '<u8',
  bool: '|b1',
};

describe('a tensor is written as .npy', () => {
  const numeric = DTYPES.filter((dtype): dtype is NumericDType => dtype !== 'string');
  test.each(numeric)('of %s', async (dtype) => {
    const data = new NUMERIC_ARRAYS[dtype](6);
    for (let k = 0; k < 6; k++)
      data[k] = typeof data[0] === 'bigint' ? BigInt(k * 17) : dtype === 'bool' ? k % 2 : k * 17;
    const value = await exportValue(new Tensor(dtype, [2, 3], data), 'tensor', folder);
    const path = join(folder, 'tensor.npy');
    expect(value).toEqual({ path, dtype, shape: [2, 3] });
    const { descr, shape, body } = readNpy(path);
    expect({ descr, shape }).toEqual({ descr: NUMPY[dtype], shape: [2, 3] });
    const read = new NUMERIC_ARRAYS[dtype](body.buffer, body.byteOffset, 6);
    expect(read).toEqual(data);
  });

  test.each([[[]], [[1]], [[5]], [[0, 3]], [[1, 2, 1, 3]]])('of shape %j', async (shape) => {
    const count = shape.reduce((product: number, dim) => product * dim, 1);
    await exportValue(new Tensor('float32', shape, new Float32Array(count).fill(1.5)), 'tensor', folder);
    const npy = readNpy(join(folder, 'tensor.npy'));
    expect(npy.shape).toEqual(shape);
    expect(npy.body.length).toBe(count * 4);
  });

  test('but for one of texts, which is told as it is', async () => {
    const tensor = new Tensor('string', [2], ['a', 'b']);
    expect(await exportValue(tensor, 'tensor', folder)).toEqual({ dtype: 'string', shape: [2], data: ['a', 'b'] });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('other values are told as JSON', () => {
  class Camera {
    readonly id = 7;
  }

  test('which has no NaN, no infinities, no large integers, no functions and no classes', async () => {
    const value = {
      numbers: [1.5, Number.NaN, Number.POSITIVE_INFINITY, -0],
      large: 2n ** 70n,
      none: [null, undefined],
      run: function detect() {},
      camera: new Camera(),
      text: 'ü',
      is: true,
    };
    const json = await exportValue(value, 'value', folder);
    expect(json).toEqual({
      numbers: [1.5, 'NaN', 'Infinity', -0],
      large: '1180591620717411303424',
      none: [null, null],
      run: { kind: 'function', name: 'detect' },
      camera: { kind: 'Camera' },
      text: 'ü',
      is: true,
    });
    expect(() => JSON.stringify(json)).not.toThrow();
  });

  test('and ends where a value contains itself, but not where one occurs twice', async () => {
    const twice = { a: 1 };
    const ring: { self?: object; left: object; right: object } = { left: twice, right: twice };
    ring.self = ring;
    expect(await exportValue(ring, 'ring', folder)).toEqual({
      left: { a: 1 },
      right: { a: 1 },
      self: { kind: 'circular' },
    });
  });

  test('with what lies in Maps, lists and records written beside it', async () => {
    const tensor = (value: number) => new Tensor('uint8', [1], Uint8Array.of(value));
    const value = new Map<unknown, unknown>([
      ['boxes', tensor(1)],
      [2, [tensor(2), { deep: tensor(3) }]],
    ]);
    const told = (file: string) => ({ path: join(folder, file), dtype: 'uint8', shape: [1] });
    expect(await exportValue(value, 'out', folder)).toEqual({
      boxes: told('out-boxes.npy'),
      2: [told('out-2-0.npy'), { deep: told('out-2-1-deep.npy') }],
    });
    expect(readdirSync(folder).sort()).toEqual(['out-2-0.npy', 'out-2-1-deep.npy', 'out-boxes.npy']);
    expect([...readNpy(join(folder, 'out-2-1-deep.npy')).body]).toEqual([3]);
  });

  test('bytes as a file', async () => {
    const value = await exportValue(Uint8Array.of(1, 2, 3), 'raw', folder);
    expect(value).toEqual({ path: join(folder, 'raw.bin'), bytes: 3 });
    expect([...readFileSync(join(folder, 'raw.bin'))]).toEqual([1, 2, 3]);
  });

  test('keypoints as places and scores, object by object', async () => {
    const keypoints = new Keypoints(
      Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      Float32Array.of(1, 1, 0.5, 0),
      2,
      ownSpace(9, 9),
    );
    expect(await exportValue(keypoints, 'keypoints', folder)).toEqual([
      [
        [1, 2, 1],
        [3, 4, 1],
      ],
      [
        [5, 6, 0.5],
        [7, 8, 0],
      ],
    ]);
  });

  test('detections as boxes of x, y, width and height', async () => {
    const detections = new Detections(
      Float32Array.of(10, 20, 30, 60, 0, 0, 1, 1),
      Float32Array.of(0.5, 0.25),
      Int32Array.of(1, 9),
      ['person', 'bus'],
      ownSpace(100, 100),
    );
    expect(await exportValue(detections, 'detections', folder)).toEqual([
      { label: 'bus', classId: 1, score: 0.5, box: [10, 20, 20, 40] },
      { label: 'class 9', classId: 9, score: 0.25, box: [0, 0, 1, 1] },
    ]);
  });
});

describe('a file that cannot be written', () => {
  test('is told with its path and leaves nothing half-written', async () => {
    const tensor = new Tensor('uint8', [1], Uint8Array.of(1));
    mkdirSync(join(folder, 'taken.npy'));
    await expect(exportValue(tensor, 'taken', folder)).rejects.toMatchObject({
      code: 'E_FILE_WRITE',
      message: expect.stringContaining(join(folder, 'taken.npy')),
    });
    expect(readdirSync(folder)).toEqual(['taken.npy']);
    writeFileSync(join(folder, 'file'), '');
    await expect(exportValue(tensor, 'in', join(folder, 'file'))).rejects.toMatchObject({ code: 'E_FILE_WRITE' });
    expect(readdirSync(folder).sort()).toEqual(['file', 'taken.npy']);
  });

  test('takes the place of an older one when it can', async () => {
    writeFileSync(join(folder, 'tensor.npy'), 'old');
    await exportValue(new Tensor('uint8', [1], Uint8Array.of(4)), 'tensor', folder);
    expect([...readNpy(join(folder, 'tensor.npy')).body]).toEqual([4]);
  });
});

test('without a folder all is told but paths, inside other values too', async () => {
  const picture = new Image('u8', 2, 1, 1, new Uint8Array(2));
  const tensor = new Tensor('uint8', [3], new Uint8Array(3));
  expect(await exportValue({ picture, list: [tensor, 1], bytes: new Uint8Array(5) }, 'all', null)).toEqual({
    picture: { width: 2, height: 1 },
    list: [{ dtype: 'uint8', shape: [3] }, 1],
    bytes: { bytes: 5 },
  });
});

test('a name for a file has only what every file system takes', () => {
  expect(fileName('outer/inner.value: 7?')).toBe('outer%2finner.value%3a%207%3f');
  expect(new Set(['a/b', 'a:b', 'a-b', 'a%2fb'].map(fileName)).size).toBe(4);
});
