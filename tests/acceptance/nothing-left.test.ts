import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphOf } from '../engine/test-graph.ts';
import { slowModel } from '../onnx/models.ts';
import { TEST_NODES } from './hosted-run.ts';
import { hasProc, isolatesOf, processesWith, startRun } from './running.ts';

/** Long enough that a run never ends by itself in a test. */
const STEPS = 1_000_000;

let folder: string;
let graph: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-nothing-left-'));
  const model = join(folder, 'endless.onnx');
  writeFileSync(model, slowModel(STEPS));
  graph = join(folder, 'graph.weft.json');
  writeFileSync(
    graph,
    JSON.stringify(
      graphOf(
        [
          { id: 'ones', type: 'test/ones@1', params: { shape: [256, 256] } },
          { id: 'load', type: 'model/load@1', params: { path: model } },
          { id: 'infer', type: 'model/infer@1' },
          { id: 'out', type: 'io/output@1', params: { name: 'output' } },
        ],
        ['load.model -> infer.model', 'ones.tensor -> infer.input', 'infer.output -> out.value'],
      ),
    ),
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!hasProc)(
  'a run that ends in the middle of an inference leaves no process, memory, socket or file',
  () => {
    test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('after %s', async (signal) => {
      const temporary = join(folder, signal);
      mkdirSync(temporary);
      const memory = sharedMemory();
      const running = startRun([graph, '--out', join(temporary, 'out')], {
        TMPDIR: temporary,
        WEFT_NODES: TEST_NODES,
        NODE_COMPILE_CACHE: join(folder, 'compiled'),
        // Set for this process, since other tests call ONNX Runtime in it.
        ORT_DISABLE_TELEMETRY: undefined,
      });
      await running.event(({ event, node }) => event === 'node.running' && node === 'infer');
      await expect.poll(() => isolatesOf(running.pid).filter(isComputing).length, { timeout: 20_000 }).toBe(1);
      const processes = processesWith('TMPDIR', temporary);
      expect(processes.length).toBeGreaterThanOrEqual(2);
      const own = socketsOf(processes);
      expect(own.length).toBeGreaterThan(0);

      running.process.kill(signal);
      expect(await running.ended).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 130);
      await expect.poll(() => processesWith('TMPDIR', temporary)).toEqual([]);
      await expect.poll(() => readdirSync(temporary)).toEqual([]);
      await expect.poll(() => sockets().filter(({ inode }) => own.includes(inode))).toEqual([]);
      // Other tests share this machine: what is theirs goes away by itself.
      await expect.poll(() => sharedMemory().filter((name) => !memory.includes(name))).toEqual([]);
    });
  },
);

/** It has used a second of a core, so it is neither starting nor loading any more. */
function isComputing(pid: number): boolean {
  // Fields 14 and 15 of proc_pid_stat(5), in hundredths of a second; the second field may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]) > 100;
}

function sharedMemory(): string[] {
  return readdirSync('/dev/shm');
}

/** Weft's local sockets, by the numbers that file descriptors lead to. */
function sockets(): { inode: string; name: string }[] {
  const lines = readFileSync('/proc/net/unix', 'utf8').matchAll(/ (\d+) (\S*weft-\S+)$/gm);
  return Array.from(lines, ([, inode, name]) => ({ inode, name }));
}

/** Those that these processes have open. */
function socketsOf(pids: readonly number[]): string[] {
  const links = pids.flatMap((pid) => linksOf(`/proc/${pid}/fd`));
  return sockets().flatMap(({ inode }) => (links.includes(`socket:[${inode}]`) ? inode : []));
}

function linksOf(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    try {
      return readlinkSync(join(folder, name));
    } catch {
      // It was closed meanwhile.
      return [];
    }
  });
}
