import type { StatusBatch } from '../../shared/protocol/status-batch.ts';
import type { Status } from './status.ts';

/** ms between two reports: 30 a second are as smooth as anyone sees, and each costs both threads. */
const REPORT_EVERY = 33;

/** Sends a run's status to whoever watches it, now and then. */
export class Reports {
  readonly #gather: () => void;
  readonly #send: (batch: StatusBatch) => void;
  readonly #status: Status;
  readonly #announced = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** `gather` is called before each report, to add what is to be in it. */
  constructor(gather: () => void, send: (batch: StatusBatch) => void, status: Status) {
    this.#gather = gather;
    this.#send = send;
    this.#status = status;
  }

  /** A report follows soon, and more until the last one. */
  later(): void {
    this.#timer ??= setTimeout(() => {
      this.#report();
      this.#timer = undefined;
      this.later();
    }, REPORT_EVERY);
  }

  /** The node's body has not returned; told once. */
  running(node: string): void {
    if (this.#announced.has(node)) return;
    this.#announced.add(node);
    this.#status.event({ event: 'node.running', node });
  }

  last(): void {
    clearTimeout(this.#timer);
    this.#report();
  }

  #report(): void {
    this.#gather();
    const batch = this.#status.takeBatch();
    if (batch !== null) this.#send(batch);
  }
}
