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
  /** Whether the work is one request to this process, so that it may be sent while another one is answered. */
  isOneRequest(isolate: Isolate): boolean;
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
  /** When the process turned to it, of `performance.now()`; NaN before. */
  begun: number;
  /** The one that it was given to; null while it waits for one. */
  member: Member | null;
  /** Time that the process gets to end it, ms, when nobody waits for it any more. */
  grace: number;
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
  /** What it was given, in the order of its answers: it works on the first. */
  readonly jobs: Job[];
  idle: NodeJS.Timeout | undefined;
  /** Killed by the pool: its end is nobody's fault. */
  killed: boolean;
}

/** An idle process is closed after this time, ms (engine.md 8.1). */
const IDLE_TIME = 60_000;
/** Time that a process gets to end a call nobody waits for any more, ms (engine.md 4.6). */
const ABANDON_GRACE = 2_000;
/** A process that is at work has the next call already, so that it goes on without waiting for the engine. */
const MOST_JOBS = 2;

/**
 * Up to `maximum` processes of one kind, started when a call finds none free, kept warm, and replaced when they die. A
 * process works on one call at a time; further calls wait in order, one of them at a process that is at work for the same
 * run and subject.
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
        begun: Number.NaN,
        member: null,
        grace: 0,
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
      processes: [...this.#members].map(({ isolate, jobs }) => ({ pid: isolate.pid, busy: jobs.length > 0 })),
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
      const { call } = this.#queue[0];
      const member = this.#freeMember(call.subject) ?? this.#memberAhead(call);
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
      if (member.jobs.length > 0) continue;
      if (member.subjects.has(subject)) return member;
      if (best === undefined || member.subjects.size < best.subjects.size) best = member;
    }
    return best;
  }

  /** The one that will be free first of those that may be given a call ahead: behind one of the same run, which ends with it. */
  #memberAhead(call: Call<unknown>): Member | undefined {
    if (this.#members.size < this.#maximum) return undefined;
    const may = ({ isolate, jobs }: Member) =>
      jobs.length < MOST_JOBS &&
      jobs.every((job) => isAlike(job.call, call) && job.call.isOneRequest(isolate)) &&
      call.isOneRequest(isolate);
    return [...this.#members].filter(may).sort((a, b) => a.jobs[0].begun - b.jobs[0].begun)[0];
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
    const member: Member = { isolate, subjects: new Set(), jobs: [], idle: undefined, killed: false };
    this.#members.add(member);
    this.#rest(member);
    void isolate.exited.then(() => {
      clearTimeout(member.idle);
      this.#members.delete(member);
    });
  }

  async #work(member: Member, job: Job): Promise<void> {
    const { isolate, subjects, jobs } = member;
    clearTimeout(member.idle);
    jobs.push(job);
    job.member = member;
    this.#working.add(job);
    subjects.add(job.call.subject);
    if (jobs[0] === job) this.#turnTo(member, job);
    let end: () => void;
    try {
      const value = await job.call.work(isolate, job);
      end = () => job.resolve(value);
    } catch (error) {
      const ended = error instanceof IsolateEnded;
      if (ended && jobs[0] !== job && job.waits) return this.#putBack(job);
      end = () => job.reject(ended && !member.killed ? job.call.died(error.exit) : error);
    }
    this.#working.delete(job);
    this.#settle(job);
    end();
    if (this.#members.has(member)) this.#goOn(member, job);
    this.#dispatch();
  }

  /** After a call a process turns to the next, or rests. */
  #goOn(member: Member, done: Job): void {
    const { jobs } = member;
    const wasAtWork = jobs[0] === done;
    jobs.splice(jobs.indexOf(done), 1);
    if (jobs.length === 0) this.#rest(member);
    else if (wasAtWork) this.#turnTo(member, jobs[0]);
  }

  #turnTo(member: Member, job: Job): void {
    job.begun = performance.now();
    if (!job.waits) this.#killAfter(member, job);
  }

  /** Its process ended with the call before it. */
  #putBack(job: Job): void {
    this.#working.delete(job);
    job.member = null;
    this.#queue.unshift(job);
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
    job.grace = graceMs;
    const { member } = job;
    if (member === null) {
      this.#queue.splice(this.#queue.indexOf(job), 1);
      this.#settle(job);
      return;
    }
    // What the process is at work on until then is another's.
    if (member.jobs[0] === job) this.#killAfter(member, job);
  }

  #killAfter(member: Member, job: Job): void {
    const timer = setTimeout(() => this.#kill(member), job.grace);
    void job.settled.promise.then(() => clearTimeout(timer));
  }

  #settle(job: Job): void {
    job.call.signal.removeEventListener('abort', job.onAbort);
    job.call.settled();
    job.settled.resolve();
  }
}

function isAlike(a: Call<unknown>, b: Call<unknown>): boolean {
  return a.subject === b.subject && a.runId === b.runId;
}

function closedError(): WeftError {
  return new WeftError('E_CANCELLED', 'The engine was closed while the call waited: start the run again.');
}
