import type { NodeContext } from './context.ts';
import type { Pin } from './pins.ts';

/** Given for an output (or for all of them): this branch, or this item, goes no further. */
export const SKIP: unique symbol = Symbol.for('weft.skip');
export type Skip = typeof SKIP;

type Pins = Readonly<Record<string, Pin<unknown>>>;
type ValueOf<P> = P extends Pin<infer T> ? T : never;
export type InputsOf<I extends Pins> = { readonly [K in keyof I]: ValueOf<I[K]> };
export type OutputsOf<O extends Pins> = { readonly [K in keyof O]: ValueOf<O[K]> | Skip } | Skip;

/** Why a node that held state is closed. */
export type CloseReason = 'end' | 'error' | 'cancel';

export interface OpenNode<I, O> {
  /** Called once per item, in order. */
  process(inputs: I, ctx: NodeContext): O | Promise<O>;
  /** Called exactly once, whatever ended the stream. */
  close?(reason: CloseReason): void | Promise<void>;
  /** The state, to be given back by a resumed run. */
  checkpoint?(): unknown;
}

export interface Fold<I, O> {
  /** Called once per item, in order. */
  add(inputs: I, ctx: NodeContext): void | Promise<void>;
  /** Called once, after the last item. */
  result(ctx: NodeContext): O | Promise<O>;
}

/** Exactly one of these is a node's body. */
export type NodeBody<I, O> =
  /** Runs once, or once per item when an input is a stream. */
  | { run(inputs: I, ctx: NodeContext): O | Promise<O> }
  /** Begins a stream: each value it yields is an item. `count` tells how many there will be, when that is known. */
  | {
      source(inputs: I, ctx: NodeContext): Iterable<O> | AsyncIterable<O>;
      count?(inputs: I): number | undefined;
    }
  /** Holds state over a stream. `inputs` has the inputs that do not change from item to item. */
  | { open(inputs: Partial<I>, ctx: NodeContext): OpenNode<I, O> | Promise<OpenNode<I, O>> }
  /** Folds a stream into one value. */
  | { collect(inputs: Partial<I>, ctx: NodeContext): Fold<I, O> | Promise<Fold<I, O>> };

export type BodyKind = 'run' | 'source' | 'open' | 'collect';

/**
 * What a node has to do with streams beside working on the items of one (docs/decisions/014-streams-that-change.md).
 *
 * - `begins`: what it gives is a stream of its own, with at most one item for each that it takes; `SKIP` leaves one out.
 *   For a body with `open`.
 * - `pairs`: its inputs may come from different streams. Each call has the items of the same number.
 * - `follows`: its inputs may come from different streams. It is called for each item of the first input's, with the
 *   newest items of the others.
 *
 * A node that pairs or follows has a body with `run` or `open`; what it gives belongs to the stream of the first of its
 * inputs that has one.
 */
export type StreamRole = 'begins' | 'pairs' | 'follows';

/**
 * What a node has to do with the world beside its inputs and outputs. A node with an effect always runs and is never
 * cached. `measures`: what it gives depends on the machine and the moment.
 */
export type Effect = 'writes' | 'shows' | 'network' | 'measures';

export interface NodeHeader<I extends Pins, O extends Pins> {
  /** `category/name`. */
  readonly type: string;
  /** A released version never changes its meaning; a change is the next version. */
  readonly version: number;
  readonly title: string;
  /** One sentence for the palette. */
  readonly summary: string;
  readonly keywords?: readonly string[];
  readonly inputs: I;
  readonly outputs: O;
  readonly effects?: Effect;
  /**
   * A source whose items are worth most while they are new, as a camera's: it is never made to wait, and an item that
   * finds no room is replaced by the next one.
   */
  readonly live?: true;
  /** Left out by nodes that keep to the stream they are fed by. */
  readonly stream?: StreamRole;
}

/** A node as a node file exports it, with its types forgotten. */
export type NodeDefinition = NodeHeader<Pins, Pins> & NodeBody<Record<string, unknown>, Record<string, unknown> | Skip>;

/** Declares a node: the one default export of a node file. */
export function defineNode<const I extends Pins, const O extends Pins>(
  node: NodeHeader<I, O> & NodeBody<InputsOf<I>, OutputsOf<O>>,
): NodeDefinition {
  // Sound: the engine gives each body the values its own pins declare, checked when they enter.
  return node as unknown as NodeDefinition;
}
