import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { MessageChannel, Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { HeapBacking } from '../../src/main/store/backing.ts';
import type { Segment } from '../../src/main/store/segment.ts';
import { SegmentPool } from '../../src/main/store/segment-pool.ts';
import { serveSegments } from '../../src/main/store/segment-request.ts';
import { script } from './child-process.ts';

const MIB = 2 ** 20;

/** Starts an engine's thread that allocates `bytes`, and waits for what it says. */
async function startEngine(pool: SegmentPool, bytes: number) {
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  serveSegments(port1, pool, answered);
  const worker = new Worker(script('engine-thread.ts'), {
    workerData: { port: port2, answered, bytes },
    transferList: [port2],
  });
  const [said] = await once(worker, 'message');
  const stop = async () => {
    await worker.terminate();
    port1.close();
  };
  return { said, stop };
}

describe('an engine on a worker thread', () => {
  test('gets segments from the host in the middle of a synchronous call', async () => {
    const created: Segment[] = [];
    class WatchedPool extends SegmentPool {
      override create(minBytes: number): Segment {
        const segment = super.create(minBytes);
        created.push(segment);
        return segment;
      }
    }
    const pool = new WatchedPool();
    const { said, stop } = await startEngine(pool, 5 * MIB);
    await stop();
    expect(said).toMatchObject({ handle: { segment: 0, offset: 0, length: 5 * MIB }, sharing: pool.sharing });
    const content = new Uint8Array(created[0].buffer, created[0].start, 5 * MIB);
    expect(content.every((byte) => byte === 7)).toBe(true);
  });

  test('gets the host’s refusal as the error it is', async () => {
    const pool = new SegmentPool({ limitBytes: 100 * MIB, backing: new HeapBacking('test') });
    const { said, stop } = await startEngine(pool, 200 * MIB);
    expect(said).toEqual({ error: 'E_MEMORY' });
    await stop();
  });

  test('may be stopped 50 times while it takes, writes and returns memory, and the next has the same memory', async () => {
    const pool = new SegmentPool();
    for (let i = 0; i < 50; i++) {
      const { said, stop } = await startEngine(pool, 5 * MIB);
      expect(said.handle).toMatchObject({ segment: 0, offset: 0 });
      await setTimeout(i % 10);
      await stop();
      pool.reclaim();
    }
    const { buffer, start } = pool.create(MIB);
    pool.reserve(0, 0, 2 * MIB);
    const content = new Uint8Array(buffer, start, MIB).fill(3);
    expect(content.every((byte) => byte === 3)).toBe(true);
  });

  test('that waits for a host that never answers can still be stopped', async () => {
    const { port2 } = new MessageChannel();
    const worker = new Worker(script('engine-thread.ts'), {
      workerData: { port: port2, answered: new Int32Array(new SharedArrayBuffer(4)), bytes: 1 },
      transferList: [port2],
    });
    await once(worker, 'online');
    expect(await worker.terminate()).toBe(1);
  });
});
