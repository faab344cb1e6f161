import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { nodeSpawner } from '../../../src/main/isolates/spawn-node.ts';
import { DTYPES, NUMERIC_ARRAYS, type NumericDType, Tensor } from '../../../src/shared/node-api/tensor.ts';
import type { WorkingProcess } from '../../../src/shared/protocol/run-report.ts';
import { buildModel } from '../../onnx/build-model.ts';
import {
  addModel,
  identityModel,
  matMulModel,
  nanModel,
  nonZeroModel,
  severalPortsModel,
  stringOutputModel,
} from '../../onnx/models.ts';
import { Workbench } from './workbench.ts';

const NUMERIC = DTYPES.filter((dtype): dtype is NumericDType => dtype !== 'string');

function filled(tensor: Tensor<NumericDType>): Tensor<NumericDType> {
  tensor.data.forEach((_, index) => {
    const value = tensor.dtype === 'bool' ? index % 2 : index % 100;
    tensor.data[index] = typeof tensor.data[0] === 'bigint' ? BigInt(value) : value;
  });
  return tensor;
}

function onHeap(dtype: NumericDType, shape: readonly number[]): Tensor<NumericDType> {
  const count = shape.reduce((product, dim) => product * dim, 1);
  return filled(new Tensor(dtype, shape, new NUMERIC_ARRAYS[dtype](count)));
}

describe.each([
  ['shared memory', true],
  ['no shared memory', false],
])('over %s', (_, sharing) => {
  test.each(NUMERIC)('%s tensors reach the model and come back unchanged', async (dtype) => {
    await using bench = new Workbench({ sharing });
    const shapes = [[2, 3], [], [1], [0, 3], [64, 97]];
    for (const shape of shapes) {
      for (const declared of [shape, shape.map((_, axis) => `open${axis}`), shape.map(() => null)]) {
        const model = await bench.load(identityModel(dtype, declared), { name: `${shape}-${declared}.onnx` });
        for (const input of [filled(bench.scope.tensor(dtype, shape)), onHeap(dtype, shape)]) {
          const output = (await bench.run(model, { input })).get('output');
          expect(output?.toString()).toBe(`${dtype}[${shape}]`);
          expect(output?.data).toEqual(input.data);
        }
      }
    }
  });

  test('text travels with any characters but NUL', async () => {
    await using bench = new Workbench({ sharing });
    const model = await bench.load(identityModel('string', ['count']));
    const input = new Tensor('string', [4], ['', 'grüße 🧶', '"\\\n', 'x'.repeat(100_000)]);
    expect((await bench.run(model, { input })).get('output')).toEqual(input);
    await expect(bench.run(model, { input: new Tensor('string', [1], ['a\0b']) })).rejects.toMatchObject({
      code: 'E_MODEL_INPUT',
    });
  });

  test('outputs whose shape depends on the values may be of any size', async () => {
    await using bench = new Workbench({ sharing });
    const model = await bench.load(nonZeroModel(100_000));
    const input = bench.scope.tensor('float32', [100_000]);
    for (const count of [0, 1, 400, 100_000]) {
      input.data.fill(0).fill(1, 0, count);
      const indices = (await bench.run(model, { input })).get('indices');
      expect(indices?.shape).toEqual([1, count]);
      expect(indices?.data).toEqual(BigInt64Array.from({ length: count }, (_, index) => BigInt(index)));
    }
  });

  test('an output whose shape differs from what the file says still arrives, the second time too', async () => {
    await using bench = new Workbench({ sharing });
    const model = await bench.load(
      buildModel({
        inputs: [{ name: 'input', dtype: 'float32', shape: [2000] }],
        outputs: [
          { name: 'indices', dtype: 'int64', shape: [1, 1000] },
          { name: 'same', dtype: 'float32', shape: [2000] },
        ],
        nodes: [
          { op: 'NonZero', inputs: ['input'], outputs: ['indices'] },
          { op: 'Identity', inputs: ['input'], outputs: ['same'] },
        ],
      }),
    );
    const input = filled(bench.scope.tensor('float32', [2000]));
    for (let i = 0; i < 3; i++) {
      const outputs = await bench.run(model, { input });
      expect(outputs.get('indices')?.shape).toEqual([1, 1980]);
      expect(outputs.get('same')?.data).toEqual(input.data);
    }
  });

  test('a model may have several inputs and outputs; outputs come in the order of the file', async () => {
    await using bench = new Workbench({ sharing });
    const model = await bench.load(severalPortsModel());
    const outputs = await bench.run(model, {
      right: new Tensor('float32', [4], Float32Array.of(1, 2, 3, 4)),
      left: new Tensor('float32', [4], Float32Array.of(10, 20, 30, 40)),
    });
    expect([...outputs.keys()]).toEqual(['sum', 'difference', 'count']);
    expect(outputs.get('sum')?.data).toEqual(Float32Array.of(11, 22, 33, 44));
    expect(outputs.get('difference')?.data).toEqual(Float32Array.of(9, 18, 27, 36));
    expect(outputs.get('count')?.data).toEqual(BigInt64Array.of(4n));
  });

  test('numbers turned into text arrive as text', async () => {
    await using bench = new Workbench({ sharing });
    const model = await bench.load(stringOutputModel());
    const input = new Tensor('float32', [3], Float32Array.of(1, 2.5, -3));
    expect((await bench.run(model, { input })).get('text')?.data).toEqual(['1', '2.5', '-3']);
  });
});

