import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { CallContext } from './call-context.ts';
import type { Heartbeat, Limit } from './heartbeat.ts';
import type { Inputs, Lane } from './lane.ts';
import { asNodeError, timeoutError } from './node-error.ts';
import type { PlanNode } from './plan.ts';
import { nextAttemptIn } from './retry.ts';

/** Watches one call's inputs: the function it returns names the pin that was written into, if one was. */
export type InputWatch = (inputs: Inputs) => () => string | null;

export interface CallsOptions {
  /** Number of the run in this engine. */
  readonly serial: number;
  readonly heartbeat: Heartbeat;
  readonly watch: InputWatch | null;
  contextFor(node: PlanNode, lane: Lane, attempt: number): CallContext;
  /** Calls the body. */
  invoke(node: PlanNode, inputs: Inputs, context: CallContext): unknown;
}

/** Told how a call ended: exactly one of the first three for every call that was started. */
export interface CallListener {
  /** `ms` is the time of the last attempt. */
  returned(lane: Lane, node: PlanNode, context: CallContext, result: unknown, attempt: number, ms: number): void;
  failed(lane: Lane, node: PlanNode, error: WeftError, attempt: number, ms: number): void;
  abandoned(lane: Lane, node: PlanNode): void;
  retrying(lane: Lane, node: PlanNode, error: WeftError, nextAttempt: number): void;
  /** Something ended outside of `start`. */
  changed(): void;
}

/** A call whose body has not returned, or that waits for its next attempt (then without a context). */
interface Call {
  readonly lane: Lane;
  readonly node: PlanNode;
  readonly attempt: number;
  readonly context: CallContext | null;
  readonly inputs: Inputs;
  readonly started: number;
  readonly written: (() => string | null) | undefined;
  timer: NodeJS.Timeout | undefined;
  /** Of a body that awaits, where the node has a timeout. */
  limit?: Limit;
}

/** Calls nodes' bodies: attempts, time-outs, and what becomes of calls that nobody waits for any more. */
export class Calls {
  readonly #options: CallsOptions;
  readonly #listener: CallListener;
  readonly #calls = new Set<Call>();
  #stopped = false;
  #clock = 0;

  constructor(options: CallsOptions, listener: CallListener) {
    this.#options = options;
    this.#listener = listener;
  }

  /** Calls that have not ended. */
  get inFlight(): number {
    return this.#calls.size;
  }

