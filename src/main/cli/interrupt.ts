import { ERROR_CODES } from '../../shared/node-api/error-codes.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** `weft run` ends within 3 s of Ctrl-C whatever happens; the engine's own grace for nodes is 2 s. */
const LAST_RESORT_MS = 2_800;

/** The first interruption calls `cancel`; a second one, or a cancel that does not come to an end, ends the process. */
export function onInterrupt(cancel: () => void): Disposable {
  let interrupted = false;
  const handle = () => {
    if (interrupted) end();
    interrupted = true;
    setTimeout(end, LAST_RESORT_MS).unref();
    cancel();
  };
  for (const signal of SIGNALS) process.on(signal, handle);
  return {
    [Symbol.dispose]() {
      for (const signal of SIGNALS) process.off(signal, handle);
    },
  };
}

function end(): never {
  process.exit(ERROR_CODES.E_CANCELLED.exit);
}
