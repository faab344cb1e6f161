/**
 * The second thread of an isolate. The first is deaf while a native call holds it, which may be for ever; this one sees
 * when the engine is gone and ends the process.
 */
import { workerData } from 'node:worker_threads';
import { connectToEngine } from './connection.ts';

/** `grace`: time for the first thread to leave by itself, ms. */
const { address, token, grace } = workerData as { address: string; token: string; grace: number };

try {
  const connection = await connectToEngine(address, { token, channel: 'watch' });
  await connection.closed;
} catch {
  // An engine that cannot be reached is gone too: it was there a moment ago.
}
setTimeout(() => process.kill(process.pid, 'SIGKILL'), grace);
