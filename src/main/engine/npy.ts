import { endianness } from 'node:os';
import type { NumericDType, Tensor } from '../../shared/node-api/tensor.ts';

/** Type codes of NumPy. */
const DESCR: Readonly<Record<NumericDType, string>> = {
  float32: 'f4',
  float64: 'f8',
  float16: 'f2',
  int8: 'i1',
  uint8: 'u1',
  int16: 'i2',
  uint16: 'u2',
  int32: 'i4',
  uint32: 'u4',
  int64: 'i8',
  uint64: 'u8',
  bool: 'b1',
};

/** A tensor as a NumPy file, version 1.0 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html). */
export function encodeNpy(tensor: Tensor<NumericDType>): Uint8Array {
  const { dtype, shape, data } = tensor;
  const order = data.BYTES_PER_ELEMENT === 1 ? '|' : endianness() === 'LE' ? '<' : '>';
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '${order}${DESCR[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Magic, version and length take 10 bytes; the elements begin at a multiple of 64, after a line feed.
  const padded = Math.ceil((10 + header.length + 1) / 64) * 64;
  const file = new Uint8Array(padded + data.byteLength);
  file.set([0x93, ...Buffer.from('NUMPY'), 1, 0, (padded - 10) & 0xff, (padded - 10) >> 8]);
  file.set(Buffer.from(`${header.padEnd(padded - 11)}\n`), 10);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), padded);
  return file;
}
