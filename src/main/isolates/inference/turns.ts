import { unlessAborted } from '../unless-aborted.ts';

/** Lets one piece of work at a time do what others would disturb, in the order of asking. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** @throws what `work` throws; the signal's reason when it fires before the work has begun */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    try {
      await unlessAborted(before, signal);
      return await work();
    } finally {
      // One that gave up waiting lets nobody overtake those before it.
      void before.then(resolve);
    }
  }
}
