import type { BackendStatus } from '../../shared/node-api/backend.ts';
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
import { endOfLostRun, type LossReason, type RunUnderWay } from './lost-run.ts';
import type { StopReason } from './stop-error.ts';

/** ms between two looks at the engine's heartbeat. */
const WATCH_EVERY = 100;
/** ms that the engine has, after the grace of its nodes, to say that a cancelled run has ended. */
const ANSWER_GRACE = 300;

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
  constructor(settings: EngineSettings = {}) {
    this.#settings = settings;
    this.#running();
  }

  /** Runs a graph; `onEvent` is told what happens. A run that fails or is refused resolves too: see its status. */
  run(request: RunRequest, onEvent: (event: RunEvent) => void): Promise<RunSummary> {
    const running = this.#call('run', request, onEvent);
    const call = this.#pending.get(this.#lastId);
    if (request.timeoutMs === undefined || call === undefined) return running;
    // The engine keeps the limit itself, unless a node holds it up.
    const timer = setTimeout(() => {
      if (call.run !== null) this.#expectEnd(call.run, 'timeout', running);
    }, request.timeoutMs);
    return running.finally(() => clearTimeout(timer));
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

  /** Every backend for models, and whether this machine has it. */
  backends(): Promise<readonly BackendStatus[]> {
    return this.#call('backends', {});
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
    if (call?.run == null || call.run.stopping !== null) return;
    // Only a thread that died has no answer, and then the run has ended as well.
    this.#call('cancel', { run }).catch(() => {});
    this.#expectEnd(call.run, 'cancelled', call.answered.promise);
  }

  /** Ends the engine's thread and all its isolates; runs under way are cancelled. */
  async close(): Promise<void> {
    for (const { run } of this.#pending.values()) if (run !== null) run.stopping ??= 'cancelled';
    this.#lose({ why: 'stopped' });
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
        if (this.#thread === thread) this.#lose({ why: 'died', error });
      },
    });
    this.#thread = thread;
    return thread;
  }

  /** Stops the thread if the run has not ended when it should have. */
  #expectEnd(run: RunUnderWay, why: StopReason, ended: Promise<unknown>): void {
    run.stopping = why;
    const asked = this.#thread;
    const timer = setTimeout(() => {
      if (this.#thread === asked) this.#lose({ why: 'stopped' });
    }, CANCEL_GRACE + ANSWER_GRACE);
    const settled = () => clearTimeout(timer);
    ended.then(settled, settled);
  }

  #received(message: FromEngine): void {
    const call = this.#pending.get(message.id);
    if (call === undefined) return;
    switch (message.tell) {
      case 'started':
        call.run = {
          id: message.run,
          serial: message.serial,
          ids: message.ids,
          startedAt: performance.now(),
          ended: { done: 0, cached: 0, failed: 0, skipped: 0, cancelled: 0 },
          stopping: null,
        };
        this.#watch ??= setInterval(() => this.#look(), WATCH_EVERY);
        return;
      case 'batch':
        for (const event of expandBatch(message.batch, call.run?.ids ?? [])) {
          if (call.run !== null && event.event === 'node.finished') call.run.ended[event.status]++;
          call.onEvent?.(event);
        }
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

  /** A body that does not let go of the thread cannot be stopped from within: only its thread can, from here. */
  #look(): void {
    const busy = this.#thread?.heartbeat.busy ?? null;
    if (busy?.overdue === true) this.#lose({ why: 'overdue', run: busy.run });
  }

  /** Stops the thread and ends its runs; the next call starts a new one. */
  #lose(reason: LossReason): void {
    const thread = this.#thread;
    if (thread === null) return;
    const busy = thread.heartbeat.busy;
    this.#thread = null;
    this.#reclaimed = thread.stop().then(() => this.#segments.reclaim());
    for (const [id, call] of [...this.#pending]) {
      this.#settle(id);
      if (call.run === null) {
        const cause = reason.why === 'died' ? reason.error : undefined;
        call.answered.reject(new WeftError('E_ENGINE_DIED', 'The engine thread ended: try again.', { cause }));
        continue;
      }
      const node = busy !== null && busy.run === call.run.serial ? call.run.ids[busy.node] : undefined;
      for (const event of endOfLostRun(call.run, reason, node)) {
        call.onEvent?.(event);
        if (event.event === 'run.finished') call.answered.resolve(event);
      }
    }
  }
}
