import type { JsonValue } from '../node-api/pins.ts';
import type { NodeSignature } from '../node-api/signature.ts';
import { DTYPES } from '../node-api/tensor.ts';
import { type Assignability, assignability, dimsOf } from './assignability.ts';
import { substituteDim, unifyDims } from './dim.ts';
import type { Dim, ModelSignature, PinType, PinTypeRule, TensorPort } from './pin-type.ts';
import { parsePinType } from './pin-type-text.ts';
import { typeOfValue } from './value-check.ts';

/** What is known of an input before anything runs. */
export interface Arriving {
  /** Type of the output wired to it; null when no wire gives a known type. */
  readonly type: PinType | null;
  /** Its value, where that is already known: a literal, or a wired input of the graph. */
  readonly value?: JsonValue;
}

export interface TypeFlow {
  /** What each input needs, in the signature's order. */
  readonly inputs: readonly PinType[];
  /** Whether what is wired to each input may go there; null for an input that no type arrives at. */
  readonly verdicts: readonly (Assignability | null)[];
  /** What each output gives, in the signature's order. */
  readonly outputs: readonly PinType[];
}

/** Reads the signature of a model file as far as it is known; undefined when it is not. */
export type ModelSignatures = (path: string) => ModelSignature | undefined;

/**
 * Lets types flow through one node: symbols take the numbers of its literals and the dimensions of what arrives, then
 * the types of its inputs and outputs are worked out.
 * @param arriving one per input of the signature, in its order.
 */
export function flowTypes(
  signature: NodeSignature,
  arriving: readonly Arriving[],
  modelSignatures?: ModelSignatures,
): TypeFlow {
  const fixed = fixedTypes(signature);
  if (fixed !== null)
    return { ...fixed, verdicts: arriving.map(({ type }, i) => type && assignability(type, fixed.inputs[i])) };
  return new NodeFlow(signature, arriving, modelSignatures).run();
}

/** The types of a signature alone, for a palette or where no graph is known: rules and symbols stay open. */
export function declaredType(rule: PinTypeRule): PinType {
  switch (rule.kind) {
    case 'same-as':
    case 'element-of':
    case 'declared-by':
      return ANY;
    case 'frame-or':
      return ANY;
    case 'list-of':
      return { kind: 'list', of: ANY };
    case 'chosen-by':
      return commonType(Object.values(rule.types).map(declaredType));
    case 'model-file':
      return { kind: 'model' };
    case 'model-input':
    case 'model-output':
    case 'permuted':
    case 'batched':
    case 'cast':
      return ANY_TENSOR;
    default:
      return rule;
  }
}

const ANY: PinType = { kind: 'any' };
type TensorType = Extract<PinType, { kind: 'tensor' }>;
const ANY_TENSOR: TensorType = { kind: 'tensor', dtype: null, shape: null };

class NodeFlow {
  readonly #signature: NodeSignature;
  readonly #arriving: readonly Arriving[];
  readonly #modelSignatures: ModelSignatures | undefined;
  readonly #bindings = new Map<string, Dim>();

  constructor(signature: NodeSignature, arriving: readonly Arriving[], modelSignatures: ModelSignatures | undefined) {
    this.#signature = signature;
    this.#arriving = arriving;
    this.#modelSignatures = modelSignatures;
  }

