import { type DType, defineNode, elementCount, type NodeContext, pin, Tensor, WeftError } from 'weft';

export default defineNode({
  type: 'tensor/transpose',
  version: 1,
  title: 'Transpose',
  summary: 'Puts the axes of a tensor into another order, as from height, width, channels to channels, height, width.',
  keywords: ['permute', 'axes', 'hwc', 'chw', 'layout', 'swap', 'reorder'],
  inputs: {
    tensor: pin.tensor(),
    order: pin.list(pin.integer({ min: 0 }), {
      default: [2, 0, 1],
      description: 'For each axis of the result, which axis of the tensor it is; [2, 0, 1] makes CHW of HWC.',
    }),
  },
  outputs: { tensor: pin.rule<Tensor>({ kind: 'permuted', pin: 'tensor', order: 'order' }) },
  run({ tensor, order }, ctx) {
    const rank = tensor.shape.length;
    if (order.length !== rank || new Set(order).size !== rank || order.some((axis) => !(axis in tensor.shape))) {
      throw new WeftError(
        'E_VALUE',
        `The order [${order}] does not fit ${tensor}: list each axis from 0 to ${rank - 1} once.`,
        { pin: 'order' },
      );
    }
    const strides = rowMajorStrides(tensor.shape);
    const shape = order.map((axis) => tensor.shape[axis]);
    const result = allocate(tensor.dtype, shape, ctx);
    copyStrided(
      tensor.data,
      result.data,
      shape,
      order.map((axis) => strides[axis]),
    );
    return { tensor: result };
  },
});

/** Elements between neighbours along each axis. */
function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

function allocate(dtype: DType, shape: readonly number[], ctx: NodeContext): Tensor {
  return dtype === 'string'
    ? new Tensor('string', shape, new Array<string>(elementCount(shape)).fill(''))
    : ctx.tensor(dtype, shape);
}

/** Fills `target` in its own order from elements of `source` that lie `strides` apart along each axis. */
function copyStrided(
  source: ArrayLike<unknown>,
  target: { readonly length: number; [index: number]: unknown },
  shape: readonly number[],
  strides: readonly number[],
): void {
  const last = shape.length - 1;
  const length = last < 0 ? 1 : shape[last];
  const step = last < 0 ? 0 : strides[last];
  const position = new Array<number>(Math.max(last, 0)).fill(0);
  let from = 0;
  for (let to = 0; to < target.length; to += length) {
    for (let i = 0; i < length; i++) target[to + i] = source[from + i * step];
    // Counts up like an odometer: the last but one axis turns fastest.
    for (let axis = last - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++position[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      position[axis] = 0;
    }
  }
}
