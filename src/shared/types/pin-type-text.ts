import { DTYPES, type DType } from '../node-api/tensor.ts';
import { describeDim } from './dim.ts';
import type { Dim, PinType, SimpleKind } from './pin-type.ts';

export type ParsedPinType =
  | { readonly ok: true; readonly type: PinType }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads a type as graph files write it: `number`, `image<640,640,3>`, `tensor<float32,1x3x?xW>`, `mask<640,640>`,
 * `list<image>`, `enum<a|b>`, `custom<space>`. A part left out, or `?`, is not known.
 */
export function parsePinType(text: string): ParsedPinType {
  let inner = text.replaceAll(/\s/g, '');
  let lists = 0;
  while (inner.startsWith('list<') && inner.endsWith('>')) {
    inner = inner.slice(5, -1);
    lists += 1;
  }
  // Types are walked recursively, and the text may come from a file that somebody else wrote.
  if (lists > MAX_LIST_DEPTH) return { ok: false, reason: `lists nest at most ${MAX_LIST_DEPTH} deep` };
  let type = parseElement(inner);
  if (type === null) return { ok: false, reason: `"${shortened(text)}" is no type; types are ${FORMS}` };
  for (; lists > 0; lists -= 1) type = { kind: 'list', of: type };
  return { ok: true, type };
}

/** The text that `parsePinType` reads; a dimension that has no text (an expression) is written as not known. */
export function formatPinType(type: PinType): string {
  switch (type.kind) {
    case 'list':
      return `list<${formatPinType(type.of)}>`;
    case 'enum':
      return `enum<${type.values.join('|')}>`;
    case 'custom':
      return `custom<${type.name}>`;
    case 'image':
      return withParts('image', [type.width, type.height, type.channels]);
    case 'mask':
      return withParts('mask', [type.width, type.height]);
    case 'tensor': {
      if (type.shape !== null) return `tensor<${type.dtype ?? '?'},${type.shape.map(formatDim).join('x')}>`;
      return type.dtype === null ? 'tensor' : `tensor<${type.dtype}>`;
    }
    default:
      return type.kind;
  }
}

/** As people read it: `image 640×640×3`, `float32[1,3,640,640]`, `tensor[N,?]`, `list of image`, `a or b`. */
export function describePinType(type: PinType): string {
  switch (type.kind) {
    case 'list':
      return `list of ${describePinType(type.of)}`;
    case 'enum':
      return type.values.join(' or ');
    case 'custom':
      return type.name;
    case 'image':
      return describeArea('image', [type.width, type.height, type.channels]);
    case 'mask':
      return describeArea('mask', [type.width, type.height]);
    case 'tensor': {
      const name = type.dtype ?? 'tensor';
      if (type.shape !== null) return `${name}[${type.shape.map(describeDim).join(',')}]`;
      return type.dtype === null ? 'tensor' : `${name}[…]`;
    }
    case 'any':
      return 'any value';
    default:
      return type.kind;
  }
}

/** What a pin needs, as a noun in a sentence: `a number`, `a float32[1,3,640,640] tensor`, `detections`. */
export function describeNeed(type: PinType): string {
  const name = describePinType(type);
  if (UNCOUNTED.has(type.kind)) return name;
  if (type.kind === 'tensor' && (type.dtype !== null || type.shape !== null))
    return `a ${name.replace(/^tensor/, '')} tensor`;
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}

/** The names of the types without parts, which are also their texts. */
export const SIMPLE_KINDS: ReadonlySet<string> = new Set<SimpleKind | 'model'>([
  'number',
  'integer',
  'boolean',
  'string',
  'frame',
  'detections',
  'keypoints',
  'session',
  'table',
  'json',
  'path',
  'colour',
  'bytes',
  'any',
  'model',
]);

/** Kinds whose name takes no article. */
const UNCOUNTED: ReadonlySet<string> = new Set(['any', 'bytes', 'custom', 'detections', 'enum', 'json', 'keypoints']);

const MAX_LIST_DEPTH = 8;
const FORMS = `${[...SIMPLE_KINDS].join(', ')}, image<w,h,channels>, mask<w,h>, tensor<dtype,1x3x?x?>, list<type>, enum<a|b> and custom<name>`;

/** A symbol in a text holds no `x`, which stands between the dimensions of a tensor. */
const SYMBOL = /^[A-Za-wyz_][A-Za-wyz0-9_]*$/;

function parseElement(text: string): PinType | null {
  if (SIMPLE_KINDS.has(text)) return { kind: text as SimpleKind | 'model' };
  const [, kind, rest] = /^(\w+)(?:<([^<>]*)>)?$/.exec(text) ?? [];
  switch (kind) {
    case 'image': {
      const dims = parseDims(rest, ',', 3);
      return dims && { kind, width: dims[0], height: dims[1], channels: dims[2] };
    }
    case 'mask': {
      const dims = parseDims(rest, ',', 2);
      return dims && { kind, width: dims[0], height: dims[1] };
    }
    case 'tensor':
      return parseTensor(rest);
    case 'enum': {
      const values = rest?.split('|') ?? [''];
      return values.includes('') ? null : { kind, values };
    }
    case 'custom':
      return rest ? { kind, name: rest } : null;
    default:
      return null;
  }
}

function parseTensor(parts: string | undefined): PinType | null {
  if (parts === undefined) return { kind: 'tensor', dtype: null, shape: null };
  const [dtype, shape, ...more] = parts.split(',');
  if (more.length > 0 || !(dtype === '?' || isDType(dtype))) return null;
  const known = dtype === '?' ? null : dtype;
  if (shape === undefined) return { kind: 'tensor', dtype: known, shape: null };
  const dims = shape === '' ? [] : parseDims(shape, 'x');
  return dims && { kind: 'tensor', dtype: known, shape: dims };
}

/** The dimensions of a text, filled up with unknown ones to `count`; null when it holds something else. */
function parseDims(text: string | undefined, separator: string, count?: number): Dim[] | null {
  const parts = text === undefined ? [] : text.split(separator);
  if (count !== undefined) {
    if (parts.length > count) return null;
    while (parts.length < count) parts.push('?');
  }
  const dims: Dim[] = [];
  for (const part of parts) {
    if (part === '?') dims.push(null);
    else if (/^\d{1,9}$/.test(part)) dims.push(Number(part));
    else if (SYMBOL.test(part)) dims.push(part);
    else return null;
  }
  return dims;
}

function isDType(text: string): text is DType {
  return (DTYPES as readonly string[]).includes(text);
}

function withParts(kind: string, dims: readonly Dim[]): string {
  return dims.every((dim) => dim === null) ? kind : `${kind}<${dims.map(formatDim).join(',')}>`;
}

function formatDim(dim: Dim): string {
  return typeof dim === 'number' || (typeof dim === 'string' && SYMBOL.test(dim)) ? String(dim) : '?';
}

function describeArea(kind: string, dims: readonly Dim[]): string {
  return dims.every((dim) => dim === null) ? kind : `${kind} ${dims.map(describeDim).join('×')}`;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
