import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';

/** ms that one measurement counts for. */
const EVERY = 1000;
/** Cores that must have been idle for the machine to have time to spare, and the share of its time that this thread must. */
const IDLE_CORES = 0.5;
const IDLE_THREAD = 0.5;
/** Idle for less of its time, this thread is what everything waits for. */
const BUSY_THREAD = 0.15;

/**
 * Who has had time to spare of late. `machine`: this thread and a core besides, so a live picture is nobody's loss.
 * `thread`: this thread alone, so what it does takes time from what works on the other cores too. `nobody`: everything
 * waits for this thread.
 */
export type Spare = 'machine' | 'thread' | 'nobody';

export class SpareTime {
  readonly cores = cpus().length;
  #measured = 0;
  #times = timesOfCores();
  #thread = performance.eventLoopUtilization();
  #spare: Spare = 'nobody';

  get has(): Spare {
    const now = performance.now();
    if (now - this.#measured > EVERY) {
      this.#measured = now;
      this.#spare = this.#measure();
    }
    return this.#spare;
  }

  #measure(): Spare {
    const times = timesOfCores();
    const all = times.all - this.#times.all;
    const idleCores = all === 0 ? 0 : ((times.idle - this.#times.idle) / all) * this.cores;
    const idleThread = 1 - performance.eventLoopUtilization(this.#thread).utilization;
    this.#times = times;
    this.#thread = performance.eventLoopUtilization();
    if (idleCores >= IDLE_CORES && idleThread >= IDLE_THREAD) return 'machine';
    return idleThread >= BUSY_THREAD ? 'thread' : 'nobody';
  }
}

/** Since the machine was started, summed over its cores, ms. */
function timesOfCores(): { readonly idle: number; readonly all: number } {
  let idle = 0;
  let all = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idle, all };
}
