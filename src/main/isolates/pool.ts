import { WeftError } from '../../shared/node-api/weft-error.ts';
import { Isolate, IsolateEnded, type IsolateOrigin } from './isolate.ts';
import type { Exit } from './spawn.ts';

/** Work for one isolate. */
export interface Call<T> {
  /** Calls of the same subject go to the same isolate where one is free, since it has what the subject needs. */
  readonly subject: string;
  readonly runId: string;
  /** When it fires, the caller gets its reason at once; the process may still be at work for a while. */
  readonly signal: AbortSignal;
  work(isolate: Isolate, caller: Caller): Promise<T>;
  /** The process ended by itself in the middle of the work: what to tell the caller. */
  died(exit: Exit): Error;
  /** Called once: no process works on the call, nor ever will; what was lent to it can be taken back. */
  settled(): void;
}

/** Whoever made a call. */
export interface Caller {
  /** False once the call has failed for the caller, while the process may still be at work on it. */
  readonly waits: boolean;
}

export interface PoolStats {
  readonly processes: readonly { readonly pid: number; readonly busy: boolean }[];
  /** Calls that wait for a process. */
  readonly waiting: number;
}

interface Job extends Caller {
  waits: boolean;
  /** The one that works on it; null while it waits for one. */
  member: Member | null;
  readonly call: Call<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  /** Resolves with `call.settled()`. */
  readonly settled: PromiseWithResolvers<void>;
  readonly onAbort: () => void;
}

interface Member {
  readonly isolate: Isolate;
  /** Subjects it has worked for. */
  readonly subjects: Set<string>;
  job: Job | null;
  idle: NodeJS.Timeout | undefined;
  /** Killed by the pool: its end is nobody's fault. */
  killed: boolean;
}

/** An idle process is closed after this time, ms (engine.md 8.1). */
const IDLE_TIME = 60_000;
/** Time that a process gets to end a call nobody waits for any more, ms (engine.md 4.6). */
const ABANDON_GRACE = 2_000;

/**
 * Up to `maximum` processes of one kind, started when a call finds none free, kept warm, and replaced when they die. A
 * process works on one call at a time; further calls wait in order.
 */
export class Pool {
  readonly #origin: IsolateOrigin;
  readonly #maximum: number;
  readonly #members = new Set<Member>();
  readonly #starting = new Set<Promise<void>>();
  readonly #queue: Job[] = [];
  readonly #working = new Set<Job>();
  /** Taken out of the pool, and not yet gone. */
  readonly #leaving = new Set<Isolate>();
  #closed = false;

  constructor(origin: IsolateOrigin, maximum: number) {
    this.#origin = origin;
    this.#maximum = maximum;
  }

