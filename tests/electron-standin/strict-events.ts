import { EventEmitter } from 'node:events';

// biome-ignore lint/suspicious/noExplicitAny: what an event carries is known to who listens for it.
type Listener = (...args: any[]) => void;

/** An emitter that refuses listeners for events that the stand-in never emits. */
export class StrictEvents {
  readonly #name: string;
  readonly #known: ReadonlySet<string>;
  readonly #emitter = new EventEmitter();

  constructor(name: string, known: readonly string[]) {
    this.#name = name;
    this.#known = new Set(known);
  }

  on(event: string, listener: Listener): this {
    this.#emitter.on(this.#checked(event), listener);
    return this;
  }

  once(event: string, listener: Listener): this {
    this.#emitter.once(this.#checked(event), listener);
    return this;
  }

  /** Tests emit what a person or the system would cause. */
  emit(event: string, ...args: readonly unknown[]): boolean {
    return this.#emitter.emit(this.#checked(event), ...args);
  }

  listenerCount(event: string): number {
    return this.#emitter.listenerCount(event);
  }

  #checked(event: string): string {
    if (!this.#known.has(event)) {
      throw new Error(
        `The stand-in for Electron has no event "${event}" of ${this.#name}: add it to tests/electron-standin.`,
      );
    }
    return event;
  }
}

/** An event whose default a listener may prevent. */
export class StandinEvent {
  defaultPrevented = false;

  static of<T extends object>(details: T): StandinEvent & T {
    return Object.assign(new StandinEvent(), details);
  }

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}
