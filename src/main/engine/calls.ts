import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { CallContext } from './call-context.ts';
import type { Inputs, RunLane } from './dataflow.ts';
import type { Heartbeat } from './heartbeat.ts';
import { asNodeError } from './node-error.ts';
import type { PlanNode } from './plan.ts';
import { nextAttemptIn } from './retry.ts';

/** Watches one call's inputs: the function it returns names the pin that was written into, if one was. */
export type InputWatch = (inputs: Inputs) => () => string | null;

export interface CallsOptions {
  /** Number of the run in this engine. */
  readonly serial: number;
  readonly heartbeat: Heartbeat;
  readonly watch: InputWatch | null;
  contextFor(node: PlanNode, lane: RunLane, attempt: number): CallContext;
  /** Calls the body. */
  invoke(node: PlanNode, inputs: Inputs, context: CallContext): unknown;
}

/** Told how a call ended: exactly one of the first three for every call that was started. */
export interface CallListener {
  /** `ms` is the time of the last attempt. */
  returned(lane: RunLane, node: PlanNode, context: CallContext, result: unknown, attempt: number, ms: number): void;
  failed(lane: RunLane, node: PlanNode, error: WeftError, attempt: number, ms: number): void;
  abandoned(lane: RunLane, node: PlanNode): void;
  retrying(lane: RunLane, node: PlanNode, error: WeftError, nextAttempt: number): void;
  /** Something ended outside of `start`. */
  changed(): void;
}

/** A call whose body has not returned, or that waits for its next attempt (then without a context). */
interface Call {
  readonly lane: RunLane;
  readonly node: PlanNode;
  readonly attempt: number;
  readonly context: CallContext | null;
  readonly started: number;
  timer: NodeJS.Timeout | undefined;
}

/** Calls nodes' bodies: attempts, time-outs, and what becomes of calls that nobody waits for any more. */
export class Calls {
  readonly #options: CallsOptions;
  readonly #listener: CallListener;
  readonly #calls = new Set<Call>();
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

  start(lane: RunLane, node: PlanNode, inputs: Inputs, attempt = 1): void {
    const { heartbeat, serial, watch } = this.#options;
    const context = this.#options.contextFor(node, lane, attempt);
    const written = watch?.(inputs);
    const started = this.#clock;
    heartbeat.enter(serial, node.index, node.policy.timeout);
    let result: unknown;
    let thrown: { error: unknown } | null = null;
    try {
      result = this.#options.invoke(node, inputs, context);
    } catch (error) {
      thrown = { error };
    }
    heartbeat.leave();
    this.#clock = performance.now();
    if (thrown === null && result instanceof Promise) {
      this.#wait({ lane, node, attempt, context, started, timer: undefined }, inputs, result, written);
    } else {
      this.#ended({ lane, node, attempt, context, started, timer: undefined }, inputs, result, thrown, written);
    }
  }

  /** Ends calls that wait for their next attempt (`waiting`), or all: their nodes are told, their results come too late. */
  abandon(which: 'waiting' | 'all'): void {
    for (const call of [...this.#calls]) {
      if (which === 'waiting' && call.context !== null) continue;
      this.#forget(call);
      this.#listener.abandoned(call.lane, call.node);
    }
  }

  #wait(call: Call, inputs: Inputs, result: Promise<unknown>, written: (() => string | null) | undefined): void {
    this.#calls.add(call);
    if (call.node.policy.timeout !== undefined) {
      call.timer = setTimeout(() => this.#expire(call, inputs), call.node.policy.timeout * 1000);
    }
    const settle = (value: unknown, thrown: { error: unknown } | null) => {
      if (!this.#forget(call)) {
        call.context?.close();
        return;
      }
      this.resetClock();
      this.#ended(call, inputs, value, thrown, written);
      this.#listener.changed();
    };
    result.then(
      (value) => settle(value, null),
      (error: unknown) => settle(undefined, { error }),
    );
  }

  #ended(
    call: Call,
    inputs: Inputs,
    result: unknown,
    thrown: { error: unknown } | null,
    written: (() => string | null) | undefined,
  ): void {
    const { lane, node, attempt, context } = call;
    const ms = this.#clock - call.started;
    let error = thrown === null ? null : asNodeError(thrown.error, node.id);
    const limit = node.policy.timeout;
    if (error === null && limit !== undefined && ms > limit * 1000) error = timeoutError(node);
    const pin = error === null ? (written?.() ?? null) : null;
    if (pin !== null) error = inputChangedError(node, pin);
    if (error !== null) {
      context?.close();
      this.#failedOnce(call, inputs, error, ms);
    } else if (context !== null) {
      this.#listener.returned(lane, node, context, result, attempt, ms);
    }
  }

  /** The context stays open: the body may still be at work in memory that it allocated. */
  #expire(call: Call, inputs: Inputs): void {
    this.#forget(call);
    const error = timeoutError(call.node);
    call.context?.expire(error);
    this.resetClock();
    this.#failedOnce(call, inputs, error, this.#clock - call.started);
    this.#listener.changed();
  }

  #failedOnce(call: Call, inputs: Inputs, error: WeftError, ms: number): void {
    const { lane, node, attempt } = call;
    const wait = nextAttemptIn(node.policy, error, attempt);
    if (wait === null) return this.#listener.failed(lane, node, error, attempt, ms);
    const next: Call = { lane, node, attempt: attempt + 1, context: null, started: this.#clock, timer: undefined };
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
    return this.#calls.delete(call);
  }
}

function timeoutError(node: PlanNode): WeftError {
  return new WeftError(
    'E_TIMEOUT',
    `${node.id} took longer than its timeout of ${node.policy.timeout} s: raise the timeout, or make the node faster.`,
    { node: node.id },
  );
}

function inputChangedError(node: PlanNode, pin: string): WeftError {
  return new WeftError(
    'E_INPUT_CHANGED',
    `${node.id} wrote into its input \`${pin}\`: a node must copy a value before changing it.`,
    { node: node.id, pin },
  );
}
