import { describe, expect, test } from 'vitest';
import { signatureOf } from '../../../src/shared/node-api/signature.ts';
import { defineNode, pin } from '../../../src/shared/node-api/weft.ts';
import type { ModelSignature, PinType, PinTypeRule } from '../../../src/shared/types/pin-type.ts';
import { describePinType } from '../../../src/shared/types/pin-type-text.ts';
import { type Arriving, flowTypes } from '../../../src/shared/types/type-flow.ts';

type Pins = Parameters<typeof defineNode>[0]['inputs'];

function signature(inputs: Pins, outputs: Pins) {
  const header = { type: 'test/node', version: 1, title: 'Node', summary: '' };
  return signatureOf(defineNode({ ...header, inputs, outputs, run: () => ({}) as never }));
}

const rule = (type: PinTypeRule) => pin.rule<unknown>(type);
const nothing: Arriving = { type: null };
const image = (width: number | null, height: number | null, channels: number | null): Arriving => ({
  type: { kind: 'image', width, height, channels },
});
const tensor = (...shape: (number | string | null)[]): Arriving => ({
  type: { kind: 'tensor', dtype: 'float32', shape },
});
const described = (types: readonly PinType[]) => types.map(describePinType);

describe('types flow through a node', () => {
  const letterbox = signature(
    { image: pin.image({ channels: 'c' }), width: pin.integer(), height: pin.integer() },
    { image: pin.image({ width: 'width', height: 'height', channels: 'c' }) },
  );

  test('literals and what arrives give the dimensions of the outputs', () => {
    const flow = flowTypes(letterbox, [image(1280, 853, 3), { type: null, value: 640 }, { type: null, value: 480 }]);
    expect(described(flow.outputs)).toEqual(['image 640×480×3']);
    expect(flow.verdicts).toEqual([{ ok: true, conversion: null, open: false }, null, null]);
  });

  test('a number that is known to come through a wire gives a dimension too', () => {
    const wired: Arriving = { type: { kind: 'integer' }, value: 320 };
    expect(described(flowTypes(letterbox, [image(1, 1, 1), wired, wired]).outputs)).toEqual(['image 320×320×1']);
  });

  test('what is not known stays unknown, and no name of a pin leaves the node', () => {
    const flow = flowTypes(letterbox, [image(null, null, null), { type: { kind: 'integer' } }, nothing]);
    expect(described(flow.outputs)).toEqual(['image']);
  });

  test('a symbol of the outputs alone is told to those that follow', () => {
    const boxes = signature({}, { boxes: pin.tensor({ dtype: 'float32', shape: ['N', 4] }) });
    expect(described(flowTypes(boxes, []).outputs)).toEqual(['float32[N,4]']);
  });

  test('expressions are worked out', () => {
    const half = { op: 'floor' as const, args: [{ op: '/' as const, args: ['w', 2] }] };
    const shrink = signature({ image: pin.image({ width: 'w' }) }, { image: pin.image({ width: half }) });
    expect(described(flowTypes(shrink, [image(641, 480, 3)]).outputs)).toEqual(['image 320×?×?']);
  });

  test('a symbol that stands twice has to be the same number twice', () => {
    const square = signature({ a: pin.tensor({ shape: ['N', 'N'] }) }, { trace: pin.number() });
    expect(flowTypes(square, [tensor(3, 3)]).verdicts[0]).toMatchObject({ ok: true });
    expect(flowTypes(square, [tensor(3, 4)]).verdicts[0]).toMatchObject({ ok: false });
  });

  test('two inputs with the same symbol have to agree', () => {
    const add = signature(
      { a: pin.tensor({ shape: ['N'] }), b: pin.tensor({ shape: ['N'] }) },
      { sum: pin.tensor({ shape: ['N'] }) },
    );
    expect(flowTypes(add, [tensor(3), tensor(4)]).verdicts.map((verdict) => verdict?.ok)).toEqual([true, false]);
    expect(described(flowTypes(add, [tensor(null), tensor(4)]).outputs)).toEqual(['tensor[4]']);
  });

  test('what is refused says nothing about the outputs', () => {
    const node = signature({ a: pin.tensor({ dtype: 'uint8', shape: ['N'] }) }, { b: pin.tensor({ shape: ['N'] }) });
    const flow = flowTypes(node, [tensor(7)]);
    expect(flow.verdicts[0]).toMatchObject({ ok: false });
    expect(described(flow.outputs)).toEqual(['tensor[?]']);
  });

  test('symbols from another node are not taken for those of this one', () => {
    const pass = signature({ n: pin.integer(), value: pin.any() }, { value: rule({ kind: 'same-as', pin: 'value' }) });
    expect(described(flowTypes(pass, [{ type: null, value: 5 }, tensor('n', 2)]).outputs)).toEqual(['float32[?,2]']);
  });

  test('rules about other inputs', () => {
    const outputs = {
      same: rule({ kind: 'same-as', pin: 'a' }),
      list: rule({ kind: 'list-of', pin: 'a' }),
      element: rule({ kind: 'element-of', pin: 'b' }),
    };
    const node = signature({ a: pin.any(), b: pin.any() }, outputs);
    const list: Arriving = { type: { kind: 'list', of: { kind: 'path' } } };
    expect(described(flowTypes(node, [image(1, 2, 3), list]).outputs)).toEqual([
      'image 1×2×3',
      'list of image 1×2×3',
      'path',
    ]);
    expect(described(flowTypes(node, [{ type: null, value: 5 }, nothing]).outputs)).toEqual([
      'integer',
      'list of integer',
      'any value',
    ]);
  });

  test('an input may have to be like another', () => {
    const select = signature({ a: pin.any(), b: rule({ kind: 'same-as', pin: 'a' }) }, {});
    expect(flowTypes(select, [image(1, 1, 3), { type: { kind: 'number' } }]).verdicts[1]).toMatchObject({ ok: false });
  });

  test('a type may be written in an input', () => {
    const input = signature({ type: pin.string() }, { value: rule({ kind: 'declared-by', pin: 'type' }) });
    expect(described(flowTypes(input, [{ type: null, value: 'list<path>' }]).outputs)).toEqual(['list of path']);
    expect(described(flowTypes(input, [{ type: null, value: 'nonsense' }]).outputs)).toEqual(['any value']);
  });

  test('an input may choose among types, and what they share is known without it', () => {
    const types = {
      nchw: { kind: 'tensor', dtype: 'float32', shape: [1, 3, 'h', 'w'] },
      nhwc: { kind: 'tensor', dtype: 'float32', shape: [1, 'h', 'w', 3] },
    } as const;
    const inputs = { image: pin.image({ width: 'w', height: 'h' }), layout: pin.enum(['nchw', 'nhwc']) };
    const node = signature(inputs, { tensor: rule({ kind: 'chosen-by', pin: 'layout', types }) });
    const flowed = (layout: Arriving) => described(flowTypes(node, [image(640, 480, 3), layout]).outputs);
    expect(flowed({ type: null, value: 'nhwc' })).toEqual(['float32[1,480,640,3]']);
    expect(flowed({ type: { kind: 'string' } })).toEqual(['float32[1,?,?,?]']);
  });

  test('axes are put in another order or added', () => {
    const transpose = signature(
      { tensor: pin.tensor(), order: pin.list(pin.integer()) },
      { tensor: rule({ kind: 'permuted', pin: 'tensor', order: 'order' }) },
    );
    const flowed = (order: readonly number[]) =>
      described(flowTypes(transpose, [tensor(640, 480, 3), { type: null, value: order }]).outputs);
    expect(flowed([2, 0, 1])).toEqual(['float32[3,640,480]']);
    expect(flowed([0, 0, 1])).toEqual(['float32[…]']);
    expect(flowed([0, 1])).toEqual(['float32[…]']);
    const batch = signature({ tensor: pin.tensor() }, { tensor: rule({ kind: 'batched', pin: 'tensor' }) });
    expect(described(flowTypes(batch, [tensor(3, 'N')]).outputs)).toEqual(['float32[1,3,N]']);
  });

  test('elements take the type that an input names, the shape stays', () => {
    const cast = signature(
      { tensor: pin.tensor(), dtype: pin.enum(['uint8', 'float16']) },
      { tensor: rule({ kind: 'cast', pin: 'tensor', dtype: 'dtype' }) },
    );
    const flowed = (dtype?: string) => described(flowTypes(cast, [tensor(1, 3), { type: null, value: dtype }]).outputs);
    expect(flowed('float16')).toEqual(['float16[1,3]']);
    expect(flowed()).toEqual(['tensor[1,3]']);
  });

  test("a model's own signature gives the types of its tensors", () => {
    const yolo: ModelSignature = {
      inputs: [{ name: 'images', dtype: 'float32', shape: ['batch', 3, 640, 640] }],
      outputs: [{ name: 'output0', dtype: 'float32', shape: ['batch', 84, 8400] }],
    };
    const load = signature({ path: pin.path() }, { model: rule({ kind: 'model-file', pin: 'path' }) });
    const read = (path: string) => (path === 'yolo.onnx' ? yolo : undefined);
    const [model] = flowTypes(load, [{ type: null, value: 'yolo.onnx' }], read).outputs;
    expect(model).toEqual({ kind: 'model', signature: yolo });
    expect(flowTypes(load, [{ type: null, value: 'other.onnx' }], read).outputs).toEqual([{ kind: 'model' }]);

    const infer = signature(
      { model: pin.model(), input: rule({ kind: 'model-input', pin: 'model', index: 0 }) },
      {
        output: rule({ kind: 'model-output', pin: 'model', index: 0 }),
        second: rule({ kind: 'model-output', pin: 'model', index: 1 }),
      },
    );
    const flow = flowTypes(infer, [{ type: model }, tensor(1, 3, 320, 320)]);
    expect(described(flow.inputs)).toEqual(['model', 'float32[batch,3,640,640]']);
    expect(described(flow.outputs)).toEqual(['float32[batch,84,8400]', 'tensor']);
    expect(flow.verdicts[1]).toMatchObject({ ok: false });
  });
});
