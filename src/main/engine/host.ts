import { totalmem } from 'node:os';
import type { ErrorReport } from '../../shared/node-api/weft-error.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type {
  Catalogue,
  Explanation,
  GraphRequest,
  RunRequest,
  Validation,
} from '../../shared/protocol/engine-calls.ts';
import type { RunEvent, RunSummary } from '../../shared/protocol/run-events.ts';
import { expandBatch } from '../../shared/protocol/status-batch.ts';
import type {
  CallName,
  EngineCalls,
  EngineSettings,
  FromEngine,
  ToEngine,
} from '../../shared/protocol/thread-messages.ts';
import { SegmentPool } from '../store/segment-pool.ts';
import { CANCEL_GRACE } from './cancel-grace.ts';
import { EngineThread } from './engine-thread.ts';

/** ms between two looks at the engine's heartbeat. */
const WATCH_EVERY = 100;
/** ms that the engine has, after the grace of its nodes, to say that a cancelled run has ended. */
const ANSWER_GRACE = 300;

/** Why the thread was stopped: it died, or a body is overdue; null for a cancelled run that did not end. */
type LossReason = { readonly error: Error } | { readonly overdue: { run: number; node: number } } | null;

interface RunUnderWay {
  readonly id: string;
  readonly serial: number;
  readonly ids: readonly string[];
  cancelled: boolean;
}

interface PendingCall {
  readonly answered: PromiseWithResolvers<unknown>;
  readonly onEvent?: (event: RunEvent) => void;
  /** Of a call that began a run. */
  run: RunUnderWay | null;
}

/**
 * The engine's owner on the main thread: starts the engine's thread, makes its memory and its isolates, and stops and
 * starts it again when a node holds it up. This thread itself never computes, so neither a window nor Ctrl-C waits.
 */
export class EngineHost {
  readonly #segments = new SegmentPool();
  readonly #settings: EngineSettings;
  readonly #pending = new Map<number, PendingCall>();
  /** Null until it is needed, and again when it has ended. */
  #thread: EngineThread | null = null;
  /** Resolves when nobody writes any more into the memory of the threads that have ended. */
  #reclaimed: Promise<void> = Promise.resolve();
  #lastId = 0;
  #watch: NodeJS.Timeout | undefined;

  /** The engine's thread starts at once, to be ready when the first call comes. */
  constructor(settings: Partial<EngineSettings> = {}) {
    this.#settings = { budgetBytes: totalmem() / 2, ...settings };
    this.#running();
  }

  /** Runs a graph; `onEvent` is told what happens. A run that fails or is refused resolves too: see its status. */
  run(request: RunRequest, onEvent: (event: RunEvent) => void): Promise<RunSummary> {
    return this.#call('run', request, onEvent);
  }

  validate(request: GraphRequest): Promise<Validation> {
    return this.#call('validate', request);
  }

  explain(request: RunRequest): Promise<Explanation> {
    return this.#call('explain', request);
  }

  nodes(query?: string): Promise<Catalogue> {
    return this.#call('nodes', query === undefined ? {} : { query });
  }

  doctor(): Promise<Readonly<Record<string, string>>> {
    return this.#call('doctor', {});
  }

  /** A changed literal of a running graph; false when it can only count from the next run. */
  setLiteral(run: string, node: string, pin: string, value: unknown): Promise<boolean> {
    return this.#call('setLiteral', { run, node, pin, value });
  }

