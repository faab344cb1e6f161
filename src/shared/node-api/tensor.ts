/** Element types of a tensor; the names are those of ONNX Runtime. */
export const DTYPES = [
  'float32',
  'float64',
  'float16',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'bool',
  'string',
] as const;
export type DType = (typeof DTYPES)[number];

/** The array that holds a tensor's elements. A `bool` is a byte of 0 or 1; a `string` tensor lives on the heap only. */
export interface DTypeArrays {
  float32: Float32Array;
  float64: Float64Array;
  float16: Float16Array;
  int8: Int8Array;
  uint8: Uint8Array;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  int64: BigInt64Array;
  uint64: BigUint64Array;
  bool: Uint8Array;
  string: string[];
}
export type NumericDType = Exclude<DType, 'string'>;

interface NumericArrayConstructor<D extends NumericDType> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): DTypeArrays[D];
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): DTypeArrays[D];
}

export const NUMERIC_ARRAYS: { readonly [D in NumericDType]: NumericArrayConstructor<D> } = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Float16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
};

/** Number of elements of a shape; a scalar's shape is `[]`. */
export function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const dim of shape) count *= dim;
  return count;
}

/** Bytes that a numeric tensor takes. */
export function byteLength(dtype: NumericDType, shape: readonly number[]): number {
  return elementCount(shape) * NUMERIC_ARRAYS[dtype].BYTES_PER_ELEMENT;
}

/**
 * An n-dimensional array: row-major, contiguous, unpadded. Its elements may lie in the arena (shared memory) or on the
 * heap; a consumer need not know which.
 */
export class Tensor<D extends DType = DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: DTypeArrays[D];

  /** @throws RangeError when `data` has not exactly as many elements as `shape` says. */
  constructor(dtype: D, shape: readonly number[], data: DTypeArrays[D]) {
    if (!shape.every((dim) => Number.isInteger(dim) && dim >= 0)) {
      throw new RangeError(`A tensor's dimensions are whole numbers from 0, not [${shape.join(',')}].`);
    }
    if (data.length !== elementCount(shape)) {
      throw new RangeError(
        `A ${dtype}[${shape.join(',')}] tensor has ${elementCount(shape)} elements, not ${data.length}.`,
      );
    }
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
  }

  /** The same elements under another shape; nothing is copied. */
  reshaped(shape: readonly number[]): Tensor<D> {
    return new Tensor(this.dtype, shape, this.data);
  }

  is<E extends DType>(dtype: E): this is Tensor<E> {
    return (this.dtype as DType) === dtype;
  }

  /** `float32[1,3,640,640]`, as people read it. */
  toString(): string {
    return `${this.dtype}[${this.shape.join(',')}]`;
  }
}
