import { defineNode, type NodeContext, NUMERIC_ARRAYS, type NumericDType, pin, type Tensor, WeftError } from 'weft';

const DTYPES = Object.keys(NUMERIC_ARRAYS) as NumericDType[];

export default defineNode({
  type: 'tensor/cast',
  version: 1,
  title: 'Cast',
  summary: 'Turns the elements of a tensor into another type, as from float32 to float16.',
  keywords: ['dtype', 'convert', 'type', 'half', 'integer', 'astype', 'precision'],
  inputs: {
    tensor: pin.tensor(),
    dtype: pin.enum(DTYPES, {
      default: 'float32',
      description:
        'Whole numbers are cut off towards zero and held in the range of their type, NaN becomes 0; bool is whether an element differs from 0.',
    }),
  },
  outputs: { tensor: pin.rule<Tensor>({ kind: 'cast', pin: 'tensor', dtype: 'dtype' }) },
  run({ tensor, dtype }, ctx) {
    if (tensor.is('string')) {
      throw new WeftError('E_VALUE', `${tensor} holds text, which is no number: wire a tensor of numbers.`, {
        pin: 'tensor',
      });
    }
    // Sound: every type but string, which has been dealt with, is numeric.
    return { tensor: tensor.dtype === dtype ? tensor : cast(tensor as Tensor<NumericDType>, dtype, ctx) };
  },
});

function cast({ shape, data }: Tensor<NumericDType>, dtype: NumericDType, ctx: NodeContext): Tensor {
  const result = ctx.tensor(dtype, shape);
  const convert = conversionTo(dtype);
  const target = result.data as { [index: number]: number | bigint };
  for (let i = 0; i < data.length; i++) target[i] = convert(data[i]);
  return result;
}

/** Least and largest whole number of each type. */
const RANGES: { readonly [D in NumericDType]?: readonly [number, number] } = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
};
const WIDE_RANGES: { readonly [D in NumericDType]?: readonly [bigint, bigint] } = {
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

function conversionTo(dtype: NumericDType): (value: number | bigint) => number | bigint {
  if (dtype === 'bool') return (value) => (Number(value) === 0 || Number.isNaN(value) ? 0 : 1);
  const range = RANGES[dtype];
  if (range !== undefined) return (value) => clamp(wholeOf(Number(value)), ...range);
  const wide = WIDE_RANGES[dtype];
  if (wide !== undefined) return (value) => clamp(typeof value === 'bigint' ? value : bigOf(value, wide), ...wide);
  return Number;
}

function wholeOf(value: number): number {
  return Number.isNaN(value) ? 0 : Math.trunc(value);
}

function bigOf(value: number, [least, most]: readonly [bigint, bigint]): bigint {
  if (Number.isFinite(value)) return BigInt(Math.trunc(value));
  return Number.isNaN(value) ? 0n : value < 0 ? least : most;
}

function clamp<T extends number | bigint>(value: T, least: T, most: T): T {
  return value < least ? least : value > most ? most : value;
}
