import './without-eval.ts';
import { WeftError } from '../node-api/weft-error.ts';
import { decode, encode } from './encode.ts';
import type { ToHost, ToWindow } from './envelope.ts';
import { malformed } from './payload.ts';
import type { Port } from './port.ts';
import type { WindowCall, WindowCalls, WindowEvent } from './window-calls.ts';
import { ANSWERS, toWindowSchema } from './window-schemas.ts';

/** A window's end of the line to its host. */
export interface WindowClient {
  /** @throws WeftError: what the host says, E_DISCONNECTED, or E_PROTOCOL for a message that is not understood. */
  call<K extends WindowCall>(name: K, ask: WindowCalls[K]['ask']): Promise<WindowCalls[K]['answer']>;
  /** The result ends it. A preview counts as shown when all listeners have returned. */
  onEvent(listener: (event: WindowEvent) => void): () => void;
  /** Resolves when the line has ended, from whichever side. */
  readonly closed: Promise<void>;
  close(): void;
}

export function connect(port: Port): WindowClient {
  return new PortClient(port);
}

interface PendingCall {
  readonly call: WindowCall;
  readonly answered: PromiseWithResolvers<unknown>;
}

class PortClient implements WindowClient {
  readonly closed: Promise<void>;
  readonly #port: Port;
  readonly #pending = new Map<number, PendingCall>();
  readonly #listeners = new Set<(event: WindowEvent) => void>();
  #lastId = 0;
  #isClosed = false;

  constructor(port: Port) {
    this.#port = port;
    const closed = Promise.withResolvers<void>();
    this.closed = closed.promise;
    port.onClose(() => {
      this.#isClosed = true;
      for (const { answered } of this.#pending.values()) answered.reject(disconnected());
      this.#pending.clear();
      closed.resolve();
    });
    port.onMessage((message) => this.#receive(message));
  }

  async call<K extends WindowCall>(name: K, ask: WindowCalls[K]['ask']): Promise<WindowCalls[K]['answer']> {
    if (this.#isClosed) throw disconnected();
    const id = ++this.#lastId;
    const message = encode({ tell: 'call', id, call: name, ask } satisfies ToHost);
    const answered = Promise.withResolvers<unknown>();
    this.#pending.set(id, { call: name, answered });
    this.#port.send(message);
    // Sound: the answer has passed the schema of this call.
    return (await answered.promise) as WindowCalls[K]['answer'];
  }

  onEvent(listener: (event: WindowEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#port.close();
  }

  #receive(bytes: Uint8Array<ArrayBuffer>): void {
    try {
      this.#handle(messageOf(bytes));
    } catch (error) {
      if (!(error instanceof WeftError)) throw error;
      this.#emit({ event: 'host.failed', error: error.toReport() });
    }
  }

  #handle(message: ToWindow): void {
    switch (message.tell) {
      case 'answer':
        return this.#settle(message.id, ({ call, answered }) => {
          const { success, data, error } = ANSWERS[call].safeParse(message.answer);
          if (success) answered.resolve(data);
          else answered.reject(malformed(`the answer to ${call} has another form (${faultOf(error)})`));
        });
      case 'failed':
        return this.#settle(message.id, ({ answered }) => answered.reject(WeftError.fromReport(message.error)));
      case 'refused':
        return this.#emit({ event: 'host.failed', error: message.error });
      case 'event':
        return this.#emit(message.event);
    }
  }

  #settle(id: number, settle: (call: PendingCall) => void): void {
    const call = this.#pending.get(id);
    if (call === undefined) throw malformed('it answers a call that nobody made');
    this.#pending.delete(id);
    settle(call);
  }

  #emit(event: WindowEvent): void {
    try {
      for (const listener of this.#listeners) listener(event);
    } finally {
      if (event.event === 'preview')
        this.#port.send(encode({ tell: 'shown', watch: event.message.watch } satisfies ToHost));
    }
  }
}

function messageOf(bytes: Uint8Array<ArrayBuffer>): ToWindow {
  const { success, data, error } = toWindowSchema.safeParse(decode(bytes));
  if (!success) throw malformed(`it is none of a host's (${faultOf(error)})`);
  return data;
}

function faultOf({ issues: [{ path, message }] }: { readonly issues: readonly Fault[] }): string {
  return `${path.map(String).join('.')}: ${message}`;
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function disconnected(): WeftError {
  return new WeftError('E_DISCONNECTED', 'The line to the host was cut: connect again.');
}
