import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import readNpy from '../../../nodes/tensor/read-npy.ts';
import writeNpy from '../../../nodes/tensor/write-npy.ts';
import { elementCount, NUMERIC_ARRAYS, type NumericDType, Tensor } from '../../../src/shared/node-api/tensor.ts';
import { refusal } from '../image/pictures.ts';
import { HeapContext, runNode } from '../node-context.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-npy-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file as NumPy writes it, of any version. */
function npy(header: string, elements: Uint8Array, version = 1): string {
  const path = join(folder, 'numpy.npy');
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) length.writeUInt16LE(header.length);
  else length.writeUInt32LE(header.length);
  const magic = Buffer.from([0x93, ...Buffer.from('NUMPY'), version, 0]);
  writeFileSync(path, Buffer.concat([magic, length, Buffer.from(header), elements]));
  return path;
}

const header = (descr: string, shape: string, order = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }\n`;
const bytesOf = ({ buffer }: Float32Array | Float64Array | Int16Array) => new Uint8Array(buffer);
const read = async (path: string) => (await runNode<{ tensor: Tensor }>(readNpy, { path })).tensor;

describe('tensor/write-npy and tensor/read-npy', () => {
  test.each(Object.keys(NUMERIC_ARRAYS) as NumericDType[])('%s comes back as it was', async (dtype) => {
    for (const shape of [[2, 3], [4], [], [0, 5], [1, 2, 1, 2]]) {
      const data = new NUMERIC_ARRAYS[dtype](elementCount(shape));
      for (let i = 0; i < data.length; i++) data[i] = (typeof data[0] === 'bigint' ? BigInt(i) : i) as never;
      const tensor = new Tensor(dtype, shape, data);
      const path = join(folder, 'tensor.npy');
      expect(await runNode(writeNpy, { tensor, path })).toEqual({ path });
      expect(await read(path)).toEqual(tensor);
    }
  });

  test('each item of a stream gets a file of its own', async () => {
    const tensor = new Tensor('int8', [1], Int8Array.of(7));
    await runNode(writeNpy, { tensor, path: join(folder, '{index:03}.npy') }, new HeapContext({ item: 5 }));
    expect(readdirSync(folder)).toEqual(['005.npy']);
    await refusal(runNode(writeNpy, { tensor, path: join(folder, 't.npy') }, new HeapContext({ item: 5 })), 'E_VALUE');
  });

  test('refuses text', async () => {
    const tensor = new Tensor('string', [1], ['a']);
    await refusal(runNode(writeNpy, { tensor, path: join(folder, 'tensor.npy') }), 'E_VALUE');
  });
});

describe('tensor/read-npy', () => {
  test('reads what NumPy writes, of each version of the format', async () => {
    const elements = bytesOf(Float32Array.of(1, 2, 3));
    for (const version of [1, 2, 3]) {
      const path = npy(header('<f4', '3,'), elements, version);
      expect(await read(path)).toEqual(new Tensor('float32', [3], Float32Array.of(1, 2, 3)));
    }
  });

  test('puts an array in Fortran order into rows', async () => {
    const path = npy(header('<i2', '2, 3', 'True'), bytesOf(Int16Array.of(1, 4, 2, 5, 3, 6)));
    expect(await read(path)).toEqual(new Tensor('int16', [2, 3], Int16Array.of(1, 2, 3, 4, 5, 6)));
  });

  test('reads the other byte order', async () => {
    const elements = bytesOf(Float64Array.of(1.5, -2));
    elements.subarray(0, 8).reverse();
    elements.subarray(8).reverse();
    expect(await read(npy(header('>f8', '2,'), elements))).toEqual(
      new Tensor('float64', [2], Float64Array.of(1.5, -2)),
    );
  });

  test('says which file it depends on', async () => {
    const ctx = new HeapContext();
    const path = npy(header('|u1', '1,'), Uint8Array.of(3));
    await runNode(readNpy, { path }, ctx);
    expect(ctx.fingerprinted).toEqual([path]);
  });

  test.each<[string, () => string]>([
    ['a picture', () => npy('', new Uint8Array()).replace('numpy.npy', 'other')],
    ['complex numbers', () => npy(header('<c8', '1,'), new Uint8Array(8))],
    ['text', () => npy(header('<U3', '1,'), new Uint8Array(12))],
    ['records', () => npy("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }\n", new Uint8Array(4))],
    ['a file cut off in its elements', () => npy(header('<f4', '3,'), new Uint8Array(11))],
    ['a shape that no file could hold', () => npy(header('<f4', '99999999, 99999999'), new Uint8Array(11))],
  ])('refuses %s', async (what, make) => {
    const path = make();
    if (what === 'a picture') writeFileSync(path, 'GIF89a and so on');
    await refusal(read(path), 'E_FILE_READ');
  });

  test('refuses a file cut off in its header, at every length', async () => {
    const path = npy(header('<f4', '3,'), bytesOf(Float32Array.of(1, 2, 3)));
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length));
      await refusal(read(path), 'E_FILE_READ');
    }
  });

  test('refuses a missing file and a folder', async () => {
    await refusal(read(join(folder, 'none.npy')), 'E_FILE_MISSING');
    await refusal(read(folder), 'E_FILE_READ');
  });
});
