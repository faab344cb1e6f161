import { WeftError } from '../node-api/weft-error.ts';

/** Arrays that travel as bytes and arrive as what they were. */
const ARRAYS = {
  Uint8Array,
  Uint8ClampedArray,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;
export type ArrayName = keyof typeof ARRAYS;
export type Payload = InstanceType<(typeof ARRAYS)[ArrayName]>;

/** Keys and indices that lead to a part of a value. */
export type Path = readonly (string | number)[];

/** Numbers that JSON has no words for. */
export const UNWRITABLE = { NaN: Number.NaN, Infinity: Infinity, '-Infinity': -Infinity, '-0': -0 } as const;
export type UnwritableNumber = keyof typeof UNWRITABLE;

/** The parts of a value that JSON cannot hold, and where they stand. */
export interface Extracted {
  readonly payloads: readonly { readonly path: Path; readonly kind: ArrayName; readonly array: Payload }[];
  readonly numbers: readonly { readonly path: Path; readonly number: UnwritableNumber }[];
}

/** A graph may be nested 200 deep, and stands a little inside its message. */
export const MAX_DEPTH = 220;

/**
 * @throws E_PROTOCOL for a value that is nested too deep; TypeError for what cannot be sent, such as functions, Maps and
 * objects of classes: a mistake of ours.
 */
export function extract(value: unknown): Extracted {
  const found = { payloads: [], numbers: [] };
  collect(value, [], found);
  return found;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : never };

function collect(value: unknown, path: Path, found: Writable<Extracted>): void {
  if (path.length > MAX_DEPTH) {
    throw new WeftError('E_PROTOCOL', `Values are nested deeper than ${MAX_DEPTH} levels: no message holds that.`);
  }
  if (typeof value === 'number') {
    const number = unwritable(value);
    if (number !== null) found.numbers.push({ path, number });
  } else if (ArrayBuffer.isView(value)) {
    const kind = arrayName(value);
    // Sound: `kind` is the name of its class.
    found.payloads.push({ path, kind, array: value as Payload });
  } else if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) if (mayHold(value[at])) collect(value[at], [...path, at], found);
  } else if (typeof value === 'object' && value !== null) {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      throw new TypeError(`A ${prototype?.constructor?.name} at ${path.join('.')} cannot be sent.`);
    }
    for (const [key, part] of Object.entries(value)) if (mayHold(part)) collect(part, [...path, key], found);
  } else if (typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol') {
    throw new TypeError(`A ${typeof value} at ${path.join('.')} cannot be sent.`);
  }
}

/** False for the values that JSON holds as they are, which most are: their paths need not be made. */
function mayHold(value: unknown): boolean {
  if (typeof value === 'number') return unwritable(value) !== null;
  return typeof value !== 'string' && typeof value !== 'boolean' && value !== null && value !== undefined;
}

function unwritable(value: number): UnwritableNumber | null {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? null : (String(value) as UnwritableNumber);
}

function arrayName(view: ArrayBufferView): ArrayName {
  // Node's Buffer is a Uint8Array.
  const name = view instanceof Uint8Array ? 'Uint8Array' : view.constructor.name;
  if (!Object.hasOwn(ARRAYS, name)) throw new TypeError(`A ${name} cannot be sent.`);
  return name as ArrayName;
}

export function isArrayName(name: unknown): name is ArrayName {
  return typeof name === 'string' && Object.hasOwn(ARRAYS, name);
}

/** The array of `length` elements at byte `at` of a message: a view where it is aligned, and else a copy. */
export function payloadAt(message: Uint8Array<ArrayBuffer>, kind: ArrayName, at: number, length: number): Payload {
  const Class = ARRAYS[kind];
  const bytes = length * Class.BYTES_PER_ELEMENT;
  if (at + bytes > message.length) throw malformed('a payload lies outside of it');
  const start = message.byteOffset + at;
  if (start % Class.BYTES_PER_ELEMENT === 0) return new Class(message.buffer, start, length);
  return new Class(message.slice(at, at + bytes).buffer, 0, length);
}

/** Puts a part where JSON could only hold `null`, and gives the value, which is the part itself at the empty path. */
export function putPart(value: unknown, path: unknown, part: unknown): unknown {
  if (!Array.isArray(path)) throw malformed('a part has no path');
  if (path.length === 0 && value === null) return part;
  let holder: unknown = value;
  for (const [depth, key] of path.entries()) {
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) break;
    const record = holder as Record<string, unknown>;
    if (depth < path.length - 1) holder = record[key];
    else if (record[key] === null) {
      record[key] = part;
      return value;
    }
  }
  throw malformed('a part has no place');
}

/** A message that neither end of ours would write. */
export function malformed(why: string): WeftError {
  return new WeftError('E_PROTOCOL', `A message was not understood, for ${why}: reload the window.`);
}
