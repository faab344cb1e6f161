import { type DType, defineNode, type Image, type ImageChannels, pin, type Tensor, WeftError } from 'weft';
import { WHITE } from './shared/white.ts';

const LAYOUTS = ['nchw', 'nhwc', 'chw', 'hwc', 'hw'] as const;
type Layout = (typeof LAYOUTS)[number];

export default defineNode({
  type: 'image/from-tensor',
  version: 1,
  title: 'Tensor to image',
  summary: 'Turns a tensor that a model gives into a picture.',
  keywords: ['postprocess', 'output', 'convert', 'denormalize', 'super-resolution', 'enhance', 'picture'],
  inputs: {
    tensor: pin.tensor({ description: 'One picture of 1, 3 or 4 channels.' }),
    layout: pin.enum(LAYOUTS, {
      default: 'nchw',
      description: 'Order of the axes: n batch of 1, c channels, h rows, w columns.',
    }),
    channels: pin.enum(['rgb', 'bgr'], { default: 'rgb', description: 'Order of the colours in the tensor.' }),
    scale: pin.number({
      default: 255,
      description: 'Numbers are multiplied by it to get samples of 0–255: 255 for numbers of 0–1, 1 for samples.',
    }),
    depth: pin.enum(['u8', 'u16', 'f32'], {
      default: 'u8',
      description: 'How finely the picture tells brightness apart.',
    }),
  },
  outputs: { image: pin.image({ description: 'What lies beyond black and white is cut off.' }) },
  run({ tensor, layout, channels: order, scale, depth }, ctx) {
    const axes = axesOf(tensor, layout);
    const image = ctx.image(depth, axes.width, axes.height, axes.channels);
    // Sound: text was refused, and every other element is a number or a bigint.
    const numbers = tensor.data as ArrayLike<number | bigint>;
    const { data, width, height, channels }: Image = image;
    const white = WHITE[depth];
    const unit = (scale / 255) * white;
    const rounding = depth === 'f32' ? 0 : 0.5;
    for (let channel = 0; channel < channels; channel++) {
      const from = order === 'bgr' && channel < 3 && channels > 1 ? 2 - channel : channel;
      for (let y = 0; y < height; y++) {
        let at = from * axes.channelStride + y * axes.rowStride;
        for (let to = y * width * channels + channel; to < (y + 1) * width * channels; to += channels) {
          data[to] = Math.min(Math.max(Number(numbers[at]) * unit, 0), white) + rounding;
          at += axes.columnStride;
        }
      }
    }
    return { image };
  },
});

interface Axes {
  readonly width: number;
  readonly height: number;
  readonly channels: ImageChannels;
  /** Elements from one to the next along each axis. */
  readonly channelStride: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

function axesOf(tensor: Tensor<DType>, layout: Layout): Axes {
  const { shape } = tensor;
  const length = (axis: string) => (layout.includes(axis) ? shape[layout.indexOf(axis)] : 1);
  const [width, height, channels] = [length('w'), length('h'), length('c')];
  const isPicture = shape.length === layout.length && length('n') === 1 && width > 0 && height > 0;
  if (!isPicture || !isChannels(channels) || tensor.is('string')) {
    throw new WeftError(
      'E_VALUE',
      `${tensor} is not one picture of 1, 3 or 4 channels in the layout ${layout}: choose its layout, or wire another tensor.`,
      { pin: 'tensor' },
    );
  }
  return layout.endsWith('chw')
    ? { width, height, channels, channelStride: width * height, rowStride: width, columnStride: 1 }
    : { width, height, channels, channelStride: 1, rowStride: width * channels, columnStride: channels };
}

function isChannels(count: number): count is ImageChannels {
  return count === 1 || count === 3 || count === 4;
}