test('a tensor that is a part of a slab is read from where it lies', async () => {
  await using bench = new Workbench();
  const model = await bench.load(addModel(1000, 1500));
  const { data } = filled(bench.scope.tensor('float32', [4000])) as Tensor<'float32'>;
  const input = new Tensor('float32', [1, 1500], data.subarray(1001, 2501));
  const sum = (await bench.run(model, { input })).get('sum');
  expect(sum?.data).toEqual(input.data.map((value) => value + 1000));
});

test('an output of known shape is written by ONNX Runtime into the arena, and no copy is made', async () => {
  await using bench = new Workbench();
  const model = await bench.load(matMulModel(100, 100, 100));
  const a = filled(bench.scope.tensor('float32', [100, 100]));
  const before = bench.arena.stats();
  const product = (await bench.run(model, { a, b: a })).get('product');
  expect(product && bench.arena.slabOf(product.data as Float32Array)).toBeDefined();
  expect(bench.arena.stats()).toMatchObject({ slabs: before.slabs + 1, loans: 0 });
});

test('a model with one input takes a tensor under any name', async () => {
  await using bench = new Workbench();
  const model = await bench.load(addModel(1));
  const tensor = new Tensor('float32', [1, 4], new Float32Array(4));
  expect((await bench.run(model, { anything: tensor })).get('sum')?.data).toEqual(Float32Array.of(1, 1, 1, 1));
});

test('a run that fails says so with the text of ONNX Runtime, and the process goes on', async () => {
  await using bench = new Workbench();
  const model = await bench.load(
    buildModel({
      inputs: [{ name: 'input', dtype: 'float32', shape: ['count'] }],
      outputs: [{ name: 'output', dtype: 'float32', shape: [2, 2] }],
      nodes: [{ op: 'Reshape', inputs: ['input', 'shape'], outputs: ['output'] }],
      initializers: [{ name: 'shape', tensor: new Tensor('int64', [2], BigInt64Array.of(2n, 2n)) }],
    }),
    { name: 'fold.onnx' },
  );
  const [{ pid }] = bench.inference.stats().single.processes;
  await expect(bench.run(model, { input: onHeap('float32', [5]) })).rejects.toMatchObject({
    code: 'E_MODEL_RUN',
    message: 'fold.onnx failed while it ran: check that its inputs hold what the model was made for.',
    cause: { message: expect.stringContaining('Reshape') },
  });
  expect((await bench.run(model, { input: onHeap('float32', [4]) })).get('output')?.shape).toEqual([2, 2]);
  expect(bench.inference.stats().single.processes[0].pid).toBe(pid);
});

test('a run that asks for more memory than there is fails with E_DEVICE_MEMORY, and the process goes on', async () => {
  await using bench = new Workbench();
  const model = await bench.load(
    buildModel({
      inputs: [{ name: 'shape', dtype: 'int64', shape: [1] }],
      outputs: [{ name: 'zeros', dtype: 'float32', shape: ['size'] }],
      nodes: [{ op: 'ConstantOfShape', inputs: ['shape'], outputs: ['zeros'] }],
    }),
  );
  const size = (count: bigint) => new Tensor('int64', [1], BigInt64Array.of(count));
  await expect(bench.run(model, { shape: size(2n ** 44n) })).rejects.toMatchObject({ code: 'E_DEVICE_MEMORY' });
  expect((await bench.run(model, { shape: size(3n) })).get('zeros')?.shape).toEqual([3]);
});

