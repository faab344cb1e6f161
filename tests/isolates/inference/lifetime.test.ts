import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CallScope } from '../../../src/main/store/call-scope.ts';
import { addModel, slowModel } from '../../onnx/models.ts';
import { Workbench } from './workbench.ts';

afterEach(() => {
  vi.useRealTimers();
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('an idle process', () => {
  test('is closed after a minute without a call, and started again by the next', async () => {
    await using bench = new Workbench();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const model = await bench.load(addModel(1));
    const run = () => bench.run(model, { input: bench.scope.tensor('float32', [1, 4]) });
    const [{ pid }] = bench.inference.stats().single.processes;
    vi.advanceTimersByTime(59_999);
    await run();
    vi.advanceTimersByTime(59_999);
    expect(bench.inference.stats().single.processes).toEqual([{ pid, busy: false }]);
    vi.advanceTimersByTime(1);
    expect(bench.inference.stats().single.processes).toEqual([]);
    vi.useRealTimers();
    await vi.waitUntil(() => !isAlive(pid), { timeout: 20_000 });
    await run();
    expect(bench.inference.stats().single.processes).toHaveLength(1);
  });
});

describe('closing', () => {
  test('ends every process and leaves nothing that keeps the engine alive', async () => {
    const child = spawn(process.execPath, [new URL('./engine-that-closes.ts', import.meta.url).pathname], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const [pids] = await once(createInterface(child.stdout), 'line');
    const [code] = await exited;
    expect(code).toBe(0);
    expect(JSON.parse(pids).length).toBeGreaterThan(1);
    expect(JSON.parse(pids).filter(isAlive)).toEqual([]);
  });

  test('in the middle of a run fails it and kills its process', async () => {
    const bench = new Workbench();
    const model = await bench.load(slowModel(60_000));
    const input = bench.scope.tensor('float32', [256, 256]);
    const runs = Promise.allSettled([bench.run(model, { input }), bench.run(model, { input })]);
    const [{ pid }] = bench.inference.stats().single.processes;
    await bench[Symbol.asyncDispose]();
    for (const run of await runs) expect(run).toMatchObject({ reason: { code: 'E_CANCELLED' } });
    expect(isAlive(pid)).toBe(false);
    expect(bench.arena.stats().loans).toBe(0);
  });

  test('without ever having been used does nothing', async () => {
    const bench = new Workbench();
    await bench[Symbol.asyncDispose]();
  });
});

test.each([
  ['the moment it has begun', 0],
  ['in the middle', 1_000],
])('a process ends when its engine is killed while it runs a model, %s', async (_, milliseconds) => {
  const engine = spawn(process.execPath, [new URL('./engine-at-work.ts', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(engine.stdout), 'line');
  const { isolate, folder } = JSON.parse(line);
  await setTimeout(milliseconds);
  expect(isAlive(isolate)).toBe(true);
  engine.kill('SIGKILL');
  await vi.waitUntil(() => !isAlive(isolate), { timeout: 20_000 });
  rmSync(folder, { recursive: true });
});

test('a process outlives the Ctrl-C that reaches every process of a terminal', async () => {
  await using bench = new Workbench();
  const model = await bench.load(addModel(1));
  const [{ pid }] = bench.inference.stats().single.processes;
  process.kill(pid, 'SIGINT');
  await bench.run(model, { input: bench.scope.tensor('float32', [1, 4]) });
  expect(bench.inference.stats().single.processes).toEqual([{ pid, busy: false }]);
});

test.runIf(process.platform === 'linux')(
  '10,000 calls leave the memory of engine and isolate where it was',
  async () => {
    await using bench = new Workbench();
    const model = await bench.load(addModel(1, 2000));
    const input = bench.scope.tensor('float32', [4, 2000]);
    const calls = async (count: number) => {
      for (let i = 0; i < count; i++) {
        const scope = new CallScope(bench.arena);
        await bench.run(model, { input }, { scope });
        scope.close();
      }
    };
    await calls(2_000);
    const [{ pid }] = bench.inference.stats().single.processes;
    const before = residentBytes(pid);
    const arena = bench.arena.stats();
    await calls(10_000);
    expect(bench.arena.stats()).toEqual(arena);
    expect(Math.abs(residentBytes(pid) - before)).toBeLessThan(20e6);
  },
);

function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

test.runIf(process.platform === 'linux')('a process holds no file but the arena and its sockets', async () => {
  await using bench = new Workbench();
  const model = await bench.load(addModel(1, 2000));
  const [{ pid }] = bench.inference.stats().single.processes;
  const run = () => bench.run(model, { input: bench.scope.tensor('float32', [1, 2000]) });
  const openFiles = () => readdirSync(`/proc/${pid}/fd`).length;
  // The process opens some while it starts, its second thread later than the first; calls that left one open each would
  // never come to rest.
  const addsNone = async () => {
    const before = openFiles();
    for (let i = 0; i < 20; i++) await run();
    return openFiles() === before;
  };
  await vi.waitUntil(async () => (await addsNone()) && (await addsNone()), { timeout: 20_000 });
});
