import type { CloseReason } from '../../shared/node-api/define-node.ts';
import { Frame } from '../../shared/node-api/frame.ts';
import type { CallContext } from './call-context.ts';
import type { Lane } from './lane.ts';
import { asNodeError, timeoutError } from './node-error.ts';
import type { Stream, WaitingItem } from './stream.ts';
import type { StreamHost } from './stream-host.ts';
import type { Tallies } from './tallies.ts';

/** Told what becomes of what the sources give. */
export interface SourceListener {
  /** No further item comes. */
  stop(stream: Stream, reason: CloseReason): void;
  /** An item that nobody takes. */
  itemLeft(stream: Stream, lane: Lane): void;
}

/** Asks sources for items, while there is room in their streams. */
export class Sources {
  readonly #host: StreamHost;
  readonly #tallies: Tallies;
  readonly #listener: SourceListener;

  constructor(host: StreamHost, tallies: Tallies, listener: SourceListener) {
    this.#host = host;
    this.#tallies = tallies;
    this.#listener = listener;
  }

  /** Asks for one item, where there is room; true when one entered at once. */
  pull(stream: Stream): boolean {
    const entered = stream.waiting !== null && this.#enterWaiting(stream, stream.waiting);
    if (stream.intake !== 'open' || !this.#wantsItem(stream)) return entered;
    return this.#pullFrom(stream) || entered;
  }

  open(stream: Stream): void {
    const { bodies } = this.#host;
    if (this.#host.stopping || stream.blocked !== null || stream.inputs === null || stream.needs.size === 0) {
      return this.#listener.stop(stream, 'end');
    }
    const context = this.#host.contextFor(stream.source, this.#host.dataflow.main);
    stream.context = context;
    try {
      const { source, inputs } = stream;
      stream.iterator = this.#host.watched(source, () => iteratorOf(bodies.source(source, inputs, context)));
      stream.counted = bodies.countOf(stream.source, stream.inputs);
      stream.intake = 'open';
      this.#host.status.set(stream.source.index, 'running');
    } catch (error) {
      this.#sourceThrew(stream, error);
    }
  }

  #wantsItem(stream: Stream): boolean {
    if (!stream.isLive) return this.#hasRoom(stream);
    return stream.context?.keepsBack == null || (stream.waiting === null && this.#mayEnter(stream));
  }

  /** Whether an item of a live source may enter now; if it is only too early, the run looks again when it is time. */
  #mayEnter(stream: Stream): boolean {
    if (!this.#hasRoom(stream)) return false;
    const wait = stream.holdBack;
    if (wait > 0) stream.wakeAfter(wait, () => this.#host.changed());
    return wait <= 0;
  }

  /** Over budget, the cache gives first; then a stream goes on only when it holds nothing that will be given back. */
  #hasRoom(stream: Stream): boolean {
    return stream.hasFreeLane && (!this.#host.store.overBudget || this.#host.makeRoom() || stream.idle);
  }

  #pullFrom(stream: Stream): boolean {
    let next: IteratorResult<unknown> | Promise<IteratorResult<unknown>> | undefined;
    const started = performance.now();
    try {
      next = this.#host.watched(stream.source, () => stream.iterator?.next());
    } catch (error) {
      this.#sourceThrew(stream, error);
      return true;
    }
    if (!(next instanceof Promise)) {
      this.#arrived(stream, next ?? { done: true, value: undefined }, started);
      return true;
    }
    stream.intake = 'pulling';
    const { timeout } = stream.source.policy;
    const expire = () => settle(() => this.#sourceFailed(stream, timeoutError(stream.source)));
    const timer = timeout === undefined ? undefined : setTimeout(expire, timeout * 1000);
    const settle = (then: () => void) => {
      clearTimeout(timer);
      // The stream was stopped meanwhile: nobody takes the item any more.
      if (stream.intake !== 'pulling') return stream.context?.close();
      stream.intake = 'open';
      then();
      this.#host.changed();
    };
    next.then(
      (item) => settle(() => this.#arrived(stream, item, started)),
      (error: unknown) => settle(() => this.#sourceThrew(stream, error)),
    );
    return false;
  }

  #arrived(stream: Stream, next: IteratorResult<unknown>, started: number): void {
    const ended = performance.now();
    if (next.done === true) {
      stream.iterator = null;
      stream.context?.close();
      return this.#listener.stop(stream, 'end');
    }
    const { context } = stream;
    if (context === null) throw new Error('An item arrived from a source that was not opened.');
    const { scope } = context;
    context.scope = null;
    const item: WaitingItem = { value: next.value, scope, ms: ended - started, ended };
    if (context.keepsBack !== null) stream.pace.came(item.ms);
    if (stream.isLive) stream.offer(item);
    else this.#enter(stream, context, item);
  }

  /** Lets the item of a live source in when there is room and it is time; true when it went. */
  #enterWaiting(stream: Stream, item: WaitingItem): boolean {
    const { context } = stream;
    if (context === null || !this.#mayEnter(stream)) return false;
    stream.waiting = null;
    this.#enter(stream, context, item);
    return true;
  }

  #enter(stream: Stream, context: CallContext, { value, scope, ms, ended }: WaitingItem): void {
    const { source } = stream;
    // A live source may be at work on its next item already, in memory of that.
    const later = context.scope;
    context.scope = scope;
    const lane = stream.admit();
    if (stream.isLive) lane.takenAt = timeTaken(value) ?? performance.timeOrigin + ended;
    try {
      const bytes = this.#host.dataflow.give(source, lane, value, context);
      this.#host.status.add(source.index, lane.item, ms, ended, bytes);
    } catch (error) {
      stream.dismiss(lane);
      return this.#sourceFailed(stream, error);
    } finally {
      context.close();
      context.scope = later;
    }
    if (lane.left === 0) this.#listener.itemLeft(stream, lane);
  }

  /** There is nothing left of the iterator that could be ended. */
  #sourceThrew(stream: Stream, thrown: unknown): void {
    stream.iterator = null;
    stream.context?.close();
    this.#sourceFailed(stream, thrown);
  }

  /** Memory of a source that is still at work on an item is given back when it lets go of it. */
  #sourceFailed(stream: Stream, thrown: unknown): void {
    const error = asNodeError(thrown, stream.source.id);
    this.#tallies.of(stream.source).error = error;
    this.#host.runFailed(error);
    this.#listener.stop(stream, 'error');
  }
}

/** When the frame was captured that an item has; null when nobody has told. */
function timeTaken(item: unknown): number | null {
  const frame =
    typeof item === 'object' && item !== null ? Object.values(item).find((value) => value instanceof Frame) : null;
  return frame?.takenAt ?? null;
}

function iteratorOf(items: unknown): Iterator<unknown> | AsyncIterator<unknown> {
  const iterable = items as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
  const iterator = iterable[Symbol.asyncIterator]?.() ?? iterable[Symbol.iterator]?.();
  if (iterator === undefined) throw new TypeError('its source body must return something that can be iterated.');
  return iterator;
}
