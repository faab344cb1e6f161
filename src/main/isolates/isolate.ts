import type { z } from 'zod';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { ADDRESS_VARIABLE, type Connection, type Frame, TOKEN_VARIABLE } from './connection.ts';
import type { IsolateListener } from './listener.ts';
import type { Exit, IsolateKind, IsolateProcess, IsolateSpawner } from './spawn.ts';

/** Where isolates of one kind come from. */
export interface IsolateOrigin {
  readonly spawner: IsolateSpawner;
  /** Where the isolate finds the engine; opened when the first one is started. */
  listen(): Promise<IsolateListener>;
  readonly kind: IsolateKind;
  /** 0–19. */
  readonly niceness: number;
}

export interface Answer<R> {
  readonly reply: R;
  readonly payload: Uint8Array;
}

/** Rejects what was asked of an isolate that ended before it answered. By then the process is confirmed to be gone. */
export class IsolateEnded extends Error {
  readonly exit: Exit;

  constructor(exit: Exit) {
    super(`The process ended with ${exit.reason}.`);
    this.exit = exit;
  }
}

/**
 * From 1.29 on, ONNX Runtime reports every session to its maker and keeps files for that, among them an identifier of
 * the machine, unless this is set before it is loaded (microsoft/onnxruntime pull request 27379).
 */
const PRIVATE = { ORT_DISABLE_TELEMETRY: '1' };

/** Time from spawning to the first message, ms: a machine under load may take seconds. */
const START_TIMEOUT = 30_000;
/** Time to exit once the socket has closed, ms. */
const EXIT_GRACE = 2_000;

/** One live isolate, as the engine sees it: a process that answers what it is asked, one after the other. */
export class Isolate {
  readonly #process: IsolateProcess;
  readonly #connection: Connection;
  /** Those who wait for an answer, in the order of their requests. */
  readonly #waiting: PromiseWithResolvers<Frame>[] = [];
  #exit: Exit | null = null;

  /** @throws E_ISOLATE_START */
  static async start({ spawner, listen, kind, niceness }: IsolateOrigin): Promise<Isolate> {
    const listener = await listen();
    const expected = listener.expect();
    const env = { ...PRIVATE, [ADDRESS_VARIABLE]: listener.address, [TOKEN_VARIABLE]: expected.token };
    let timer: NodeJS.Timeout | undefined;
    try {
      const process = await spawner.spawn(kind, { env, niceness });
      timer = setTimeout(() => process.kill(), START_TIMEOUT);
      const connection = await Promise.race([expected.connected, diedAtStart(process)]);
      void process.exited.then(() => expected.forget());
      return new Isolate(process, connection);
    } catch (error) {
      expected.forget();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private constructor(process: IsolateProcess, connection: Connection) {
    this.#process = process;
    this.#connection = connection;
    connection.onFrame = (frame) => this.#receive(frame);
    void connection.closed.then(() => this.#killAfter(EXIT_GRACE));
    void process.exited.then((exit) => {
      this.#exit = exit;
      connection.destroy();
      for (const { reject } of this.#waiting.splice(0)) reject(new IsolateEnded(exit));
    });
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** Resolves when the process is confirmed to be gone. */
  get exited(): Promise<Exit> {
    return this.#process.exited;
  }

  /**
   * Sends a request and waits for its answer. Answers come in the order of the requests.
   * @throws IsolateEnded
   */
  async ask<R>(request: object, answers: z.ZodType<R>, payload: readonly Uint8Array[] = []): Promise<Answer<R>> {
    if (this.#exit !== null) throw new IsolateEnded(this.#exit);
    const waiting = Promise.withResolvers<Frame>();
    this.#waiting.push(waiting);
    this.#connection.send(request, payload);
    const frame = await waiting.promise;
    const reply = answers.safeParse(frame.header);
    if (reply.success) return { reply: reply.data, payload: frame.payload };
    this.kill();
    await this.exited;
    throw new IsolateEnded({ reason: 'an answer that has no meaning', lastWords: reply.error.message });
  }

  kill(): void {
    this.#process.kill();
  }

  /** Lets the process exit, and kills it when it does not. */
  close(): void {
    this.#connection.end();
    this.#killAfter(EXIT_GRACE);
  }

  #receive(frame: Frame): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.kill();
    else waiting.resolve(frame);
  }

  #killAfter(ms: number): void {
    const timer = setTimeout(() => this.kill(), ms);
    void this.exited.then(() => clearTimeout(timer));
  }
}

async function diedAtStart(process: IsolateProcess): Promise<never> {
  const { reason, lastWords } = await process.exited;
  throw new WeftError(
    'E_ISOLATE_START',
    `A helper process ended with ${reason} before it was ready: check free memory and the number of processes.`,
    lastWords === '' ? {} : { cause: new Error(lastWords) },
  );
}
