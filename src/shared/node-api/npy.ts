import { elementCount, NUMERIC_ARRAYS, type NumericDType, Tensor } from './tensor.ts';

/** Type codes of NumPy. */
const CODES: Readonly<Record<NumericDType, string>> = {
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

const MAGIC = [0x93, ...new TextEncoder().encode('NUMPY')];
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A tensor as a NumPy file, version 1.0 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html). */
export function encodeNpy(tensor: Tensor<NumericDType>): Uint8Array {
  const { dtype, shape, data } = tensor;
  const order = data.BYTES_PER_ELEMENT === 1 ? '|' : IS_LITTLE_ENDIAN ? '<' : '>';
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '${order}${CODES[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Magic, version and length take 10 bytes; the elements begin at a multiple of 64, after a line feed.
  const padded = Math.ceil((10 + header.length + 1) / 64) * 64;
  const file = new Uint8Array(padded + data.byteLength);
  file.set([...MAGIC, 1, 0, (padded - 10) & 0xff, (padded - 10) >> 8]);
  file.set(new TextEncoder().encode(`${header.padEnd(padded - 11)}\n`), 10);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), padded);
  return file;
}

/** What the header of a NumPy file says, and where its elements begin. */
interface NpyHeader {
  readonly dtype: NumericDType;
  readonly swapped: boolean;
  readonly columnMajor: boolean;
  readonly shape: readonly number[];
  readonly start: number;
}

/**
 * The tensor in a NumPy file of version 1, 2 or 3, whatever its byte order; an array in Fortran order is put into rows.
 * @throws RangeError when the bytes are no such file, are cut off, or hold elements that a tensor cannot: the message
 * goes on the sentence "the file …".
 */
export function decodeNpy(file: Uint8Array): Tensor<NumericDType> {
  const { dtype, swapped, columnMajor, shape, start } = headerOf(file);
  const { BYTES_PER_ELEMENT: size } = NUMERIC_ARRAYS[dtype];
  const count = elementCount(shape);
  const length = count * size;
  if (file.length - start < length) {
    throw new RangeError(`has ${file.length - start} bytes of elements instead of ${length}`);
  }
  // A copy: the elements of a file need not lie where a typed array of their size can begin.
  const bytes = new Uint8Array(length);
  bytes.set(file.subarray(start, start + length));
  if (swapped) for (let at = 0; at < length; at += size) bytes.subarray(at, at + size).reverse();
  const data = new NUMERIC_ARRAYS[dtype](bytes.buffer, 0, count);
  return new Tensor(dtype, shape, columnMajor ? rowsFirst(data, shape, new NUMERIC_ARRAYS[dtype](count)) : data);
}

function headerOf(file: Uint8Array): NpyHeader {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 10 || MAGIC.some((byte, at) => file[at] !== byte)) throw new RangeError('is not a NumPy file');
  const wide = file[6] > 1;
  const begin = wide ? 12 : 10;
  const start = begin + (wide && file.length >= 12 ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > file.length) throw new RangeError('ends in the middle of its header');
  const text = new TextDecoder().decode(file.subarray(begin, start));

  const descr = /'descr': *'([<>|=])(\w+)'/.exec(text);
  const shape = /'shape': *\(([\d, ]*)\)/.exec(text);
  const order = /'fortran_order': *(True|False)/.exec(text);
  if (descr === null || shape === null || order === null) {
    throw new RangeError('holds records or objects, or has a header that cannot be read');
  }
  const [, byteOrder, code] = descr;
  const dtype = DTYPE_OF_CODE.get(code);
  if (dtype === undefined) throw new RangeError(`holds elements of type \`${code}\`, which no tensor has`);
  return {
    dtype,
    swapped: byteOrder === (IS_LITTLE_ENDIAN ? '>' : '<'),
    columnMajor: order[1] === 'True',
    shape: [...shape[1].matchAll(/\d+/g)].map(([digits]) => Number(digits)),
    start,
  };
}

const DTYPE_OF_CODE: ReadonlyMap<string, NumericDType> = new Map(
  Object.entries(CODES).map(([dtype, code]) => [code, dtype as NumericDType]),
);

/** Elements whose first axis runs fastest, put so that the last one does. */
function rowsFirst<T extends { [index: number]: unknown; readonly length: number }>(
  columns: T,
  shape: readonly number[],
  rows: T,
): T {
  for (let to = 0; to < rows.length; to++) {
    let rest = to;
    let from = columns.length;
    let at = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from /= shape[axis];
      at += (rest % shape[axis]) * from;
      rest = Math.floor(rest / shape[axis]);
    }
    rows[to] = columns[at];
  }
  return rows;
}
