// An engine's thread: takes memory from the host, fills it with 7, says so, then takes, writes and returns memory for
// ever.
import { parentPort, workerData } from 'node:worker_threads';
import { Arena } from '../../../src/main/store/arena.ts';
import { requestSegments } from '../../../src/main/store/segment-request.ts';

const { port, answered, bytes } = workerData;
try {
  const arena = new Arena(requestSegments(port, answered), { budgetBytes: 2 ** 32 });
  const slab = arena.allocate(bytes);
  new Uint8Array(slab.buffer, slab.byteOffset, slab.length).fill(7);
  parentPort?.postMessage({ handle: arena.handleOf(slab), sharing: arena.stats().sharing });
  for (let i = 1; ; i++) {
    const slabs = [1, 5, 80].map((size) => arena.allocate(size * 2 ** 20));
    for (const { buffer, byteOffset } of slabs) new Uint8Array(buffer, byteOffset, 2 ** 20).fill(i);
    for (const each of slabs) arena.release(each);
    arena.trim();
  }
} catch (error) {
  parentPort?.postMessage({ error: error instanceof Error && 'code' in error ? error.code : String(error) });
}
