import { type DType, Tensor } from '../../src/shared/node-api/tensor.ts';
import { buildModel, type NodeSpec } from './build-model.ts';

/** `output` = `input`, whatever the dtype and the shape; names and nulls in the shape leave it open. */
export function identityModel(dtype: DType, shape: readonly (number | string | null)[]): Uint8Array {
  return buildModel({
    inputs: [{ name: 'input', dtype, shape }],
    outputs: [{ name: 'output', dtype, shape }],
    nodes: [{ op: 'Identity', inputs: ['input'], outputs: ['output'] }],
  });
}

/** `product` float32[rows,columns] = `a` float32[rows,inner] × `b` float32[inner,columns]. */
export function matMulModel(rows: number, inner: number, columns: number): Uint8Array {
  return buildModel({
    inputs: [
      { name: 'a', dtype: 'float32', shape: [rows, inner] },
      { name: 'b', dtype: 'float32', shape: [inner, columns] },
    ],
    outputs: [{ name: 'product', dtype: 'float32', shape: [rows, columns] }],
    nodes: [{ op: 'MatMul', inputs: ['a', 'b'], outputs: ['product'] }],
  });
}

/** `sum` = `input` + `addend` in every element; the batch is open. */
export function addModel(addend: number, columns = 4): Uint8Array {
  return buildModel({
    inputs: [{ name: 'input', dtype: 'float32', shape: ['batch', columns] }],
    outputs: [{ name: 'sum', dtype: 'float32', shape: ['batch', columns] }],
    nodes: [{ op: 'Add', inputs: ['input', 'addend'], outputs: ['sum'] }],
    initializers: [floats('addend', [1], [addend])],
  });
}

/** `sum` and `difference` of `left` and `right`, float32[4] each; `count` int64[1] is their length. */
export function severalPortsModel(): Uint8Array {
  return buildModel({
    inputs: [
      { name: 'left', dtype: 'float32', shape: [4] },
      { name: 'right', dtype: 'float32', shape: [4] },
    ],
    outputs: [
      { name: 'sum', dtype: 'float32', shape: [4] },
      { name: 'difference', dtype: 'float32', shape: [4] },
      { name: 'count', dtype: 'int64', shape: [1] },
    ],
    nodes: [
      { op: 'Add', inputs: ['left', 'right'], outputs: ['sum'] },
      { op: 'Sub', inputs: ['left', 'right'], outputs: ['difference'] },
      { op: 'Shape', inputs: ['left'], outputs: ['count'] },
    ],
  });
}

/** `indices` int64[1,count]: where `input` float32[length] is not zero, so the shape depends on the values. */
export function nonZeroModel(length: number): Uint8Array {
  return buildModel({
    inputs: [{ name: 'input', dtype: 'float32', shape: [length] }],
    outputs: [{ name: 'indices', dtype: 'int64', shape: [1, 'count'] }],
    nodes: [{ op: 'NonZero', inputs: ['input'], outputs: ['indices'] }],
  });
}

/**
 * `output` = `input` float32[256,256] after `steps` multiplications by the identity matrix, one after the other: each
 * takes about half a millisecond on one thread, so `steps` says how long a run lasts. `batch` are further axes in front of the
 * matrix.
 */
export function slowModel(steps: number, batch: readonly number[] = []): Uint8Array {
  const size = 256;
  const identity = new Float32Array(size * size);
  for (let i = 0; i < size; i++) identity[i * size + i] = 1;
  const matrix = { dtype: 'float32', shape: [...batch, size, size] } as const;
  return buildModel({
    inputs: [{ name: 'input', ...matrix }],
    outputs: [{ name: 'output', ...matrix }],
    nodes: [
      {
        op: 'Loop',
        inputs: ['steps', '', 'input'],
        outputs: ['output'],
        attributes: {
          body: {
            graph: {
              inputs: [
                { name: 'step', dtype: 'int64', shape: [] },
                { name: 'go_on', dtype: 'bool', shape: [] },
                { name: 'state', ...matrix },
              ],
              outputs: [
                { name: 'go_on_next', dtype: 'bool', shape: [] },
                { name: 'state_next', ...matrix },
              ],
              nodes: [
                { op: 'Identity', inputs: ['go_on'], outputs: ['go_on_next'] },
                { op: 'MatMul', inputs: ['state', 'identity'], outputs: ['state_next'] },
              ],
            },
          },
        },
      },
    ],
    initializers: [
      { name: 'steps', tensor: new Tensor('int64', [], BigInt64Array.of(BigInt(steps))) },
      { name: 'identity', tensor: new Tensor('float32', [size, size], identity) },
    ],
  });
}

