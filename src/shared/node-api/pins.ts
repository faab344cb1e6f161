import type { Dim, PinType, PinTypeRule, SimpleKind } from '../types/pin-type.ts';
import type { Detections } from './detections.ts';
import type { Frame } from './frame.ts';
import type { Image } from './image.ts';
import type { Keypoints } from './keypoints.ts';
import type { Mask } from './mask.ts';
import type { Model } from './model.ts';
import type { DType, Tensor } from './tensor.ts';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** How the inspector edits a literal; the type decides when it is left out. */
export type Widget = 'slider' | 'multiline' | 'camera' | 'hidden';

/** What all pins can say about themselves. `default`, `min` … apply to inputs. */
export interface PinOptions {
  readonly description?: string;
  /** The node runs without it. A pin with a default is never required. */
  readonly optional?: boolean;
  readonly default?: JsonValue;
  /** Inclusive. */
  readonly min?: number;
  /** Inclusive. */
  readonly max?: number;
  readonly step?: number;
  readonly unit?: string;
  readonly widget?: Widget;
  /** The node runs once the pin is settled, also when its branch was not taken; the value is then undefined. */
  readonly acceptsSkipped?: boolean;
  /** Of a node that holds state: used anew for each item, so that it may be changed while a run goes on. */
  readonly perItem?: true;
  /** A path that is read is relative to the graph's folder; one that is written, to the run's output folder. */
  readonly access?: 'read' | 'write';
  /** What the file of a path holds: the window offers the models that there are. */
  readonly content?: 'model';
  /** Of a pin for pictures: a decoder's frame arrives as it is, not as a picture made from it. */
  readonly frames?: true;
}

/** A pin as a node file declares it. `T` is the type its value has in the body of the node. */
export interface Pin<T> {
  readonly type: PinTypeRule;
  readonly options: PinOptions;
  /** Never present; carries `T` for inference. */
  readonly valueType?: T;
}

type Value<T, O> = O extends { readonly optional: true } ? T | undefined : T;
type Picture<O> = O extends { readonly frames: true } ? Image | Frame : Image;

function simple<T>(kind: SimpleKind) {
  return <const O extends PinOptions = Record<never, never>>(options?: O): Pin<Value<T, O>> => ({
    type: { kind },
    options: options ?? {},
  });
}

/** The builders for the pins of a node; see `docs/writing-nodes.md`. */
export const pin = {
  number: simple<number>('number'),
  integer: simple<number>('integer'),
  boolean: simple<boolean>('boolean'),
  string: simple<string>('string'),
  /** Arrives as an absolute path. */
  path: simple<string>('path'),
  /** `#rrggbb` or `#rrggbbaa`. */
  colour: simple<string>('colour'),
  json: simple<JsonValue>('json'),
  bytes: simple<Uint8Array>('bytes'),
  any: simple<unknown>('any'),
  detections: simple<Detections>('detections'),
  keypoints: simple<Keypoints>('keypoints'),
  /** A decoder's picture; a pin for pictures takes it too. */
  frame: simple<Frame>('frame'),

  enum<const V extends readonly string[], const O extends PinOptions = Record<never, never>>(
    values: V,
    options?: O,
  ): Pin<Value<V[number], O>> {
    return { type: { kind: 'enum', values }, options: options ?? {} };
  },

  image<const O extends PinOptions & { width?: Dim; height?: Dim; channels?: Dim } = Record<never, never>>(
    options?: O,
  ): Pin<Value<Picture<O>, O>> {
    const { width = null, height = null, channels = null, ...rest } = options ?? {};
    return { type: { kind: 'image', width, height, channels }, options: rest };
  },

  mask<const O extends PinOptions & { width?: Dim; height?: Dim } = Record<never, never>>(
    options?: O,
  ): Pin<Value<Mask, O>> {
    const { width = null, height = null, ...rest } = options ?? {};
    return { type: { kind: 'mask', width, height }, options: rest };
  },

  tensor<const O extends PinOptions & { dtype?: DType | null; shape?: readonly Dim[] | null } = Record<never, never>>(
    options?: O,
  ): Pin<Value<Tensor<O extends { dtype: infer D extends DType } ? D : DType>, O>> {
    const { dtype = null, shape = null, ...rest } = options ?? {};
    return { type: { kind: 'tensor', dtype, shape }, options: rest };
  },

  list<T, const O extends PinOptions = Record<never, never>>(of: Pin<T>, options?: O): Pin<Value<readonly T[], O>> {
    return { type: { kind: 'list', of: of.type as PinType }, options: options ?? {} };
  },

  model<const O extends PinOptions = Record<never, never>>(options?: O): Pin<Value<Model, O>> {
    return { type: { kind: 'model' }, options: options ?? {} };
  },

  /** A type known only in the graph; `T` is what the body may assume of it. */
  rule<T, const O extends PinOptions = Record<never, never>>(type: PinTypeRule, options?: O): Pin<Value<T, O>> {
    return { type, options: options ?? {} };
  },
} as const;
