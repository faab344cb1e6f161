import { Detections } from '../node-api/detections.ts';
import { Frame } from '../node-api/frame.ts';
import { Image } from '../node-api/image.ts';
import { Keypoints } from '../node-api/keypoints.ts';
import { Mask } from '../node-api/mask.ts';
import { Model } from '../node-api/model.ts';
import { Tensor } from '../node-api/tensor.ts';
import { dimsOf } from './assignability.ts';
import type { PinType } from './pin-type.ts';

/**
 * Whether a running value has the form that a type asks for. Cheap: elements of lists and fields of JSON are not
 * looked at.
 */
export function fits(value: unknown, type: PinType): boolean {
  switch (type.kind) {
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
    case 'path':
      return typeof value === 'string';
    case 'colour':
      return typeof value === 'string' && COLOUR.test(value);
    case 'enum':
      return typeof value === 'string' && type.values.includes(value);
    case 'image':
      return value instanceof Image && hasShape([value.width, value.height, value.channels], type);
    case 'mask':
      return value instanceof Mask && hasShape([value.space.width, value.space.height], type);
    case 'tensor':
      return (
        value instanceof Tensor && (type.dtype === null || value.dtype === type.dtype) && hasShape(value.shape, type)
      );
    case 'detections':
      return value instanceof Detections;
    case 'model':
      return value instanceof Model;
    case 'frame':
      return value instanceof Frame;
    case 'list':
    case 'table':
      return Array.isArray(value);
    case 'json':
      return isJsonForm(value);
    case 'bytes':
      return value instanceof Uint8Array;
    case 'keypoints':
      return value instanceof Keypoints;
    case 'session':
      return typeof value === 'object' && value !== null;
    case 'any':
    case 'custom':
      return value !== undefined;
  }
}

/** The narrowest type of a running value. A list has the type of its first element. */
export function typeOfValue(value: unknown): PinType {
  switch (typeof value) {
    case 'number':
      return { kind: Number.isInteger(value) ? 'integer' : 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'string':
      return { kind: 'string' };
    case 'object':
      return typeOfObject(value);
    default:
      return { kind: 'any' };
  }
}

/** `#rrggbb` or `#rrggbbaa`. */
export const COLOUR = /^#[0-9a-f]{6}(?:[0-9a-f]{2})?$/i;

function typeOfObject(value: object | null): PinType {
  if (value instanceof Tensor) return { kind: 'tensor', dtype: value.dtype, shape: value.shape };
  if (value instanceof Image) {
    return { kind: 'image', width: value.width, height: value.height, channels: value.channels };
  }
  if (value instanceof Frame) return { kind: 'frame' };
  if (value instanceof Mask) return { kind: 'mask', width: value.space.width, height: value.space.height };
  if (value instanceof Detections) return { kind: 'detections' };
  if (value instanceof Keypoints) return { kind: 'keypoints' };
  if (value instanceof Model) return { kind: 'model', signature: value.signature };
  if (value instanceof Uint8Array) return { kind: 'bytes' };
  if (Array.isArray(value)) return { kind: 'list', of: value.length === 0 ? { kind: 'any' } : typeOfValue(value[0]) };
  return { kind: isJsonForm(value) ? 'json' : 'any' };
}

function hasShape(shape: readonly number[], type: PinType): boolean {
  const needed = dimsOf(type);
  if (needed === null) return true;
  if (needed.length !== shape.length) return false;
  return needed.every((dim, index) => typeof dim !== 'number' || dim === shape[index]);
}

function isJsonForm(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
