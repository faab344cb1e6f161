import { basename } from 'node:path';
import { pictureForm } from '../../../nodes/model/shared/picture-input.ts';
import type { Graph, GraphNode, Point, Wire } from '../../shared/graph/document.ts';
import { FORMAT_VERSION } from '../../shared/graph/parse.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { ModelSignature, TensorPort } from '../../shared/types/pin-type.ts';

/** Between the left edges of nodes, and between the tops of nodes and of viewers above each other, in canvas units. */
const COLUMN = 270;
const ROW = 150;
const VIEWER_ROW = 420;

/**
 * A graph that loads a model of any kind, gives it a picture or tensors from files, and shows each of its outputs.
 * @param picture shown to a model that takes one
 */
export function plainGraph(model: string, picture: string, { inputs, outputs }: ModelSignature): Graph {
  const sketch = new Sketch();
  const bundled = inputs.slice(1);
  const takesIt = inputs.length > 0 && takesPicture(inputs[0]);
  const inferColumn = takesIt ? 4 : Math.max(2, bundled.length + 2);
  sketch.input('model', model, [0, ROW]);
  sketch.add('load', 'model/load@1', [COLUMN, ROW]);
  sketch.add('infer', 'model/infer@1', [COLUMN * inferColumn, 0]);
  sketch.wire('model.value', 'load.path');
  sketch.wire('load.model', 'infer.model');
  if (takesIt) preparePicture(sketch, inputs[0], picture);
  else if (inputs.length > 0) {
    sketch.file('input', inputs[0], [0, 0]);
    sketch.wire('read-input.tensor', 'infer.input');
  }
  for (const [index, port] of bundled.entries()) bundleFile(sketch, port, index);
  if (bundled.length > 0) sketch.wire(`bundle${bundled.length}.tensors`, 'infer.inputs');
  for (const [index, port] of outputs.entries()) show(sketch, port, index, inferColumn + 1);
  return { weft: FORMAT_VERSION, name: `Run ${basename(model, '.onnx')}`, nodes: sketch.nodes, wires: sketch.wires };
}

/** Whether "Image to tensor" makes what the port takes. */
function takesPicture({ shape, dtype }: TensorPort): boolean {
  const channels = pictureForm(shape)?.channels;
  return (channels === 1 || channels === 3) && (dtype === 'float32' || dtype === 'float16' || dtype === 'uint8');
}

function preparePicture(sketch: Sketch, { shape, dtype }: TensorPort, picture: string): void {
  const form = pictureForm(shape);
  sketch.input('image', picture, [0, 0]);
  sketch.add('read', 'image/read@1', [COLUMN, 0]);
  sketch.add('size', 'model/input-size@1', [COLUMN * 2, ROW + 70]);
  sketch.add('resize', 'image/resize@1', [COLUMN * 2, 0]);
  sketch.add('tensor', 'tensor/from-image@1', [COLUMN * 3, 0], {
    dtype,
    layout: form?.layout === 'hwc' ? 'nhwc' : 'nchw',
    channels: form?.channels === 1 ? 'grey' : 'rgb',
    scale: dtype === 'uint8' ? 1 : 255,
  });
  sketch.wire('image.value', 'read.path');
  sketch.wire('load.model', 'size.model');
  sketch.wire('read.image', 'resize.image');
  sketch.wire('size.width', 'resize.width');
  sketch.wire('size.height', 'resize.height');
  sketch.wire('resize.image', 'tensor.image');
  sketch.wire('tensor.tensor', 'infer.input');
}

/** A further input: a tensor from a file, which joins those before it in a bundle. */
function bundleFile(sketch: Sketch, port: TensorPort, index: number): void {
  const name = `input${index + 2}`;
  const bundle = `bundle${index + 1}`;
  const y = VIEWER_ROW + ROW * index;
  sketch.file(name, port, [0, y]);
  sketch.add(bundle, 'model/bundle@1', [COLUMN * (index + 2), y], { name: port.name });
  sketch.wire(`read-${name}.tensor`, `${bundle}.tensor`);
  if (index > 0) sketch.wire(`bundle${index}.tensors`, `${bundle}.tensors`);
}

function show(sketch: Sketch, port: TensorPort, index: number, firstColumn: number): void {
  const y = VIEWER_ROW * index;
  const number = index === 0 ? '' : `${index + 1}`;
  let column = firstColumn;
  let from = 'infer.output';
  if (index > 0) {
    sketch.add(`pick${number}`, 'model/pick@1', [COLUMN * column++, y], { name: port.name });
    sketch.wire('infer.outputs', `pick${number}.tensors`);
    from = `pick${number}.tensor`;
  }
  const picture = pictureForm(port.shape);
  if (picture !== undefined) {
    const layout = picture.layout === 'hwc' ? 'nhwc' : 'nchw';
    sketch.add(`picture${number}`, 'image/from-tensor@1', [COLUMN * column++, y], { layout });
    sketch.wire(from, `picture${number}.tensor`);
    from = `picture${number}.image`;
  }
  sketch.viewer(`output${number}`, port.name, [COLUMN * column, y]);
  sketch.wire(from, `output${number}.value`);
}

/** The nodes and wires of a document in the making. */
class Sketch {
  readonly nodes: GraphNode[] = [];
  readonly wires: Wire[] = [];

  add(id: string, type: string, at: Point, params?: Readonly<Record<string, JsonValue>>): void {
    this.nodes.push({ id, type, ...(params === undefined ? {} : { params }), ui: { at } });
  }

  input(name: string, path: string | null, at: Point): void {
    const params = { name, type: 'path', ...(path !== null && { default: path }) };
    this.nodes.push({ id: name, type: 'io/input@1', params, ui: { at, collapsed: true } });
  }

  /** A tensor from a file that the person is asked for. */
  file(name: string, port: TensorPort, [x, y]: Point): void {
    this.input(name, null, [x, y]);
    const ui = { at: [x + COLUMN, y], title: `Read ${port.name}` } as const;
    this.nodes.push({ id: `read-${name}`, type: 'tensor/read-npy@1', ui });
    this.wire(`${name}.value`, `read-${name}.path`);
  }

  viewer(name: string, title: string, at: Point): void {
    const ui = { at, title, size: [380, 300], viewer: true } as const;
    this.nodes.push({ id: name, type: 'io/output@1', params: { name }, ui });
  }

  wire(from: string, to: string): void {
    this.wires.push({ from, to });
  }
}
