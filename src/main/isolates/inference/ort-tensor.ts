import type { Tensor, TensorConstructor } from 'onnxruntime-node';
import { elementCount, NUMERIC_ARRAYS, type NumericDType } from '../../../shared/node-api/tensor.ts';
import type { MessageTensor, NumericHeader } from './messages.ts';

/** A tensor of ONNX Runtime over memory that it shall read or write. */
export function ortTensorAt(
  OrtTensor: TensorConstructor,
  { dtype, shape }: NumericHeader,
  buffer: ArrayBufferLike,
  byteOffset: number,
): Tensor {
  const count = elementCount(shape);
  if (dtype !== 'float16') {
    const elements = new NUMERIC_ARRAYS[dtype](buffer, byteOffset, count);
    // The overloads of Tensor take each dtype with its own array, as the lookup does.
    return new OrtTensor(dtype as 'float32', elements as Float32Array, shape);
  }
  // The binding is built for N-API 6, which has no float16 array: it must be shown the same bits as uint16.
  const bits = new Uint16Array(buffer, byteOffset, count);
  return Object.defineProperty(new OrtTensor('float16', bits, shape), 'data', { value: bits });
}

/** A tensor that came in a message. */
export function ortTensorOf(OrtTensor: TensorConstructor, tensor: MessageTensor, payload: Uint8Array): Tensor {
  if (tensor.in === 'text') return new OrtTensor('string', [...tensor.text], tensor.shape);
  const end = tensor.offset + elementCount(tensor.shape) * NUMERIC_ARRAYS[tensor.dtype].BYTES_PER_ELEMENT;
  // Copied, since elements must begin at a multiple of their size.
  return ortTensorAt(OrtTensor, tensor, Uint8Array.from(payload.subarray(tensor.offset, end)).buffer, 0);
}

/** The bytes of a tensor that is not text. */
export function bytesOf({ data }: Tensor): Uint8Array {
  const { buffer, byteOffset, byteLength } = data as Exclude<Tensor['data'], string[]>;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export function numericHeader([name, { type, dims }]: readonly [string, Tensor]) {
  return { name, dtype: type as NumericDType, shape: [...dims] };
}
