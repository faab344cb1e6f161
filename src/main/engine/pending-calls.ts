import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { RunEvent } from '../../shared/protocol/run-events.ts';
import { expandBatch } from '../../shared/protocol/status-batch.ts';
import type { FromEngine } from '../../shared/protocol/thread-messages.ts';
import type { Busy } from './heartbeat.ts';
import { endOfLostRun, type LossReason, type RunUnderWay } from './lost-run.ts';

/** Told of what happens in a run: at most 60 times a second, with all that has happened since. */
export type OnEvents = (events: readonly RunEvent[]) => void;

/** What the thread says about one call. */
export type AboutCall = Extract<FromEngine, { id: number }>;

export interface PendingCall {
  readonly id: number;
  readonly answered: PromiseWithResolvers<unknown>;
  readonly onEvents?: OnEvents;
  /** Of a call that began a run. */
  run: RunUnderWay | null;
  /** The time that its run may take is over, though it may not have begun. */
  expired: boolean;
}

/** What the engine's thread was asked and has not answered, with the runs that this began. */
export class PendingCalls {
  readonly #calls = new Map<number, PendingCall>();
  #lastId = 0;

  get haveRuns(): boolean {
    return [...this.#calls.values()].some(({ run }) => run !== null);
  }

  add(onEvents?: OnEvents): PendingCall {
    const call: PendingCall = {
      id: ++this.#lastId,
      answered: Promise.withResolvers(),
      onEvents,
      run: null,
      expired: false,
    };
    this.#calls.set(call.id, call);
    return call;
  }

  /** The call that began a run. */
  ofRun(run: string): PendingCall | undefined {
    return [...this.#calls.values()].find((call) => call.run?.id === run);
  }

  /** Runs that end from now on were cancelled. */
  cancelRuns(): void {
    for (const { run } of this.#calls.values()) if (run !== null) run.stopping ??= 'cancelled';
  }

  /** Gives the call that the message is about; undefined when nobody waits for it any more. */
  received(message: AboutCall): PendingCall | undefined {
    const call = this.#calls.get(message.id);
    if (call === undefined) return;
    switch (message.tell) {
      case 'started':
        call.run = begunRun(message);
        break;
      case 'batch':
        heard(call, expandBatch(message.batch, call.run?.ids ?? []));
        break;
      case 'answer':
        this.#calls.delete(message.id);
        call.answered.resolve(message.answer);
        break;
      case 'failed':
        this.#calls.delete(message.id);
        call.answered.reject(WeftError.fromReport(message.error));
        break;
    }
    return call;
  }

  /** The thread has been at work on a node for a while, which it cannot say itself as long as the node holds it up. */
  isBusy({ run: serial, node }: Busy): void {
    for (const { run, onEvents } of this.#calls.values()) {
      const id = run?.serial === serial ? run.ids[node] : undefined;
      if (run === null || id === undefined || run.running.has(id)) continue;
      run.running.add(id);
      onEvents?.([{ event: 'node.running', node: id }]);
    }
  }

  /**
   * The thread is lost: its runs have ended, and nothing else is answered.
   * @param busy what it was at work on
   * @returns the runs, and the node that held it up
   */
  lost(reason: LossReason, busy: Busy | null): { readonly runs: readonly string[]; readonly held: string | undefined } {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    const runs: string[] = [];
    let held: string | undefined;
    for (const { run, answered, onEvents } of calls) {
      if (run === null) {
        const cause = reason.why === 'died' ? reason.error : undefined;
        answered.reject(new WeftError('E_ENGINE_DIED', 'The engine thread ended: try again.', { cause }));
        continue;
      }
      const node = busy !== null && busy.run === run.serial ? run.ids[busy.node] : undefined;
      held ??= node;
      runs.push(run.id);
      const { events, summary } = endOfLostRun(run, reason, node);
      onEvents?.(events);
      answered.resolve(summary);
    }
    return { runs, held };
  }
}

function begunRun({ run, serial, ids }: Extract<FromEngine, { tell: 'started' }>): RunUnderWay {
  return {
    id: run,
    serial,
    ids,
    startedAt: performance.now(),
    ended: { done: 0, cached: 0, failed: 0, skipped: 0, cancelled: 0 },
    running: new Set(),
    stopping: null,
  };
}

function heard({ run, onEvents }: PendingCall, events: readonly RunEvent[]): void {
  for (const event of events) {
    if (run === null) break;
    if (event.event === 'node.finished') run.ended[event.status]++;
    if (event.event === 'node.running') run.running.add(event.node);
  }
  onEvents?.(events);
}
