import { afterEach, describe, expect, test, vi } from 'vitest';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { addModel, int4OutputModel, slowModel } from '../../onnx/models.ts';
import { Workbench } from './workbench.ts';

const four = (value = 0) => new Tensor('float32', [4], new Float32Array(4).fill(value));
const matrix = () => new Tensor('float32', [256, 256], new Float32Array(256 * 256));
/** Longer than any test: about a minute. */
const ENDLESS = 60_000;

afterEach(() => {
  vi.useRealTimers();
});

describe('a process that is killed in the middle of a run', () => {
  test('fails that run with how it ended, and is replaced', async () => {
    await using bench = new Workbench();
    const slow = await bench.load(slowModel(ENDLESS), { name: 'slow.onnx' });
    const input = bench.scope.tensor('float32', [256, 256]);
    const run = bench.run(slow, { input });
    const [{ pid, busy }] = bench.inference.stats().single.processes;
    expect(busy).toBe(true);
    expect(bench.arena.stats().loans).toBe(2);
    process.kill(pid, 'SIGKILL');
    await expect(run).rejects.toMatchObject({
      code: 'E_ISOLATE_DIED',
      message:
        'The process that ran slow.onnx ended with SIGKILL: run again, give the node attempts, or try another backend.',
    });
    expect(bench.arena.stats().loans).toBe(0);

    const sum = await bench.load(addModel(1));
    const outputs = await bench.run(sum, { input: new Tensor('float32', [1, 4], new Float32Array(4)) });
    expect(outputs.get('sum')?.data).toEqual(Float32Array.of(1, 1, 1, 1));
    expect(bench.inference.stats().single.processes[0].pid).not.toBe(pid);
  });

  test('fails no other run', async () => {
    await using bench = new Workbench();
    const model = await bench.load(slowModel(300), { parallel: 'stream' });
    const runs = Array.from({ length: 6 }, () => bench.run(model, { input: matrix() }, { parallel: 'stream' }));
    const ends = Promise.allSettled(runs);
    await vi.waitUntil(() => bench.inference.stats().stream.processes.some(({ busy }) => busy), { timeout: 20_000 });
    const victim = bench.inference.stats().stream.processes.find(({ busy }) => busy);
    process.kill(victim?.pid ?? 0, 'SIGKILL');
    const statuses = (await ends).map(({ status }) => status);
    expect(statuses.filter((status) => status === 'rejected')).toHaveLength(1);
  });

  test('while it rests fails nothing', async () => {
    await using bench = new Workbench();
    const model = await bench.load(addModel(1));
    const [{ pid }] = bench.inference.stats().single.processes;
    process.kill(pid, 'SIGKILL');
    await vi.waitUntil(() => bench.inference.stats().single.processes.length === 0, { timeout: 20_000 });
    const outputs = await bench.run(model, { input: new Tensor('float32', [1, 4], new Float32Array(4)) });
    expect(outputs.get('sum')?.data[0]).toBe(1);
  });
});

describe('a model that aborts its process', () => {
  test('costs its own run only, and the cause keeps the last words of the process', async () => {
    await using bench = new Workbench({ refuseUnsupported: false });
    const [deadly, sum] = [await bench.load(int4OutputModel()), await bench.load(addModel(1), { name: 'sum.onnx' })];
    const [death, other] = await Promise.allSettled([
      bench.run(deadly, { input: four() }),
      bench.run(sum, { input: new Tensor('float32', [1, 4], new Float32Array(4)) }),
    ]);
    expect(death).toMatchObject({
      reason: {
        code: 'E_ISOLATE_DIED',
        message: expect.stringContaining('ended with SIGABRT'),
        cause: { message: expect.stringContaining('FATAL ERROR') },
      },
    });
    expect(other.status).toBe('fulfilled');
  });

  test('three times is blocked, and no other model is, until it is unblocked', async () => {
    await using bench = new Workbench({ refuseUnsupported: false });
    const deadly = await bench.load(int4OutputModel(), { name: 'deadly.onnx' });
    const ends = await Promise.allSettled(Array.from({ length: 5 }, () => bench.run(deadly, { input: four() })));
    expect(ends.map((end) => end.status === 'rejected' && end.reason.code)).toEqual([
      'E_ISOLATE_DIED',
      'E_ISOLATE_DIED',
      'E_ISOLATE_DIED',
      'E_MODEL_BLOCKED',
      'E_MODEL_BLOCKED',
    ]);
    await expect(bench.load(int4OutputModel(), { name: 'deadly.onnx' })).rejects.toMatchObject({
      code: 'E_MODEL_BLOCKED',
      message:
        'deadly.onnx ended its process three times within five minutes on cpu: try another backend, or unblock it to try again.',
    });
    await bench.load(addModel(1));

    bench.inference.unblock(deadly);
    await expect(bench.run(deadly, { input: four() })).rejects.toMatchObject({ code: 'E_ISOLATE_DIED' });
  });

  test('three times, but not within five minutes, is not blocked', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    await using bench = new Workbench({ refuseUnsupported: false });
    const deadly = await bench.load(int4OutputModel());
    const die = () => expect(bench.run(deadly, { input: four() })).rejects.toMatchObject({ code: 'E_ISOLATE_DIED' });
    await die();
    vi.advanceTimersByTime(60_000);
    await die();
    vi.advanceTimersByTime(240_000);
    await die();
    await die();
    await expect(bench.run(deadly, { input: four() })).rejects.toMatchObject({ code: 'E_MODEL_BLOCKED' });
    vi.advanceTimersByTime(59_000);
    await expect(bench.run(deadly, { input: four() })).rejects.toMatchObject({ code: 'E_MODEL_BLOCKED' });
    vi.advanceTimersByTime(2_000);
    await die();
  });
});

test('a process that cannot be started is E_ISOLATE_START for every call that needs it', async () => {
  await using bench = new Workbench({
    spawner: {
      spawn: async () => ({
        pid: 0,
        exited: Promise.resolve({ reason: 'exit code 127', lastWords: 'no such program' }),
        kill: () => {},
      }),
    },
  });
  const loads = await Promise.allSettled([1, 2, 3].map((n) => bench.load(addModel(n), { name: `${n}.onnx` })));
  for (const load of loads) {
    expect(load).toMatchObject({
      reason: {
        code: 'E_ISOLATE_START',
        message:
          'A helper process ended with exit code 127 before it was ready: check free memory and the number of processes.',
        cause: { message: 'no such program' },
      },
    });
  }
});