test('an output that the arena has no room for fails with E_MEMORY, and the process goes on', async () => {
  await using bench = new Workbench({ budgetBytes: 1_000_000 });
  const model = await bench.load(nonZeroModel(100_000));
  const input = bench.scope.tensor('float32', [100_000]);
  input.data.fill(1);
  await expect(bench.run(model, { input })).rejects.toMatchObject({ code: 'E_MEMORY' });
  input.data.fill(0, 10);
  expect((await bench.run(model, { input })).get('indices')?.shape).toEqual([1, 10]);
  expect(bench.arena.stats().loans).toBe(0);
});

test('a process that lies about what it sends costs the call alone', async () => {
  const inference = fileURLToPath(new URL('./lying-isolate.ts', import.meta.url));
  await using bench = new Workbench({ spawner: nodeSpawner({ inference }) });
  const model = await bench.load(addModel(1));
  const run = () => bench.run(model, { input: onHeap('float32', [1, 4]) });
  await expect(run()).rejects.toThrow('The message ends before its output sum.');
  await expect(run()).rejects.toMatchObject({ code: 'E_INTERNAL' });
  await expect(run()).rejects.toMatchObject({ code: 'E_ISOLATE_DIED' });
  expect(bench.arena.stats()).toMatchObject({ slabs: 0, loans: 0 });
});

test('NaN is a value like any other', async () => {
  await using bench = new Workbench();
  const outputs = await bench.run(await bench.load(nanModel()), { input: onHeap('float32', [1, 4]) });
  expect(outputs.get('sum')?.data).toEqual(new Float32Array(4).fill(Number.NaN));
});

test('more models than a process keeps loaded can be run in turn', async () => {
  await using bench = new Workbench();
  const addends = [1, 2, 3, 4, 5, 6];
  const models = await Promise.all(
    addends.map((addend) => bench.load(addModel(addend), { name: `add${addend}.onnx` })),
  );
  for (const round of [1, 2]) {
    for (const [index, model] of models.entries()) {
      const input = new Tensor('float32', [1, 4], new Float32Array(4).fill(round));
      expect((await bench.run(model, { input })).get('sum')?.data[0]).toBe(round + addends[index]);
    }
  }
  expect(bench.inference.stats().single.processes).toHaveLength(1);
});

test('calls for a stream run side by side, in as many processes as calls at most', async () => {
  await using bench = new Workbench();
  const model = await bench.load(addModel(1), { parallel: 'stream' });
  const runs = Array.from({ length: 20 }, (_, index) =>
    bench.run(model, { input: new Tensor('float32', [1, 4], new Float32Array(4).fill(index)) }, { parallel: 'stream' }),
  );
  const sums = (await Promise.all(runs)).map((outputs) => outputs.get('sum')?.data[0]);
  expect(sums).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect(bench.inference.stats().single.processes).toHaveLength(0);
});

test('a process is told to have done one piece of work after the other, also where it was sent the next one ahead', async () => {
  await using bench = new Workbench();
  const pieces: { pid: number; asked: number; started: number; ended: number }[] = [];
  const call = {
    parallel: 'stream',
    onWork: ({ pid }: WorkingProcess, asked: number, started: number) => {
      pieces.push({ pid, asked, started, ended: performance.now() });
    },
  } as const;
  const model = await bench.load(addModel(1), call);
  const input = new Tensor('float32', [1, 4], new Float32Array(4));
  await Promise.all(Array.from({ length: 200 }, () => bench.run(model, { input }, call)));
  expect(pieces).toHaveLength(201);
  for (const work of Map.groupBy(pieces, ({ pid }) => pid).values()) {
    for (const [i, { asked, started, ended }] of work.entries()) {
      expect(started).toBeGreaterThanOrEqual(Math.max(asked, work[i - 1]?.ended ?? 0));
      expect(ended).toBeGreaterThanOrEqual(started);
    }
  }
});
