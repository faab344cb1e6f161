import { describe, expect, test } from 'vitest';
import { Detections, Image, Keypoints, Mask, Model, ownSpace, Tensor } from '../../../src/shared/node-api/weft.ts';
import { parsePinType } from '../../../src/shared/types/pin-type-text.ts';
import { fits, typeOfValue } from '../../../src/shared/types/value-check.ts';
import { frameOf } from '../node-api/frames.ts';

function type(text: string) {
  const parsed = parsePinType(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.type;
}

const tensor = new Tensor('float32', [1, 2], new Float32Array(2));
const image = new Image('u8', 4, 2, 3, new Uint8Array(24));
const mask = new Mask(new Uint8Array(8), ownSpace(4, 2));
const detections = new Detections(new Float32Array(), new Float32Array(), new Int32Array(), [], ownSpace(4, 2));
const keypoints = new Keypoints(new Float32Array(10), new Float32Array(5), 5, ownSpace(4, 2));
const model = new Model({
  path: '/m.onnx',
  digest: '',
  signature: { inputs: [], outputs: [] },
  backend: 'cpu',
  metadata: {},
});
const frame = frameOf(4, 2);

const VALUES: Record<string, unknown> = {
  number: 0.5,
  integer: 3,
  boolean: true,
  'enum<a|b>': 'a',
  image,
  mask,
  tensor,
  detections,
  keypoints,
  model,
  frame,
  'list<image>': [image],
  bytes: new Uint8Array(1),
};

describe('a running value', () => {
  test('fits its own type and any', () => {
    for (const [text, value] of Object.entries(VALUES)) {
      expect([text, fits(value, type(text))]).toEqual([text, true]);
      expect([text, fits(value, { kind: 'any' })]).toEqual([text, true]);
    }
  });

  test.each<[string, unknown]>([
    ['number', '1'],
    ['integer', 2.5],
    ['boolean', 0],
    ['string', 5],
    ['path', null],
    ['colour', 'red'],
    ['enum<a|b>', 'c'],
    ['image', tensor],
    ['image<5,2,3>', image],
    ['mask<4,3>', mask],
    ['tensor<float64>', tensor],
    ['tensor<float32,1x3>', tensor],
    ['tensor<float32,1x2x1>', tensor],
    ['detections', image],
    ['keypoints', detections],
    ['model', '/m.onnx'],
    ['frame', {}],
    ['list<image>', image],
    ['json', () => {}],
    ['json', Number.NaN],
    ['json', new Map()],
    ['bytes', []],
    ['any', undefined],
    ['custom<space>', undefined],
  ])('does not fit %s: %o', (text, value) => {
    expect(fits(value, type(text))).toBe(false);
  });

  test('fits a shape whose unknown dimensions it fills', () => {
    expect(fits(tensor, type('tensor<float32,Nx?>'))).toBe(true);
    expect(fits(image, type('image<4,?,3>'))).toBe(true);
  });

  test.each<[unknown, string]>([
    [1, 'integer'],
    [1.5, 'number'],
    ['a', 'string'],
    [true, 'boolean'],
    [tensor, 'tensor<float32,1x2>'],
    [image, 'image<4,2,3>'],
    [mask, 'mask<4,2>'],
    [detections, 'detections'],
    [new Uint8Array(2), 'bytes'],
    [[image, image], 'list<image<4,2,3>>'],
    [[], 'list<any>'],
    [{ a: 1 }, 'json'],
    [null, 'json'],
    [frame, 'frame'],
    [new Map(), 'any'],
    [undefined, 'any'],
  ])('%o has a type of its own', (value, text) => {
    expect(typeOfValue(value)).toEqual(
      text === 'list<image<4,2,3>>' ? { kind: 'list', of: type('image<4,2,3>') } : type(text),
    );
  });

  test('of a model tells its signature', () => {
    expect(typeOfValue(model)).toEqual({ kind: 'model', signature: model.signature });
  });
});
