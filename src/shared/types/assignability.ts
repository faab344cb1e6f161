import type { Dim, PinType } from './pin-type.ts';
import { describeNeed, describePinType } from './pin-type-text.ts';

/** Work that a wire does at run time. */
export type Conversion = 'frame-to-image' | 'wrap-in-list' | 'to-string';

export type Assignability =
  /** `open`: the types leave open whether a value fits, so each is checked when it arrives. */
  | { readonly ok: true; readonly conversion: Conversion | null; readonly open: boolean }
  /** `reason`: one sentence about the types; `advice`: its last part, what to do, for a sentence that names nodes. */
  | { readonly ok: false; readonly reason: string; readonly advice: string };

/**
 * Whether a value of type `from` may go to a pin of type `to`. Dimensions that are not known on either side (null,
 * symbols, expressions) never refuse; neither does `any`, nor a wider type that may hold a fitting value (a number for a
 * whole number, a text for one of an enum).
 */
export function assignability(from: PinType, to: PinType): Assignability {
  const assignment = assign(from, to);
  if (assignment !== null) return ASSIGNABLE[assignment];
  const advice = adviceFor(from, to);
  return {
    ok: false,
    reason: `The pin needs ${describeNeed(to)}, but gets ${describePinType(from)}: ${advice}.`,
    advice,
  };
}

/** The dimensions of a picture (width, height, channels), mask (width, height) or tensor; null when there are none. */
export function dimsOf(type: PinType): readonly Dim[] | null {
  switch (type.kind) {
    case 'image':
      return [type.width, type.height, type.channels];
    case 'mask':
      return [type.width, type.height];
    case 'tensor':
      return type.shape;
    default:
      return null;
  }
}

type Assignment = 'as-is' | 'open' | Conversion;

const ASSIGNABLE: { readonly [A in Assignment]: Assignability } = {
  'as-is': { ok: true, conversion: null, open: false },
  open: { ok: true, conversion: null, open: true },
  'frame-to-image': { ok: true, conversion: 'frame-to-image', open: false },
  'wrap-in-list': { ok: true, conversion: 'wrap-in-list', open: false },
  'to-string': { ok: true, conversion: 'to-string', open: false },
};

/** Assignments between different kinds of single JSON values. */
const SCALARS: { readonly [from in PinType['kind']]?: { readonly [to in PinType['kind']]?: Assignment } } = {
  integer: { number: 'as-is', string: 'to-string' },
  number: { integer: 'open', string: 'to-string' },
  boolean: { string: 'to-string' },
  enum: { string: 'as-is' },
  path: { string: 'as-is' },
  colour: { string: 'as-is' },
  // A path pin makes whatever text arrives an absolute path, so this wire has no work of its own.
  string: { enum: 'open', colour: 'open', path: 'as-is' },
};

/** null: not assignable. */
function assign(from: PinType, to: PinType): Assignment | null {
  if (to.kind === 'any') return 'as-is';
  if (from.kind === 'any') return 'open';
  if (from.kind === to.kind) {
    const same = assignSameKind(from, to);
    if (same !== null || to.kind !== 'list') return same;
  }
  if (to.kind === 'list' && assign(from, to.of) === 'as-is') return 'wrap-in-list';
  if (from.kind === 'frame' && to.kind === 'image') return 'frame-to-image';
  if (to.kind === 'json' && isJson(from)) return 'as-is';
  if (from.kind === 'json' && isJson(to)) return 'open';
  return SCALARS[from.kind]?.[to.kind] ?? null;
}

function assignSameKind(from: PinType, to: PinType): Assignment | null {
  if (from.kind === 'list' && to.kind === 'list') {
    // A list is handed on as it is, so its elements must need no work.
    const element = assign(from.of, to.of);
    return element === 'as-is' || element === 'open' ? element : null;
  }
  if (from.kind === 'enum' && to.kind === 'enum') {
    return from.values.every((value) => to.values.includes(value)) ? 'as-is' : null;
  }
  if (from.kind === 'custom' && to.kind === 'custom') return from.name === to.name ? 'as-is' : null;
  const shape = assignShape(dimsOf(from), dimsOf(to));
  if (from.kind !== 'tensor' || to.kind !== 'tensor' || to.dtype === null || from.dtype === to.dtype) return shape;
  return from.dtype === null && shape !== null ? 'open' : null;
}

function assignShape(from: readonly Dim[] | null, to: readonly Dim[] | null): 'as-is' | 'open' | null {
  if (to === null) return 'as-is';
  if (from === null) return 'open';
  if (from.length !== to.length) return null;
  let assignment: 'as-is' | 'open' = 'as-is';
  for (let index = 0; index < to.length; index++) {
    const needed = to[index];
    if (typeof needed !== 'number') continue;
    const given = from[index];
    if (typeof given !== 'number') assignment = 'open';
    else if (given !== needed) return null;
  }
  return assignment;
}

function isJson(type: PinType): boolean {
  if (type.kind === 'list') return isJson(type.of);
  return (
    type.kind === 'json' ||
    type.kind === 'table' ||
    type.kind === 'number' ||
    type.kind === 'integer' ||
    type.kind === 'boolean' ||
    type.kind === 'string' ||
    type.kind === 'enum' ||
    type.kind === 'path' ||
    type.kind === 'colour'
  );
}

function adviceFor(from: PinType, to: PinType): string {
  if (from.kind === 'tensor' && to.kind === 'tensor') {
    if (from.dtype !== null && to.dtype !== null && from.dtype !== to.dtype)
      return `convert its elements to ${to.dtype}`;
    if (from.shape !== null && to.shape !== null && from.shape.length === to.shape.length - 1 && to.shape[0] === 1) {
      return 'add a batch dimension with tensor/add-batch';
    }
    return 'change the shape before this wire';
  }
  if (from.kind === 'image' && to.kind === 'tensor') return 'convert it with tensor/from-image';
  if (from.kind === to.kind && dimsOf(to) !== null) return 'change the size before this wire';
  return 'wire another output, or convert it with a node in between';
}