  run(): TypeFlow {
    const { inputs, outputs } = this.#signature;
    inputs.forEach(({ name }, index) => {
      const { value } = this.#arriving[index];
      if (typeof value === 'number') this.#bindings.set(name, value);
    });
    const verdicts: (Assignability | null)[] = [];
    const needed = inputs.map(({ type: rule }, index) => {
      const { type, verdict } = this.#flowInto(rule, this.#arriving[index].type);
      verdicts.push(verdict);
      return type;
    });
    // A symbol of the inputs that nothing bound means nothing beyond this node; one of the outputs' own, as the `N` of
    // a tensor that gets as long as the data will have it, does.
    const inward = new Set(inputs.flatMap(({ name, type }) => [name, ...symbolsOf(declaredType(type))]));
    return { inputs: needed, verdicts, outputs: outputs.map(({ type }) => this.#resolve(type, inward)) };
  }

  #flowInto(rule: PinTypeRule, arriving: PinType | null): { type: PinType; verdict: Assignability | null } {
    if (arriving === null) return { type: this.#resolve(rule), verdict: null };
    const bound = this.#unify(declaredType(rule), arriving);
    const type = this.#resolve(rule);
    const verdict = assignability(arriving, type);
    // What is refused must say nothing about the outputs, or one mistake would show up as many.
    if (!verdict.ok) for (const symbol of bound) this.#bindings.delete(symbol);
    return { type, verdict };
  }

  #unify(declared: PinType, arriving: PinType): string[] {
    if (declared.kind !== arriving.kind) return [];
    if (declared.kind === 'list' && arriving.kind === 'list') return this.#unify(declared.of, arriving.of);
    const dims = dimsOf(declared);
    const given = dimsOf(arriving);
    return dims === null || given === null ? [] : unifyDims(dims, given, this.#bindings);
  }

  #substitute(type: PinType, unknown?: ReadonlySet<string>): PinType {
    const known = (dim: Dim) => substituteDim(dim, this.#bindings, unknown);
    switch (type.kind) {
      case 'image':
        return { kind: 'image', width: known(type.width), height: known(type.height), channels: known(type.channels) };
      case 'mask':
        return { kind: 'mask', width: known(type.width), height: known(type.height) };
      case 'tensor':
        return type.shape === null ? type : { ...type, shape: type.shape.map(known) };
      case 'list':
        return { kind: 'list', of: this.#substitute(type.of, unknown) };
      default:
        return type;
    }
  }

  /** The type that a rule stands for here. Symbols without a binding stay, except the `unknown` ones. */
  #resolve(rule: PinTypeRule, unknown?: ReadonlySet<string>): PinType {
    switch (rule.kind) {
      case 'same-as':
        return this.#typeAt(rule.pin);
      case 'frame-or': {
        const arriving = this.#typeAt(rule.pin);
        return arriving.kind === 'frame' || arriving.kind === 'any' ? arriving : this.#resolve(rule.otherwise, unknown);
      }
      case 'list-of':
        return { kind: 'list', of: this.#typeAt(rule.pin) };
      case 'element-of': {
        const type = this.#typeAt(rule.pin);
        return type.kind === 'list' ? type.of : type;
      }
      case 'declared-by': {
        const text = this.#at(rule.pin)?.value;
        const parsed = typeof text === 'string' ? parsePinType(text) : null;
        // A text that is no type is a problem of its own, found when the graph is checked.
        return parsed?.ok ? parsed.type : ANY;
      }
      case 'chosen-by': {
        const choice = this.#at(rule.pin)?.value;
        const chosen = typeof choice === 'string' && Object.hasOwn(rule.types, choice) ? rule.types[choice] : undefined;
        if (chosen !== undefined) return this.#resolve(chosen, unknown);
        return commonType(Object.values(rule.types).map((type) => this.#resolve(type, unknown)));
      }
      case 'permuted': {
        const { dtype, shape } = this.#tensorAt(rule.pin);
        const order = this.#at(rule.order)?.value;
        return { kind: 'tensor', dtype, shape: shape && permuted(shape, order) };
      }
      case 'batched': {
        const { dtype, shape } = this.#tensorAt(rule.pin);
        return { kind: 'tensor', dtype, shape: shape && [1, ...shape] };
      }
      case 'cast': {
        const dtype = this.#at(rule.dtype)?.value;
        const known = DTYPES.find((name) => name === dtype) ?? null;
        return { kind: 'tensor', dtype: known, shape: this.#tensorAt(rule.pin).shape };
      }
      case 'model-file': {
        const path = this.#at(rule.pin)?.value;
        const signature = typeof path === 'string' ? this.#modelSignatures?.(path) : undefined;
        return signature === undefined ? { kind: 'model' } : { kind: 'model', signature };
      }
      case 'model-input':
      case 'model-output': {
        const model = this.#at(rule.pin)?.type;
        const signature = model?.kind === 'model' ? model.signature : undefined;
        const ports = rule.kind === 'model-input' ? signature?.inputs : signature?.outputs;
        const port = ports?.[rule.index];
        return port === undefined ? ANY_TENSOR : typeOfPort(port);
      }
      default:
        return this.#substitute(rule, unknown);
    }
  }

  #tensorAt(pin: string): TensorType {
    const type = this.#typeAt(pin);
    return type.kind === 'tensor' ? type : ANY_TENSOR;
  }

  #at(pin: string): Arriving | undefined {
    return this.#arriving[this.#signature.inputs.findIndex(({ name }) => name === pin)];
  }

  /** What arrives at a pin, or what it takes when nothing does. */
  #typeAt(pin: string): PinType {
    const index = this.#signature.inputs.findIndex(({ name }) => name === pin);
    if (index === -1) return ANY;
    const { type, value } = this.#arriving[index];
    if (type !== null) return type;
    const declared = declaredType(this.#signature.inputs[index].type);
    return declared.kind === 'any' && value !== undefined ? typeOfValue(value) : declared;
  }
}

/** Most nodes have neither rules nor symbols: their types are the same in every graph. */
type FixedTypes = Pick<TypeFlow, 'inputs' | 'outputs'>;
const FIXED_TYPES = new WeakMap<NodeSignature, FixedTypes | 'open'>();

function fixedTypes(signature: NodeSignature): FixedTypes | null {
  let known = FIXED_TYPES.get(signature);
  if (known === undefined) {
    const inputs = signature.inputs.map(({ type }) => type);
    const outputs = signature.outputs.map(({ type }) => type);
    known = inputs.every(isFixed) && outputs.every(isFixed) ? { inputs, outputs } : 'open';
    FIXED_TYPES.set(signature, known);
  }
  return known === 'open' ? null : known;
}

function isFixed(rule: PinTypeRule): rule is PinType {
  const type = declaredType(rule);
  if (type !== rule) return false;
  if (type.kind === 'list') return isFixed(type.of);
  return (dimsOf(type) ?? []).every((dim) => dim === null || typeof dim === 'number');
}

function symbolsOf(type: PinType): string[] {
  if (type.kind === 'list') return symbolsOf(type.of);
  return (dimsOf(type) ?? []).filter((dim) => typeof dim === 'string');
}

function typeOfPort(port: TensorPort): PinType {
  return { kind: 'tensor', dtype: port.dtype, shape: port.shape };
}

/** The shape with its axes in another order; null where the order is not known or is none of this rank. */
function permuted(shape: readonly Dim[], order: JsonValue | undefined): Dim[] | null {
  if (!Array.isArray(order) || order.length !== shape.length) return null;
  const axes = order.filter((axis): axis is number => typeof axis === 'number' && axis in shape);
  return new Set(axes).size === shape.length ? axes.map((axis) => shape[axis]) : null;
}

/** What holds of every one of the types: what they differ in is not known. */
function commonType(types: readonly PinType[]): PinType {
  return types.slice(1).reduce((common, type) => {
    if (common.kind === 'image' && type.kind === 'image') {
      const [width, height, channels] = commonDims(dimsOf(common), dimsOf(type)) ?? [];
      return { kind: 'image', width, height, channels };
    }
    if (common.kind === 'tensor' && type.kind === 'tensor') {
      const dtype = common.dtype === type.dtype ? common.dtype : null;
      return { kind: 'tensor', dtype, shape: commonDims(common.shape, type.shape) };
    }
    return JSON.stringify(common) === JSON.stringify(type) ? common : ANY;
  }, types[0] ?? ANY);
}

function commonDims(a: readonly Dim[] | null, b: readonly Dim[] | null): Dim[] | null {
  if (a === null || b === null || a.length !== b.length) return null;
  return a.map((dim, index) => (JSON.stringify(dim) === JSON.stringify(b[index]) ? dim : null));
}
