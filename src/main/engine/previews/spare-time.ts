import { cpus } from 'node:os';

/** ms that one measurement counts for. */
const EVERY = 1000;
/** Cores of the machine that must have been idle, and the share of its time that this thread must. */
const IDLE_CORES = 0.5;
const IDLE_THREAD = 0.5;

/** Whether this thread and the machine have had time to spare of late: a live picture is then nobody's loss. */
export class SpareTime {
  #measured = 0;
  #cores = timesOfCores();
  #thread = performance.eventLoopUtilization();
  #isThere = false;

  get isThere(): boolean {
    const now = performance.now();
    if (now - this.#measured > EVERY) {
      this.#measured = now;
      this.#isThere = this.#measure();
    }
    return this.#isThere;
  }

  #measure(): boolean {
    const cores = timesOfCores();
    const all = cores.all - this.#cores.all;
    const idleCores = all === 0 ? 0 : ((cores.idle - this.#cores.idle) / all) * cores.count;
    const { utilization } = performance.eventLoopUtilization(this.#thread);
    this.#cores = cores;
    this.#thread = performance.eventLoopUtilization();
    return idleCores >= IDLE_CORES && 1 - utilization >= IDLE_THREAD;
  }
}

/** Since the machine was started, summed over its cores, ms. */
function timesOfCores(): { readonly count: number; readonly idle: number; readonly all: number } {
  const cores = cpus();
  let idle = 0;
  let all = 0;
  for (const { times } of cores) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { count: cores.length, idle, all };
}
