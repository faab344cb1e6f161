import type { CloseReason, Fold, NodeDefinition, OpenNode } from '../../shared/node-api/define-node.ts';
import type { CallContext } from './call-context.ts';
import type { Inputs } from './lane.ts';
import type { Outcome } from './outcome.ts';
import type { PlanNode } from './plan.ts';

type Body<K extends string> = Extract<NodeDefinition, Record<K, unknown>>;
type Opened = OpenNode<Inputs, unknown>;
type Folding = Fold<Inputs, unknown>;

/** The bodies of a run's nodes, and the state of those that hold some from item to item. */
export class Bodies {
  readonly #opened: States<Opened> = new Map();
  readonly #folds: States<Folding> = new Map();

  run(node: PlanNode, inputs: Inputs, context: CallContext): unknown {
    return (node.definition as Body<'run'>).run(inputs, context);
  }

  source(node: PlanNode, inputs: Inputs, context: CallContext): Iterable<unknown> | AsyncIterable<unknown> {
    return (node.definition as Body<'source'>).source(inputs, context);
  }

  /** Gives an item to a node that holds state, which is opened first; `held` are its inputs that stay the same. */
  call(node: PlanNode, inputs: Inputs, held: () => Inputs, context: CallContext): unknown {
    if (node.signature.body === 'open') {
      const open = () => (node.definition as Body<'open'>).open(held(), context);
      return withState(this.#opened, node, open, (opened) => opened.process(inputs, context));
    }
    const open = () => (node.definition as Body<'collect'>).collect(held(), context);
    return withState(this.#folds, node, open, (fold) => fold.add(inputs, context));
  }

  /**
   * A node made for streams that is fed a single value is opened, given it, and closed.
   * @param outcome of the run, which says how it is closed
   */
  async alone(node: PlanNode, inputs: Inputs, context: CallContext, outcome: Outcome): Promise<unknown> {
    const held = () => inputs;
    let isThrough = false;
    try {
      const processed = await this.call(node, inputs, held, context);
      const outputs = node.signature.body === 'collect' ? await this.result(node, held, context) : processed;
      isThrough = true;
      return outputs;
    } finally {
      await this.close(node, outcome.closeReason(isThrough));
    }
  }

  /** Items that a source will give, when it knows. */
  countOf(node: PlanNode, inputs: Inputs): number | undefined {
    const { count } = node.definition as Body<'source'>;
    return count?.(inputs);
  }

  /** What a fold has come to; a fold over nothing is opened for it. */
  result(node: PlanNode, held: () => Inputs, context: CallContext): unknown {
    const open = () => (node.definition as Body<'collect'>).collect(held(), context);
    return withState(this.#folds, node, open, (fold) => fold.result(context));
  }

  /** Closes a node that was opened. It is forgotten first, so that it is closed once whatever happens. */
  close(node: PlanNode, reason: CloseReason): void | Promise<void> {
    const opened = this.#opened.get(node.index);
    this.#opened.delete(node.index);
    if (!(opened instanceof Promise)) return opened?.close?.(reason);
    // The call that opens it was given up, so nobody waits for either. It is closed when it is open.
    opened.then((late) => late.close?.(reason)).catch(() => {});
  }
}

/** By node: its state, or the promise of it while the node is being opened. */
type States<S> = Map<number, S | Promise<S>>;

function withState<S>(
  states: States<S>,
  node: PlanNode,
  open: () => S | Promise<S>,
  use: (state: S) => unknown,
): unknown {
  let state = states.get(node.index);
  if (state === undefined) {
    state = open();
    states.set(node.index, state);
  }
  return state instanceof Promise ? usedWhenOpen(states, node, state, use) : use(state);
}

async function usedWhenOpen<S>(
  states: States<S>,
  node: PlanNode,
  opening: Promise<S>,
  use: (state: S) => unknown,
): Promise<unknown> {
  const isCurrent = () => states.get(node.index) === opening;
  try {
    const opened = await opening;
    if (isCurrent()) states.set(node.index, opened);
    return use(opened);
  } catch (error) {
    // The next call opens it anew.
    if (isCurrent()) states.delete(node.index);
    throw error;
  }
}