  /** Ends a run within 3 s, whatever its nodes do: if need be by stopping the engine's thread. */
  cancel(run: string): void {
    const call = [...this.#pending.values()].find((pending) => pending.run?.id === run);
    if (call?.run == null || call.run.cancelled) return;
    call.run.cancelled = true;
    const asked = this.#thread;
    // Only a thread that died has no answer, and then the run has ended as well.
    this.#call('cancel', { run }).catch(() => {});
    const timer = setTimeout(() => {
      if (this.#thread === asked) this.#lose(null);
    }, CANCEL_GRACE + ANSWER_GRACE);
    call.answered.promise.finally(() => clearTimeout(timer)).catch(() => {});
  }

  /** Ends the engine's thread and all its isolates. */
  async close(): Promise<void> {
    clearInterval(this.#watch);
    await this.#thread?.stop();
    await this.#reclaimed;
  }

  #call<K extends CallName>(
    call: K,
    ask: EngineCalls[K]['ask'],
    onEvent?: (event: RunEvent) => void,
  ): Promise<EngineCalls[K]['answer']> {
    const answered = Promise.withResolvers<unknown>();
    const id = ++this.#lastId;
    this.#pending.set(id, { answered, onEvent, run: null });
    // Sound: `K` ties the call to what it asks for; the compiler does not follow that through a union.
    this.#running().post({ id, call, ask } as ToEngine);
    return answered.promise as Promise<EngineCalls[K]['answer']>;
  }

  /** The engine's thread; a new one when there is none. */
  #running(): EngineThread {
    if (this.#thread !== null) return this.#thread;
    const thread: EngineThread = new EngineThread(this.#segments, this.#settings, this.#reclaimed, {
      message: (message) => this.#received(message),
      died: (error) => {
        if (this.#thread === thread) this.#lose({ error });
      },
    });
    this.#thread = thread;
    return thread;
  }

  #received(message: FromEngine): void {
    const call = this.#pending.get(message.id);
    if (call === undefined) return;
    switch (message.tell) {
      case 'started':
        call.run = { id: message.run, serial: message.serial, ids: message.ids, cancelled: false };
        this.#watch ??= setInterval(() => this.#look(), WATCH_EVERY);
        return;
      case 'batch':
        for (const event of expandBatch(message.batch, call.run?.ids ?? [])) call.onEvent?.(event);
        return;
      case 'answer':
        this.#settle(message.id);
        return call.answered.resolve(message.answer);
      case 'failed':
        this.#settle(message.id);
        return call.answered.reject(WeftError.fromReport(message.error));
    }
  }

  #settle(id: number): void {
    this.#pending.delete(id);
    if ([...this.#pending.values()].some(({ run }) => run !== null)) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  /** A body without `await` cannot be stopped from within: only its thread can, from here. */
  #look(): void {
    const busy = this.#thread?.heartbeat.busy ?? null;
    if (busy?.overdue === true) this.#lose({ overdue: busy });
  }

  /** Stops the thread and ends its runs; the next call starts a new one. */
  #lose(why: LossReason): void {
    const thread = this.#thread;
    if (thread === null) return;
    const busy = thread.heartbeat.busy;
    this.#thread = null;
    this.#reclaimed = thread.stop().then(() => this.#segments.reclaim());
    for (const [id, call] of [...this.#pending]) {
      this.#settle(id);
      if (call.run !== null) this.#endLost(call, call.run, why, busy);
      else call.answered.reject(new WeftError('E_ENGINE_DIED', 'The engine thread ended: try again.', lossCause(why)));
    }
  }

  #endLost(call: PendingCall, run: RunUnderWay, why: LossReason, busy: { run: number; node: number } | null): void {
    const node = busy !== null && busy.run === run.serial ? run.ids[busy.node] : undefined;
    const timedOut = why !== null && 'overdue' in why && why.overdue.run === run.serial;
    const { cause } = lossCause(why);
    const error: ErrorReport = run.cancelled
      ? { code: 'E_CANCELLED', message: 'The run was stopped, and the engine thread with it.', causes: [] }
      : timedOut
        ? {
            code: 'E_TIMEOUT',
            message: `${node} took longer than its timeout without letting go of the engine: raise the timeout, or make the node faster.`,
            causes: [],
          }
        : {
            code: 'E_ENGINE_DIED',
            message: `The engine thread ended${node === undefined ? '' : ` while ${node} was at work`}: run again.`,
            causes: cause === undefined ? [] : [cause.message],
          };
    const placed: ErrorReport = node === undefined ? error : { ...error, node };
    const status = run.cancelled ? 'cancelled' : 'failed';
    if (node !== undefined) {
      call.onEvent?.({ event: 'node.finished', node, status, attempt: 1, ms: 0, bytes: 0, error: placed });
    }
    const summary: RunSummary = {
      run: run.id,
      status,
      ms: 0,
      done: 0,
      cached: 0,
      failed: status === 'failed' && node !== undefined ? 1 : 0,
      skipped: 0,
      cancelled: status === 'cancelled' && node !== undefined ? 1 : 0,
      memory: { peakBytes: 0, arena: 'lost with the engine thread' },
      streams: {},
      error: placed,
    };
    call.onEvent?.({ event: 'run.finished', ...summary });
    call.answered.resolve(summary);
  }
}

function lossCause(why: LossReason): { cause?: Error } {
  return why !== null && 'error' in why ? { cause: why.error } : {};
}
