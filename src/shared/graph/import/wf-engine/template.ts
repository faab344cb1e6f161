import type { JsonValue } from '../../../node-api/pins.ts';

/** A function of wf-engine that Weft has nodes for. */
export interface WorkflowFunction {
  /** Names of its parameters; a dependency's result of such a name is passed to it. */
  readonly params: readonly string[];
  /** Names of its results, without those that are never passed on by name: `error`, `status` and any with `_` in front. */
  readonly results: readonly string[];
  /** The nodes that one use of it becomes. */
  into(given: GivenParams): Template;
}

/** What one use of a function is given. */
export interface GivenParams {
  /** The parameter's value where it is known; undefined where it is not given or only known when it runs. */
  literal(param: string): JsonValue | undefined;
  has(param: string): boolean;
  /** Whether the parameter gets the result of a step from which `kind` can be had. */
  gets(param: string, kind: Kind): boolean;
}

/**
 * Nodes that take a function's place. Pins are named `pin` for those of the node without a name and `name.pin` for
 * others. Empty `nodes`: Weft does the work elsewhere, and who takes the results takes what they were made of.
 */
export interface Template {
  readonly nodes: readonly TemplateNode[];
  /** Wires between them, from output to input. */
  readonly wires?: readonly (readonly [from: string, to: string])[];
  /** Where each parameter goes: a text says why it goes nowhere; [], or nothing, that Weft does without it. */
  readonly params: Readonly<Record<string, readonly Target[] | string>>;
  /** Where each result comes from; null, or nothing, for one that Weft has no value for. */
  readonly results: Readonly<Record<string, Origin | null>>;
  /** What else can be had from a step, whichever of its results is referred to. */
  readonly kinds?: Readonly<Partial<Record<Kind, Origin>>>;
  /** Inputs that get the output of the same name from the nearest node before that has one. */
  readonly fromBefore?: readonly string[];
  /** Outputs that become the graph's own where nobody takes them. */
  readonly outputs?: readonly string[];
  /** What a person should know of it. */
  readonly note?: string;
  /** The nodes are there for others only: they are left out when no wire begins at them. */
  readonly serves?: true;
}

export interface TemplateNode {
  /** Empty for the node that takes over the step's id. */
  readonly name: string;
  readonly type: string;
  readonly params?: Readonly<Record<string, JsonValue>>;
}

export interface Target {
  readonly pin: string;
  /** Taken in place of the very result that is referred to, where it can be had from the step. */
  readonly kind?: Kind;
  /** The literal that Weft wants in place of one; undefined for none at all. */
  readonly as?: (value: JsonValue) => JsonValue | undefined;
}

export type Origin =
  | { readonly pin: string }
  /** The value that this parameter gets. */
  | { readonly param: string }
  | { readonly value: JsonValue };

/** Values that Weft passes as one and wf-engine in parts, or not at all. */
export type Kind = 'detections' | 'benchmark' | 'frame' | 'model' | 'path' | 'backend';
