import { Worker } from 'node:worker_threads';
import { ADDRESS_VARIABLE, connectToEngine, TOKEN_VARIABLE } from './connection.ts';

/** What an isolate says to a request. */
export interface Answered {
  readonly reply: object;
  readonly payload?: readonly Uint8Array[];
}

/** What an isolate still does when its engine is gone. */
export interface LastWork {
  close(): void;
  /** Time for it, ms. */
  readonly grace: number;
}

const NOTHING_LEFT: LastWork = { close: () => {}, grace: 500 };

/**
 * The life of every isolate: connects to the engine that started it, answers its requests one after the other, and exits
 * when the socket closes, whatever ended the engine.
 */
export async function serveEngine(
  answer: (request: unknown, payload: Uint8Array) => Promise<Answered>,
  lastWork = NOTHING_LEFT,
): Promise<void> {
  // Ctrl-C in a terminal reaches every process of the app; isolates end when the engine lets them.
  process.on('SIGINT', () => {});
  const address = inherited(ADDRESS_VARIABLE);
  const token = inherited(TOKEN_VARIABLE);
  const connection = await connectToEngine(address, { token, channel: 'messages' });
  let last = Promise.resolve();
  connection.onFrame = ({ header, payload }) => {
    last = last.then(async () => {
      const answered = await answer(header, payload);
      connection.send(answered.reply, answered.payload);
    });
  };
  void connection.closed.then(() => {
    lastWork.close();
    process.exit();
  });
  new Worker(new URL('./engine-watch.ts', import.meta.url), { workerData: { address, token, grace: lastWork.grace } });
}

function inherited(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is not set: only the engine starts this program.`);
  return value;
}
