import { type DType, type Image, NUMERIC_ARRAYS, type NumericDType, type Tensor, WeftError } from 'weft';

/** Where one channel of a tensor comes from and what becomes of its samples. */
export interface ChannelSource {
  /** Gives the sample of a pixel on the scale of 8-bit pictures, 0–255; `channel` of the picture, or their luma. */
  readonly channel: number | 'luma';
  /** From 0–255 to the tensor's number. */
  readonly convert: (sample: number) => number;
}

/**
 * Writes the samples of a picture into a tensor, reading and writing each once.
 * @param planar channel by channel (`chw`) rather than pixel by pixel (`hwc`).
 */
export function writeSamples(
  image: Image,
  tensor: Tensor<NumericDType>,
  channels: readonly ChannelSource[],
  planar: boolean,
): void {
  const pixels = image.width * image.height;
  channels.forEach((source, index) => {
    const start = planar ? index * pixels : index;
    const step = planar ? 1 : channels.length;
    // Floats and small integers only: int64 never holds samples.
    const target = tensor.data as Float32Array;
    if (source.channel === 'luma') writeLuma(image, target, source.convert, start, step);
    else if (image.depth === 'f32') writeEach(image, source.channel, target, source.convert, start, step);
    else writeByTable(image, source.channel, target, tableOf(image.depth, tensor.dtype, source.convert), start, step);
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

function tableOf(depth: 'u8' | 'u16', dtype: DType & NumericDType, convert: Convert): Float32Array {
  const table = new NUMERIC_ARRAYS[dtype](depth === 'u8' ? 256 : 65536) as Float32Array;
  for (let sample = 0; sample < table.length; sample++) table[sample] = convert(sample * UNIT[depth]);
  return table;
}

function writeByTable(
  image: Image,
  channel: number,
  target: Float32Array,
  table: Float32Array,
  to: number,
  step: number,
) {
  const { data, channels } = image;
  for (let from = channel; from < data.length; from += channels, to += step) target[to] = table[data[from]];
}

function writeEach(image: Image, channel: number, target: Float32Array, convert: Convert, to: number, step: number) {
  const { data, channels } = image;
  for (let from = channel; from < data.length; from += channels, to += step) target[to] = convert(data[from] * 255);
}

function writeLuma(image: Image, target: Float32Array, convert: Convert, to: number, step: number) {
  const { data, channels } = image;
  const unit = UNIT[image.depth];
  for (let from = 0; from < data.length; from += channels, to += step) {
    // ITU-R BT.601, as OpenCV and Pillow turn RGB to grey.
    target[to] = convert((0.299 * data[from] + 0.587 * data[from + 1] + 0.114 * data[from + 2]) * unit);
  }
}