  /**
   * @throws what `work` throws; what `died` gives when the process ends; the signal's reason; E_ISOLATE_START;
   * E_CANCELLED when the run or the pool is ended
   */
  run<T>(call: Call<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const job: Job = {
        call,
        waits: true,
        member: null,
        resolve: (value) => resolve(value as T),
        reject,
        settled: Promise.withResolvers(),
        onAbort: () => this.#abandon(job, call.signal.reason, ABANDON_GRACE),
      };
      this.#queue.push(job);
      if (this.#closed) return this.#abandon(job, closedError(), 0);
      if (call.signal.aborted) return job.onAbort();
      call.signal.addEventListener('abort', job.onAbort);
      this.#dispatch();
    });
  }

  /** Fails all calls of a run with E_CANCELLED; processes still at work for it after `graceMs` are killed. */
  async cancelRun(runId: string, graceMs: number): Promise<void> {
    const jobs = this.#jobs().filter(({ call }) => call.runId === runId);
    for (const job of jobs) {
      this.#abandon(job, new WeftError('E_CANCELLED', 'The run was stopped: start it again.'), graceMs);
    }
    await Promise.all(jobs.map(({ settled }) => settled.promise));
  }

  stats(): PoolStats {
    return {
      processes: [...this.#members].map(({ isolate, job }) => ({ pid: isolate.pid, busy: job !== null })),
      waiting: this.#queue.length,
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#jobs()) this.#abandon(job, closedError(), 0);
    await Promise.all(this.#starting);
    for (const member of this.#members) this.#retire(member);
    await Promise.all([...this.#leaving].map(({ exited }) => exited));
  }

  #jobs(): Job[] {
    return [...this.#queue, ...this.#working];
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const member = this.#freeMember(this.#queue[0].call.subject);
      const job = member === undefined ? undefined : this.#queue.shift();
      if (member === undefined || job === undefined) break;
      void this.#work(member, job);
    }
    const wanted = Math.min(this.#queue.length, this.#maximum - this.#members.size);
    while (this.#starting.size < wanted) {
      const start = this.#start().then((changed) => {
        this.#starting.delete(start);
        if (changed) this.#dispatch();
      });
      this.#starting.add(start);
    }
  }

  /** One that knows the subject, else the one with the least in it. */
  #freeMember(subject: string): Member | undefined {
    let best: Member | undefined;
    for (const member of this.#members) {
      if (member.job !== null) continue;
      if (member.subjects.has(subject)) return member;
      if (best === undefined || member.subjects.size < best.subjects.size) best = member;
    }
    return best;
  }

  /** Starts a process. False when that failed, but others live: then the end of a call is the time to try again. */
  async #start(): Promise<boolean> {
    try {
      this.#join(await Isolate.start(this.#origin));
      return true;
    } catch (error) {
      if (this.#members.size > 0) return false;
      const job = this.#queue.shift();
      job?.reject(error);
      if (job !== undefined) this.#settle(job);
      return true;
    }
  }

  #join(isolate: Isolate): void {
    const member: Member = { isolate, subjects: new Set(), job: null, idle: undefined, killed: false };
    this.#members.add(member);
    this.#rest(member);
    void isolate.exited.then(() => {
      clearTimeout(member.idle);
      this.#members.delete(member);
    });
  }

  async #work(member: Member, job: Job): Promise<void> {
    const { isolate, subjects } = member;
    clearTimeout(member.idle);
    member.job = job;
    job.member = member;
    this.#working.add(job);
    subjects.add(job.call.subject);
    const end = await job.call.work(isolate, job).then(
      (value) => () => job.resolve(value),
      (error) => () => job.reject(error instanceof IsolateEnded && !member.killed ? job.call.died(error.exit) : error),
    );
    member.job = null;
    this.#working.delete(job);
    this.#settle(job);
    end();
    if (this.#members.has(member)) this.#rest(member);
    this.#dispatch();
  }

  #rest(member: Member): void {
    member.idle = setTimeout(() => this.#retire(member), IDLE_TIME);
    member.idle.unref();
  }

  #retire(member: Member): void {
    this.#dismiss(member);
    member.isolate.close();
  }

  #kill(member: Member): void {
    this.#dismiss(member);
    member.killed = true;
    member.isolate.kill();
  }

  /** No further call reaches the process. */
  #dismiss(member: Member): void {
    const { isolate, idle } = member;
    clearTimeout(idle);
    this.#members.delete(member);
    this.#leaving.add(isolate);
    void isolate.exited.then(() => this.#leaving.delete(isolate));
  }

  /** Fails a call for its caller now. Its process keeps what was lent to it until it answers or is dead. */
  #abandon(job: Job, reason: unknown, graceMs: number): void {
    job.waits = false;
    job.reject(reason);
    const { member } = job;
    if (member === null) {
      this.#queue.splice(this.#queue.indexOf(job), 1);
      this.#settle(job);
      return;
    }
    const timer = setTimeout(() => this.#kill(member), graceMs);
    void job.settled.promise.then(() => clearTimeout(timer));
  }

  #settle(job: Job): void {
    job.call.signal.removeEventListener('abort', job.onAbort);
    job.call.settled();
    job.settled.resolve();
  }
}

function closedError(): WeftError {
  return new WeftError('E_CANCELLED', 'The engine was closed while the call waited: start the run again.');
}
