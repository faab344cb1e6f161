import type { JsonValue } from '../node-api/pins.ts';
import type { PinType } from './pin-type.ts';
import { describePinType } from './pin-type-text.ts';
import { COLOUR } from './value-check.ts';

export type LiteralCheck =
  | { readonly ok: true; readonly value: JsonValue }
  /** `reason` goes after the name of the pin: `must be a whole number, not 2.5`. */
  | { readonly ok: false; readonly code: 'E_PIN_TYPE' | 'E_PIN_RANGE'; readonly reason: string };

/**
 * Whether a JSON value written in a graph file is a literal of a type, within `min` … `max` (inclusive) where these are
 * given. Pictures, tensors, models and the like have no literals.
 */
export function checkLiteral(
  value: JsonValue,
  type: PinType,
  range: { readonly min?: number; readonly max?: number } = {},
): LiteralCheck {
  const misfit = findMisfit(value, type);
  if (misfit !== null) {
    const reason = `must be ${misfit.needed}, not ${describeJson(misfit.found)}`;
    return { ok: false, code: 'E_PIN_TYPE', reason };
  }
  const { min = -Infinity, max = Infinity } = range;
  const numbers = Array.isArray(value) ? value : [value];
  const outside = numbers.find((number) => typeof number === 'number' && !(number >= min && number <= max));
  if (outside === undefined) return { ok: true, value };
  return { ok: false, code: 'E_PIN_RANGE', reason: `must be ${describeRange(min, max)}, not ${describeJson(outside)}` };
}

/** null when the value is a literal of the type. */
function findMisfit(value: JsonValue, type: PinType): { readonly needed: string; readonly found: JsonValue } | null {
  if (type.kind === 'list' && Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      const misfit = findMisfit(element, type.of);
      if (misfit !== null) return { needed: `${misfit.needed} as element ${index}`, found: misfit.found };
    }
    return null;
  }
  const needed = neededLiteral(value, type);
  return needed === null ? null : { needed, found: value };
}

function neededLiteral(value: JsonValue, type: PinType): string | null {
  switch (type.kind) {
    case 'any':
    case 'json':
      return null;
    case 'number':
      return typeof value === 'number' ? null : 'a number';
    case 'integer':
      return Number.isInteger(value) ? null : 'a whole number';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'true or false';
    case 'string':
      return typeof value === 'string' ? null : 'a text';
    case 'path':
      return typeof value === 'string' && value !== '' ? null : 'the path of a file or folder';
    case 'colour':
      return typeof value === 'string' && COLOUR.test(value) ? null : 'a colour such as #ff8800';
    case 'enum':
      return typeof value === 'string' && type.values.includes(value) ? null : `one of ${type.values.join(', ')}`;
    case 'table':
      return Array.isArray(value) ? null : 'a list of rows';
    case 'list':
      return `a ${describePinType(type)}`;
    default:
      return `wired to an output that gives ${describePinType(type)}`;
  }
}

/** Whether a value of the type can be written in a graph file at all. */
export function hasLiteral(type: PinType): boolean {
  if (type.kind === 'list') return hasLiteral(type.of);
  return !WIRED_ONLY.has(type.kind);
}

const WIRED_ONLY: ReadonlySet<PinType['kind']> = new Set<PinType['kind']>([
  'image',
  'frame',
  'tensor',
  'detections',
  'mask',
  'keypoints',
  'model',
  'session',
  'bytes',
  'custom',
]);

/** `from 0 to 1`, `at least 1`, `at most 100`. */
export function describeRange(min: number, max: number): string {
  if (max === Infinity) return `at least ${min}`;
  return min === -Infinity ? `at most ${max}` : `from ${min} to ${max}`;
}

/** A value as it stands in a sentence; long ones are cut. */
export function describeJson(value: JsonValue): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
