import { afterEach, describe, expect, test, vi } from 'vitest';
import { CallScope } from '../../../src/main/store/call-scope.ts';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { WeftError } from '../../../src/shared/node-api/weft-error.ts';
import { addModel, nonZeroModel, slowModel } from '../../onnx/models.ts';
import { Workbench } from './workbench.ts';

const ENDLESS = 60_000;
const timeout = () => new WeftError('E_TIMEOUT', 'The node took longer than its timeout.');
const row = () => new Tensor('float32', [1, 4], new Float32Array(4));

afterEach(() => {
  vi.useRealTimers();
});

describe('a call that times out', () => {
  test('fails at once, while its memory stays with the process until that has answered', async () => {
    await using bench = new Workbench();
    const model = await bench.load(slowModel(500));
    const scope = new CallScope(bench.arena);
    const input = scope.tensor('float32', [256, 256]);
    input.data.fill(7);
    const node = new AbortController();
    const run = bench.run(model, { input }, { signal: node.signal, scope });
    node.abort(timeout());
    await expect(run).rejects.toMatchObject({ code: 'E_TIMEOUT' });
    scope.close();
    expect(bench.arena.stats()).toMatchObject({ loans: 2, slabs: 2 });

    // The late answer must not show in what others allocate now.
    const later = Array.from({ length: 8 }, () => bench.scope.tensor('float32', [256, 256]));
    for (const { data } of later) data.fill(1);
    await vi.waitUntil(() => bench.arena.stats().loans === 0, { timeout: 30_000 });
    expect(later.every(({ data }) => data.every((value) => value === 1))).toBe(true);
    expect(bench.arena.stats().slabs).toBe(later.length);

    await bench.run(await bench.load(addModel(1)), { input: row() });
  });

  test('and would have needed memory for its outputs takes none', async () => {
    await using bench = new Workbench();
    const model = await bench.load(nonZeroModel(1_000_000));
    const scope = new CallScope(bench.arena);
    const input = scope.tensor('float32', [1_000_000]);
    input.data.fill(1);
    const node = new AbortController();
    const run = bench.run(model, { input }, { signal: node.signal, scope });
    node.abort(timeout());
    await expect(run).rejects.toMatchObject({ code: 'E_TIMEOUT' });
    scope.close();
    await vi.waitUntil(() => bench.arena.stats().loans === 0, { timeout: 20_000 });
    expect(bench.arena.stats().slabs).toBe(0);
    await bench.run(await bench.load(addModel(1)), { input: row() });
  });

  test('and does not end has its process killed, which counts against no model', async () => {
    await using bench = new Workbench();
    const model = await bench.load(slowModel(ENDLESS));
    for (let i = 0; i < 4; i++) {
      const node = new AbortController();
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const run = bench.run(model, { input: bench.scope.tensor('float32', [256, 256]) }, { signal: node.signal });
      await vi.waitUntil(() => bench.inference.stats().single.processes[0]?.busy, { interval: 1 });
      const [{ pid }] = bench.inference.stats().single.processes;
      node.abort(timeout());
      await expect(run).rejects.toMatchObject({ code: 'E_TIMEOUT' });
      vi.advanceTimersByTime(1_999);
      expect(bench.inference.stats().single.processes).toEqual([{ pid, busy: true }]);
      vi.advanceTimersByTime(1);
      vi.useRealTimers();
      await vi.waitUntil(() => bench.arena.stats().loans === 0, { timeout: 20_000 });
      expect(bench.inference.stats().single.processes).toEqual([]);
    }
    await bench.load(addModel(1));
  });

  test('while it waits for a process never reaches one', async () => {
    await using bench = new Workbench();
    const model = await bench.load(slowModel(300));
    const input = bench.scope.tensor('float32', [256, 256]);
    // The process is at work on one, and has the other.
    const before = [1, 2].map(() => bench.run(model, { input }));
    const node = new AbortController();
    const last = bench.run(model, { input }, { signal: node.signal });
    expect(bench.inference.stats().single.waiting).toBe(1);
    node.abort(timeout());
    await expect(last).rejects.toMatchObject({ code: 'E_TIMEOUT' });
    expect(bench.inference.stats().single.waiting).toBe(0);
    expect(bench.arena.stats().loans).toBe(4);
    await Promise.all(before);
  });

  test('before it is made fails without reaching a process', async () => {
    await using bench = new Workbench();
    const model = await bench.load(addModel(1));
    await expect(bench.run(model, { input: row() }, { signal: AbortSignal.abort(timeout()) })).rejects.toMatchObject({
      code: 'E_TIMEOUT',
    });
  });
});

describe('cancelling a run', () => {
  test('fails its calls, kills the processes still at work for it, and leaves other runs alone', async () => {
    await using bench = new Workbench();
    const slow = await bench.load(slowModel(ENDLESS));
    const input = bench.scope.tensor('float32', [256, 256]);
    const mine = [0, 1].map(() => bench.run(slow, { input }, { runId: 'mine' }));
    const sum = bench.inference
      .load(bench.write(addModel(1), 'sum.onnx'), 'cpu', {
        runId: 'other',
        signal: new AbortController().signal,
        parallel: 'single',
      })
      .then((model) => bench.run(model, { input: row() }, { runId: 'other' }));
    const [{ pid }] = bench.inference.stats().single.processes;
    const ends = Promise.allSettled(mine);
    await bench.inference.cancelRun('mine', 10);
    expect(bench.arena.stats().loans).toBe(0);
    for (const end of await ends) expect(end).toMatchObject({ reason: { code: 'E_CANCELLED' } });
    expect((await sum).get('sum')?.data[0]).toBe(1);
    expect(bench.inference.stats().single.processes[0].pid).not.toBe(pid);
  });

  test('lets a process that answers in time live', async () => {
    await using bench = new Workbench();
    const model = await bench.load(slowModel(100));
    const run = bench.run(model, { input: bench.scope.tensor('float32', [256, 256]) });
    const [{ pid }] = bench.inference.stats().single.processes;
    const end = expect(run).rejects.toMatchObject({ code: 'E_CANCELLED' });
    await bench.inference.cancelRun('run', 60_000);
    await end;
    expect(bench.inference.stats().single.processes).toEqual([{ pid, busy: false }]);
  });

  test('of which nothing is known does nothing', async () => {
    await using bench = new Workbench();
    await bench.inference.cancelRun('never heard of', 0);
  });
});
