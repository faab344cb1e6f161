import { WeftError } from '../node-api/weft-error.ts';
import { decode, encode } from './encode.ts';
import type { ToHost, ToWindow } from './envelope.ts';
import { malformed } from './payload.ts';
import type { Port } from './port.ts';
import type { WindowCall, WindowCalls, WindowEvent } from './window-calls.ts';
import { ASKS, toHostSchema } from './window-schemas.ts';

/** What answers the calls of a window. A handler that throws a `WeftError` fails the call with it. */
export type CallHandlers = {
  readonly [K in WindowCall]: (
    ask: WindowCalls[K]['ask'],
  ) => WindowCalls[K]['answer'] | Promise<WindowCalls[K]['answer']>;
};

/** A host's end of the line to a window. */
export interface WindowLine {
  tell(event: WindowEvent): void;
  /** Resolves when the line has ended, from whichever side. */
  readonly closed: Promise<void>;
  close(): void;
}

/**
 * Answers the calls that come over `port`. Whatever comes, nothing is thrown: what is not understood is refused.
 * @param shown told when the window has shown the last preview of a watch: the time to make the next one
 */
export function serveCalls(port: Port, handlers: CallHandlers, shown: (watch: string) => void): WindowLine {
  return new PortServer(port, handlers, shown);
}

/** Bytes that may wait to leave. A window that has stopped reading would fill the memory with what it is told. */
const MOST_BUFFERED = 2 ** 28;

class PortServer implements WindowLine {
  readonly closed: Promise<void>;
  readonly #port: Port;
  readonly #handlers: CallHandlers;
  readonly #shown: (watch: string) => void;
  #isClosed = false;

  constructor(port: Port, handlers: CallHandlers, shown: (watch: string) => void) {
    this.#port = port;
    this.#handlers = handlers;
    this.#shown = shown;
    const closed = Promise.withResolvers<void>();
    this.closed = closed.promise;
    port.onClose(() => {
      this.#isClosed = true;
      closed.resolve();
    });
    port.onMessage((message) => this.#receive(message));
  }

  tell(event: WindowEvent): void {
    try {
      this.#send({ tell: 'event', event });
    } catch (error) {
      // What cannot be sent is a mistake of ours; the window hears of it, and the host lives on.
      this.#send({ tell: 'event', event: { event: 'host.failed', error: asReport(error) } });
    }
  }

  close(): void {
    this.#port.close();
  }

  #receive(bytes: Uint8Array<ArrayBuffer>): void {
    try {
      const message = messageOf(bytes);
      if (message.tell === 'shown') this.#shown(message.watch);
      else void this.#answer(message.id, message.call, message.ask);
    } catch (error) {
      this.#send({ tell: 'refused', error: asReport(error) });
    }
  }

  /** Never rejects. */
  async #answer(id: number, call: string, ask: unknown): Promise<void> {
    try {
      this.#send({ tell: 'answer', id, answer: await this.#handle(call, ask) });
    } catch (error) {
      this.#send({ tell: 'failed', id, error: asReport(error) });
    }
  }

  #handle(call: string, ask: unknown): unknown {
    if (!Object.hasOwn(ASKS, call)) throw malformed(`there is no call "${call.slice(0, 40)}"`);
    const name = call as WindowCall;
    const { success, data, error } = ASKS[name].safeParse(ask);
    if (!success) {
      const [{ path, message }] = error.issues;
      throw malformed(`${name} asks in another form (${path.map(String).join('.').slice(0, 200)}: ${message})`);
    }
    // Sound: `data` has passed the schema of this call.
    return (this.#handlers[name] as (ask: unknown) => unknown)(data);
  }

  #send(message: ToWindow): void {
    if (this.#isClosed) return;
    if (this.#port.buffered > MOST_BUFFERED) this.#port.close();
    else this.#port.send(encode(message));
  }
}

function messageOf(bytes: Uint8Array<ArrayBuffer>): ToHost {
  const { success, data } = toHostSchema.safeParse(decode(bytes));
  if (!success) throw malformed("it is none of a window's");
  return data;
}

function asReport(error: unknown) {
  if (error instanceof WeftError) return error.toReport();
  const what = error instanceof Error ? error.message : String(error);
  return new WeftError('E_INTERNAL', `The host made a mistake: ${what}`, { cause: error }).toReport();
}
