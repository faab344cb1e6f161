import type { RunEvent } from '../../shared/protocol/run-events.ts';

/** ms between two messages: at most 60 a second, whatever runs. */
const SEND_EVERY = 17;

interface Waiting {
  readonly events: RunEvent[];
  /** Resolves when they have been sent. */
  readonly sent: PromiseWithResolvers<void>;
}

/** Gathers what happens in the runs of one window; the runs take turns. */
export class RunRelay {
  readonly #send: (ticket: string, events: readonly RunEvent[]) => void;
  /** By ticket, in the order in which their turns come. */
  readonly #waiting = new Map<string, Waiting>();
  #timer: NodeJS.Timeout | undefined;

  constructor(send: (ticket: string, events: readonly RunEvent[]) => void) {
    this.#send = send;
  }

  add(ticket: string, events: readonly RunEvent[]): void {
    let waiting = this.#waiting.get(ticket);
    if (waiting === undefined) {
      waiting = { events: [], sent: Promise.withResolvers() };
      this.#waiting.set(ticket, waiting);
    }
    for (const event of events) waiting.events.push(event);
    this.#timer ??= setTimeout(() => this.#next());
  }

  /** Resolves when all events of the run so far have been sent. */
  async sent(ticket: string): Promise<void> {
    await this.#waiting.get(ticket)?.sent.promise;
  }

  #next(): void {
    this.#timer = undefined;
    const [first] = this.#waiting;
    if (first === undefined) return;
    const [ticket, { events, sent }] = first;
    this.#waiting.delete(ticket);
    this.#send(ticket, events);
    sent.resolve();
    this.#timer = setTimeout(() => this.#next(), SEND_EVERY);
  }
}
