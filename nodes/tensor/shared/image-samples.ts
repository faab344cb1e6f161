import { type DType, type Image, NUMERIC_ARRAYS, type NumericDType, type Tensor, WeftError } from 'weft';
import { luma } from '../../image/shared/luma.ts';

/** Where one channel of a tensor comes from and what becomes of its samples. */
export interface ChannelSource {
  /** Gives the sample of a pixel on the scale of 8-bit pictures, 0–255; `channel` of the picture, or their luma. */
  readonly channel: number | 'luma';
  /** From 0–255 to the tensor's number. */
  readonly convert: (sample: number) => number;
}

/** Writes pixels that follow each other in a picture into a tensor, the first of them as its pixel `first`. */
export type SampleWriter = (samples: Image['data'], first: number) => void;

/**
 * Writes samples of pictures of one depth and number of channels into a tensor, reading and writing each once.
 * @param planar channel by channel (`chw`) rather than pixel by pixel (`hwc`).
 */
export function sampleWriter(
  { depth, channels }: Pick<Image, 'depth' | 'channels'>,
  tensor: Tensor<NumericDType>,
  sources: readonly ChannelSource[],
  planar: boolean,
): SampleWriter {
  // Floats and small integers only: int64 never holds samples.
  const target = tensor.data as Float32Array;
  const pixels = target.length / sources.length;
  const step = planar ? 1 : sources.length;
  const [first, second, third] = sources.map(({ channel }) => channel);
  if (planar && depth !== 'f32' && isChannel(first) && isChannel(second) && isChannel(third)) {
    const tables = sources.map(({ convert }) => tableOf(depth, tensor.dtype, convert));
    return (samples, at) => writePlanes(samples, channels, first, second, third, target, tables, at, pixels);
  }
  const writers = sources.map(({ channel, convert }, index): SampleWriter => {
    const start = planar ? index * pixels : index;
    if (channel === 'luma') {
      return (samples, first) => writeLuma(samples, channels, UNIT[depth], target, convert, start + first * step, step);
    }
    if (depth === 'f32') {
      return (samples, first) => writeEach(samples, channel, channels, target, convert, start + first * step, step);
    }
    const table = tableOf(depth, tensor.dtype, convert);
    return (samples, first) => writeByTable(samples, channel, channels, target, table, start + first * step, step);
  });
  return (samples, first) => {
    for (const write of writers) write(samples, first);
  };
}

/** Which channels of a picture make those of a tensor. */
export type ChannelOrder = 'rgb' | 'bgr' | 'grey';

/** One source a converter: a grey picture gives equal channels, colours give their luma, transparency is left out. */
export function channelSources(
  { channels }: Pick<Image, 'channels'>,
  order: ChannelOrder,
  converts: readonly ChannelSource['convert'][],
): ChannelSource[] {
  return converts.map((convert, index) => {
    const channel = channels === 1 ? 0 : { rgb: index, bgr: 2 - index, grey: 'luma' as const }[order];
    return { channel, convert };
  });
}

/** `(sample ÷ scale − mean) ÷ std`, for each of `count` channels; one mean or std stands for all. @throws E_VALUE */
export function normalizations(
  count: number,
  scale: number,
  mean: readonly number[],
  std: readonly number[],
): readonly ((sample: number) => number)[] {
  for (const [pin, values] of Object.entries({ mean, std })) {
    if (values.length !== 1 && values.length !== count) {
      throw new WeftError(
        'E_VALUE',
        `${pin} has ${values.length} numbers for ${count} channels: give one number, or one a channel.`,
        { pin },
      );
    }
  }
  if (scale === 0)
    throw new WeftError('E_VALUE', 'scale is 0: samples are divided by it, so choose another.', { pin: 'scale' });
  if (std.includes(0))
    throw new WeftError('E_VALUE', 'std has a 0: samples are divided by it, so use 1.', { pin: 'std' });
  return Array.from({ length: count }, (_, channel) => {
    const channelMean = mean[mean.length === 1 ? 0 : channel];
    const channelStd = std[std.length === 1 ? 0 : channel];
    return (sample) => (sample / scale - channelMean) / channelStd;
  });
}

/** What one step of a sample is worth on the scale 0–255. */
const UNIT = { u8: 1, u16: 255 / 65535, f32: 255 };

type Convert = ChannelSource['convert'];

/** What becomes of each sample of a picture: 256 or 65,536 numbers. */
export function tableOf(depth: 'u8' | 'u16', dtype: DType & NumericDType, convert: Convert): Float32Array {
  const table = new NUMERIC_ARRAYS[dtype](depth === 'u8' ? 256 : 65536) as Float32Array;
  for (let sample = 0; sample < table.length; sample++) table[sample] = convert(sample * UNIT[depth]);
  return table;
}

function isChannel(channel: ChannelSource['channel'] | undefined): channel is number {
  return typeof channel === 'number';
}

/** Three planes at once: the case of every frame of a detection graph, three times as fast as one after the other. */
function writePlanes(
  samples: Image['data'],
  channels: number,
  first: number,
  second: number,
  third: number,
  target: Float32Array,
  [table, secondTable, thirdTable]: readonly Float32Array[],
  at: number,
  plane: number,
) {
  for (let from = 0, to = at; from < samples.length; from += channels, to++) {
    target[to] = table[samples[from + first]];
    target[to + plane] = secondTable[samples[from + second]];
    target[to + 2 * plane] = thirdTable[samples[from + third]];
  }
}

function writeByTable(
  samples: Image['data'],
  channel: number,
  channels: number,
  target: Float32Array,
  table: Float32Array,
  to: number,
  step: number,
) {
  for (let from = channel; from < samples.length; from += channels, to += step) target[to] = table[samples[from]];
}

function writeEach(
  samples: Image['data'],
  channel: number,
  channels: number,
  target: Float32Array,
  convert: Convert,
  to: number,
  step: number,
) {
  for (let from = channel; from < samples.length; from += channels, to += step)
    target[to] = convert(samples[from] * 255);
}

function writeLuma(
  samples: Image['data'],
  channels: number,
  unit: number,
  target: Float32Array,
  convert: Convert,
  to: number,
  step: number,
) {
  for (let from = 0; from < samples.length; from += channels, to += step) {
    target[to] = convert(luma(samples[from], samples[from + 1], samples[from + 2]) * unit);
  }
}
