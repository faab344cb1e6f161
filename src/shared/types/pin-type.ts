import type { DType } from '../node-api/tensor.ts';

/**
 * One dimension of a shape: a known number, a symbol (`'N'`, or the name of an input pin of the same node, whose number
 * it then takes), an expression over those, or null when nothing is known.
 */
export type Dim = number | string | DimExpression | null;

/** Arithmetic on dimensions, as data, so that window and engine evaluate the same. `/` divides without rounding. */
export interface DimExpression {
  readonly op: '+' | '-' | '*' | '/' | 'floor' | 'min' | 'max';
  readonly args: readonly Dim[];
}

/** One tensor of a model's signature; a dimension the file leaves open is its symbol or null. `shape` null: any rank. */
export interface TensorPort {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly (number | string | null)[] | null;
}

export interface ModelSignature {
  readonly inputs: readonly TensorPort[];
  readonly outputs: readonly TensorPort[];
}

/** Types without parts. `any` accepts and gives everything; what it carries is checked when it arrives. */
export type SimpleKind =
  | 'number'
  | 'integer'
  | 'boolean'
  | 'string'
  | 'frame'
  | 'detections'
  | 'keypoints'
  | 'session'
  | 'table'
  | 'json'
  | 'path'
  | 'colour'
  | 'bytes'
  | 'any';

export type PinType =
  | { readonly kind: SimpleKind }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'image'; readonly width: Dim; readonly height: Dim; readonly channels: Dim }
  | { readonly kind: 'mask'; readonly width: Dim; readonly height: Dim }
  /** `dtype` null: any; `shape` null: any rank. */
  | { readonly kind: 'tensor'; readonly dtype: DType | null; readonly shape: readonly Dim[] | null }
  | { readonly kind: 'list'; readonly of: PinType }
  /** A loaded model; `signature` once its file is known. */
  | { readonly kind: 'model'; readonly signature?: ModelSignature }
  /** A type that a node package brings; assignable only to itself and `any`. */
  | { readonly kind: 'custom'; readonly name: string };

/**
 * Types of a node's pins that are known only in a graph. They are resolved to a `PinType` while types flow
 * (`type-flow.ts`), and are `any`, `model` or an open tensor until then.
 */
export type PinTypeRule =
  | PinType
  /** The type that arrives at another input of the node (`flow/select`). */
  | { readonly kind: 'same-as'; readonly pin: string }
  /** A frame where one arrives at another input, else the type `otherwise` (`image/draw-detections`). */
  | { readonly kind: 'frame-or'; readonly pin: string; readonly otherwise: PinTypeRule }
  /** A list of what arrives at another input (`flow/collect`). */
  | { readonly kind: 'list-of'; readonly pin: string }
  /** The element type of the list that arrives at another input. */
  | { readonly kind: 'element-of'; readonly pin: string }
  /** The type whose text is the value of another input (`io/input`). */
  | { readonly kind: 'declared-by'; readonly pin: string }
  /** The one of several types that the value of another input, an enum, chooses (`tensor/from-image`). */
  | { readonly kind: 'chosen-by'; readonly pin: string; readonly types: Readonly<Record<string, PinTypeRule>> }
  /** The tensor that arrives at another input with its axes in the order that the value of input `order` lists, as
   * `[2, 0, 1]` (`tensor/transpose`). */
  | { readonly kind: 'permuted'; readonly pin: string; readonly order: string }
  /** The tensor that arrives at another input with an axis of length 1 put before the others (`tensor/add-batch`). */
  | { readonly kind: 'batched'; readonly pin: string }
  /** The tensor that arrives at another input, its elements of the type that the value of input `dtype` names
   * (`tensor/cast`). */
  | { readonly kind: 'cast'; readonly pin: string; readonly dtype: string }
  /** A model, read from the file that another input names. */
  | { readonly kind: 'model-file'; readonly pin: string }
  /** Input or output number `index` of the model that arrives at another input. */
  | { readonly kind: 'model-input' | 'model-output'; readonly pin: string; readonly index: number };
