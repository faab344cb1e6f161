import { Worker } from 'node:worker_threads';
import { ADDRESS_VARIABLE, connectToEngine, TOKEN_VARIABLE } from './connection.ts';

/** What an isolate says to a request. */
export interface Answered {
  readonly reply: object;
  readonly payload?: readonly Uint8Array[];
}

/**
 * The life of every isolate: connects to the engine that started it, answers its requests one at a time, and exits when
 * the socket closes, whatever ended the engine.
 */
export async function serveEngine(answer: (request: unknown, payload: Uint8Array) => Promise<Answered>): Promise<void> {
  // Ctrl-C in a terminal reaches every process of the app; isolates end when the engine lets them.
  process.on('SIGINT', () => {});
  const address = inherited(ADDRESS_VARIABLE);
  const token = inherited(TOKEN_VARIABLE);
  const connection = await connectToEngine(address, { token, channel: 'messages' });
  connection.onFrame = async ({ header, payload }) => {
    const answered = await answer(header, payload);
    connection.send(answered.reply, answered.payload);
  };
  void connection.closed.then(() => process.exit());
  new Worker(new URL('./engine-watch.ts', import.meta.url), { workerData: { address, token } });
}

function inherited(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is not set: only the engine starts this program.`);
  return value;
}