  get nodesInFlight(): Iterable<PlanNode> {
    return [...this.#calls].filter(({ context }) => context !== null).map(({ node }) => node);
  }

  /** When the last body that ran inline returned: one reading of the clock serves as its end and the next one's start. */
  get clock(): number {
    return this.#clock;
  }

  resetClock(): void {
    this.#clock = performance.now();
  }

  /** Time since the last reading of the clock, ms. */
  lap(): number {
    const last = this.#clock;
    this.#clock = performance.now();
    return this.#clock - last;
  }

  /** Goes on with a first call whose body has been called elsewhere. */
  handOn(
    lane: Lane,
    node: PlanNode,
    inputs: Inputs,
    context: CallContext,
    outcome: { readonly result: unknown } | { readonly error: unknown },
  ): void {
    this.#options.heartbeat.leave();
    const call: Call = {
      lane,
      node,
      attempt: 1,
      context,
      inputs,
      started: this.#clock,
      written: undefined,
      timer: undefined,
    };
    this.#clock = performance.now();
    if ('error' in outcome) this.#threw(call, outcome.error);
    else if (outcome.result instanceof Promise) this.#wait(call, outcome.result);
    else this.#returned(call, outcome.result);
  }

  start(lane: Lane, node: PlanNode, inputs: Inputs, attempt = 1): void {
    const { heartbeat, serial, watch } = this.#options;
    const context = this.#options.contextFor(node, lane, attempt);
    const written = watch?.(inputs);
    const started = this.#clock;
    heartbeat.enter(serial, node.index, node.policy.timeout);
    let result: unknown;
    try {
      result = this.#options.invoke(node, inputs, context);
    } catch (error) {
      heartbeat.leave();
      this.#clock = performance.now();
      return this.#threw({ lane, node, attempt, context, inputs, started, written, timer: undefined }, error);
    }
    heartbeat.leave();
    this.#clock = performance.now();
    if (result instanceof Promise) {
      this.#wait({ lane, node, attempt, context, inputs, started, written, timer: undefined }, result);
    } else if (written === undefined && node.policy.timeout === undefined) {
      // The usual case of a body that returns at once, without a record of the call.
      this.#listener.returned(lane, node, context, result, attempt, this.#clock - started);
    } else {
      this.#returned({ lane, node, attempt, context, inputs, started, written, timer: undefined }, result);
    }
  }

  /** Nothing is tried again: calls that wait for their next attempt end. */
  stop(): void {
    this.#stopped = true;
    for (const call of [...this.#calls]) if (call.context === null) this.#abandon(call);
  }

  /** Ends all calls: their nodes are told, their results come too late. */
  abandonAll(): void {
    for (const call of [...this.#calls]) this.#abandon(call);
  }

  #abandon(call: Call): void {
    this.#forget(call);
    this.#listener.abandoned(call.lane, call.node);
  }

  #wait(call: Call, result: Promise<unknown>): void {
    this.#calls.add(call);
    const { index, policy } = call.node;
    if (policy.timeout !== undefined) {
      call.timer = setTimeout(() => this.#expire(call), policy.timeout * 1000);
      call.limit = this.#options.heartbeat.wait(this.#options.serial, index, policy.timeout);
    }
    const settle = (then: () => void) => {
      if (!this.#forget(call)) return call.context?.close();
      this.resetClock();
      then();
      this.#listener.changed();
    };
    result.then(
      (value) => settle(() => this.#returned(call, value)),
      (error: unknown) => settle(() => this.#threw(call, error)),
    );
  }

  #returned(call: Call, result: unknown): void {
    const { lane, node, attempt, context, started } = call;
    const ms = this.#clock - started;
    const limit = node.policy.timeout;
    if (limit !== undefined && ms > limit * 1000) return this.#threw(call, timeoutError(node));
    const pin = call.written?.() ?? null;
    if (pin !== null) return this.#threw(call, inputChangedError(node, pin));
    if (context !== null) this.#listener.returned(lane, node, context, result, attempt, ms);
  }

  #threw(call: Call, thrown: unknown): void {
    call.context?.close();
    this.#failedOnce(call, asNodeError(thrown, call.node.id));
  }

  /** The context stays open: the body may still be at work in memory that it allocated. */
  #expire(call: Call): void {
    this.#forget(call);
    const error = timeoutError(call.node);
    call.context?.expire(error);
    this.resetClock();
    this.#failedOnce(call, error);
    this.#listener.changed();
  }

  #failedOnce(call: Call, error: WeftError): void {
    const { lane, node, attempt, inputs } = call;
    const wait = this.#stopped ? null : nextAttemptIn(node.policy, error, attempt);
    if (wait === null) return this.#listener.failed(lane, node, error, attempt, this.#clock - call.started);
    const next: Call = { ...call, attempt: attempt + 1, context: null, started: this.#clock, limit: undefined };
    next.timer = setTimeout(() => {
      this.#forget(next);
      this.resetClock();
      this.start(lane, node, inputs, attempt + 1);
      this.#listener.changed();
    }, wait * 1000);
    this.#calls.add(next);
    this.#listener.retrying(lane, node, error, attempt + 1);
  }

  /** False when the call was no longer waited for. */
  #forget(call: Call): boolean {
    clearTimeout(call.timer);
    if (call.limit !== undefined) this.#options.heartbeat.lift(call.limit);
    return this.#calls.delete(call);
  }
}

function inputChangedError(node: PlanNode, pin: string): WeftError {
  return new WeftError(
    'E_INPUT_CHANGED',
    `${node.id} wrote into its input \`${pin}\`: a node must copy a value before changing it.`,
    { node: node.id, pin },
  );
}