/** Runs, and gives NaN in every element: its weight is NaN. */
export function nanModel(): Uint8Array {
  return addModel(Number.NaN);
}

/** Valid, and ends the process that runs it: the binding of ONNX Runtime cannot carry an int4 output. */
export function int4OutputModel(): Uint8Array {
  return buildModel({
    inputs: [{ name: 'input', dtype: 'float32', shape: [4] }],
    outputs: [{ name: 'output', dtype: 'int4', shape: [4] }],
    nodes: [{ op: 'Cast', inputs: ['input'], outputs: ['output'], attributes: { to: { int: 22 } } }],
    opset: 21,
    irVersion: 10,
  });
}

/** `text` string[count]: `input` float32[count] as decimal text. */
export function stringOutputModel(): Uint8Array {
  return buildModel({
    inputs: [{ name: 'input', dtype: 'float32', shape: ['count'] }],
    outputs: [{ name: 'text', dtype: 'string', shape: ['count'] }],
    nodes: [{ op: 'Cast', inputs: ['input'], outputs: ['text'], attributes: { to: { int: 8 } } }],
  });
}

/** `parts`: `input` float32[4] cut into a sequence of four tensors. */
export function sequenceOutputModel(): Uint8Array {
  return buildModel({
    inputs: [{ name: 'input', dtype: 'float32', shape: [4] }],
    outputs: [{ name: 'parts', sequenceOf: { dtype: 'float32', shape: [1] } }],
    nodes: [{ op: 'SplitToSequence', inputs: ['input'], outputs: ['parts'] }],
  });
}

/** Uses the operator `Entangle` of the domain `com.example`, which nobody has. */
export function customOperatorModel(): Uint8Array {
  return buildModel({
    inputs: [{ name: 'input', dtype: 'float32', shape: [4] }],
    outputs: [{ name: 'output', dtype: 'float32', shape: [4] }],
    nodes: [{ op: 'Entangle', domain: 'com.example', inputs: ['input'], outputs: ['output'] }],
    domains: { 'com.example': 1 },
  });
}

/** Adds a float32[4] weight that lies in another file, `file`, relative to the model's folder. */
export function externalDataModel(file: string): Uint8Array {
  return buildModel({
    inputs: [{ name: 'input', dtype: 'float32', shape: [4] }],
    outputs: [{ name: 'sum', dtype: 'float32', shape: [4] }],
    nodes: [{ op: 'Add', inputs: ['input', 'weight'], outputs: ['sum'] }],
    initializers: [{ name: 'weight', dtype: 'float32', shape: [4], file }],
  });
}

/**
 * Finds pure red, green and blue squares of 32 × 32 pixels on a picture of 320 × 320, in the output layout of YOLOv8:
 * `images` float32[1,3,320,320], RGB 0–1, gives `output0` float32[1,7,1369], where a column is centre x, centre y,
 * width, height in pixels of the input and the scores of red, green and blue. A column stands for a window of 32 × 32
 * that moves by 8; its score is 1 on a square, 0.5 when moved by 8, and 0 when half of the window or more is something else.
 * So a square whose corner lies on a multiple of 8 gives one detection of score 1 after suppression.
 */
