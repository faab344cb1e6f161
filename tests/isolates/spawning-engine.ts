/** An engine thread that starts three isolates, tells their pids, and then hangs. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { relayedSpawner } from '../../src/main/isolates/spawn-relay.ts';

const spawner = relayedSpawner((workerData as { engine: MessagePort }).engine);
const start = () => spawner.spawn('inference', { env: { WEFT_TEST_DEED: 'wait' }, niceness: 0 });
const processes = await Promise.all([start(), start(), start()]);
parentPort?.postMessage(processes.map(({ pid }) => pid));
for (;;);
