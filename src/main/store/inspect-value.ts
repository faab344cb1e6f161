import { types } from 'node:util';
import { Detections } from '../../shared/node-api/detections.ts';
import { Frame } from '../../shared/node-api/frame.ts';
import { Image } from '../../shared/node-api/image.ts';
import { Keypoints } from '../../shared/node-api/keypoints.ts';
import { Mask } from '../../shared/node-api/mask.ts';
import { Model } from '../../shared/node-api/model.ts';
import { NUMERIC_ARRAYS, Tensor } from '../../shared/node-api/tensor.ts';

export type Memory = ArrayBuffer | ArrayBufferView;

/** Told what a value is made of. Each object is told once, however often it occurs. */
export interface ValueVisitor {
  memory(memory: Memory): void;
  text(text: string): void;
  disposable(value: object): void;
  /** Something was met that may refer to things nobody can list: a closure, private fields, an accessor. */
  opaque(): void;
}

/**
 * Visits all that a value consists of: elements of arrays, properties of plain objects and of Weft's own value classes,
 * entries of Map and Set. Runs no code of the value, and keeps its own stack, so that cycles and depth do no harm.
 */
export function inspectValue(root: unknown, visitor: ValueVisitor): void {
  const seen = new Set<unknown>();
  const pending: object[] = [];
  const look = (part: unknown): void => {
    if (typeof part === 'string') visitor.text(part);
    else if (isReference(part) && !seen.has(part)) {
      seen.add(part);
      pending.push(part);
    }
  };
  look(root);
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) visitParts(value, look, visitor);
}

/** Whether a value can refer to memory or to other values. */
export function isReference(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** The parts of Weft's own value classes that hold memory; their other properties are small and often shared. */
const PARTS_OF_CLASS = new Map<object | null, readonly string[]>([
  [Tensor.prototype, ['data']],
  [Image.prototype, ['data']],
  [Frame.prototype, ['data']],
  [Mask.prototype, ['data']],
  [Detections.prototype, ['boxes', 'scores', 'classIds', 'origin']],
  [Keypoints.prototype, ['points', 'scores']],
  [Model.prototype, []],
]);

type Kind = 'record' | 'array' | 'map' | 'set' | 'memory' | 'inert' | 'opaque';

/**
 * What a value is follows from its exact prototype: a subclass may have private fields and is opaque. Objects of
 * another realm are opaque too.
 */
const KIND_OF_PROTOTYPE = new Map<object | null, Kind>([
  [null, 'record'],
  [Object.prototype, 'record'],
  [Array.prototype, 'array'],
  [Map.prototype, 'map'],
  [Set.prototype, 'set'],
  ...[ArrayBuffer, DataView, Buffer, Uint8ClampedArray, ...Object.values(NUMERIC_ARRAYS)].map(
    ({ prototype }) => [prototype, 'memory'] as const,
  ),
  [Date.prototype, 'inert'],
  [RegExp.prototype, 'inert'],
]);

function visitParts(value: object, look: (part: unknown) => void, visitor: ValueVisitor): void {
  if (types.isProxy(value)) {
    visitor.opaque();
    return;
  }
  const prototype = Object.getPrototypeOf(value);
  const parts = PARTS_OF_CLASS.get(prototype);
  if (parts !== undefined) {
    for (const part of parts) look(Reflect.get(value, part));
    return;
  }
  switch (KIND_OF_PROTOTYPE.get(prototype) ?? 'opaque') {
    case 'array':
      visitElements(value as unknown[], look);
      return;
    case 'map':
      for (const [key, entry] of value as Map<unknown, unknown>) {
        look(key);
        look(entry);
      }
      return;
    case 'set':
      for (const element of value as Set<unknown>) look(element);
      return;
    case 'memory':
      visitor.memory(value as Memory);
      return;
    case 'inert':
      return;
    case 'record':
      visitProperties(value, look, visitor);
      break;
    case 'opaque':
      visitor.opaque();
  }
  if (Symbol.dispose in value || Symbol.asyncDispose in value) visitor.disposable(value);
}

/** By index: for large arrays of numbers several times as fast as an iterator. */
function visitElements(array: readonly unknown[], look: (part: unknown) => void): void {
  for (let i = 0; i < array.length; i++) {
    const element = array[i];
    if (typeof element !== 'number') look(element);
  }
}

function visitProperties(record: object, look: (part: unknown) => void, visitor: ValueVisitor): void {
  for (const key of Reflect.ownKeys(record)) {
    const property = Object.getOwnPropertyDescriptor(record, key);
    if (property?.get === undefined) look(property?.value);
    else visitor.opaque();
  }
}