export function squareDetectorModel(): Uint8Array {
  const side = 32;
  const stride = 8;
  const cells = (320 - side) / stride + 1;
  const count = cells * cells;
  const boxes = new Float32Array(4 * count);
  for (let i = 0; i < count; i++) {
    boxes[i] = (i % cells) * stride + side / 2;
    boxes[count + i] = Math.floor(i / cells) * stride + side / 2;
    boxes[2 * count + i] = side;
    boxes[3 * count + i] = side;
  }
  const nodes: NodeSpec[] = [
    {
      op: 'AveragePool',
      inputs: ['images'],
      outputs: ['mean'],
      attributes: { kernel_shape: { ints: [side, side] }, strides: { ints: [stride, stride] } },
    },
    { op: 'Conv', inputs: ['mean', 'contrast', 'offset'], outputs: ['contrasted'] },
    { op: 'Clip', inputs: ['contrasted', 'zero', 'one'], outputs: ['score_map'] },
    { op: 'Reshape', inputs: ['score_map', 'flat'], outputs: ['scores'] },
    { op: 'Concat', inputs: ['boxes', 'scores'], outputs: ['output0'], attributes: { axis: { int: 1 } } },
  ];
  return buildModel({
    inputs: [{ name: 'images', dtype: 'float32', shape: [1, 3, 320, 320] }],
    outputs: [{ name: 'output0', dtype: 'float32', shape: [1, 7, count] }],
    nodes,
    initializers: [
      floats('contrast', [3, 3, 1, 1], [2, -2, -2, -2, 2, -2, -2, -2, 2]),
      floats('offset', [3], [-1, -1, -1]),
      floats('zero', [], [0]),
      floats('one', [], [1]),
      { name: 'flat', tensor: new Tensor('int64', [3], BigInt64Array.of(1n, 3n, BigInt(count))) },
      { name: 'boxes', tensor: new Tensor('float32', [1, 4, count], boxes) },
    ],
    metadata: {
      task: 'detect',
      stride: String(stride),
      imgsz: '[320, 320]',
      names: "{0: 'red', 1: 'green', 2: 'blue'}",
    },
  });
}

function floats(name: string, shape: readonly number[], values: readonly number[]) {
  return { name, tensor: new Tensor('float32', shape, Float32Array.from(values)) };
}

/**
 * Doubles pictures of one channel: `input` float32[batch,1,height,width] gives `output` float32[batch,1,2 × height,
 * 2 × width], through two convolutions with fixed weights, which see 3 pixels far.
 */
export function enlargingModel(height: number, width: number): Uint8Array {
  let state = 7;
  const weights = (count: number, scale: number) =>
    Array.from({ length: count }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state / 2 ** 32 - 0.4) * scale;
    });
  return buildModel({
    inputs: [{ name: 'input', dtype: 'float32', shape: ['batch', 1, height, width] }],
    outputs: [{ name: 'output', dtype: 'float32', shape: ['batch', 1, height * 2, width * 2] }],
    nodes: [
      { op: 'Conv', inputs: ['input', 'wide'], outputs: ['seen'], attributes: { pads: { ints: [2, 2, 2, 2] } } },
      { op: 'Relu', inputs: ['seen'], outputs: ['positive'] },
      { op: 'Conv', inputs: ['positive', 'narrow'], outputs: ['parts'], attributes: { pads: { ints: [1, 1, 1, 1] } } },
      { op: 'DepthToSpace', inputs: ['parts'], outputs: ['output'], attributes: { blocksize: { int: 2 } } },
    ],
    initializers: [floats('wide', [8, 1, 5, 5], weights(200, 0.4)), floats('narrow', [4, 8, 3, 3], weights(288, 0.2))],
  });
}

/** Tells which of red, green and blue a picture of 32 × 32 has most of: `scores` float32[1,3] are their means. */
export function colourClassifierModel(): Uint8Array {
  return buildModel({
    inputs: [{ name: 'image', dtype: 'float32', shape: [1, 3, 32, 32] }],
    outputs: [{ name: 'scores', dtype: 'float32', shape: [1, 3] }],
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['image'], outputs: ['means'] },
      { op: 'Flatten', inputs: ['means'], outputs: ['scores'] },
    ],
  });
}
