/**
 * Element types of ONNX tensors at the index of their number in `TensorProto.DataType` (onnx/onnx.proto, IR version 13),
 * under the names people use; those a `Tensor` can hold are spelt as its dtypes.
 */
export const ONNX_ELEMENT_TYPES = [
  'undefined',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
  'float8e8m0',
  'uint2',
  'int2',
] as const;

export type OnnxElementType = (typeof ONNX_ELEMENT_TYPES)[number];
