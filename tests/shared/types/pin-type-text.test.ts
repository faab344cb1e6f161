import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DTYPES } from '../../../src/shared/node-api/tensor.ts';
import type { Dim, PinType, SimpleKind } from '../../../src/shared/types/pin-type.ts';
import {
  describeNeed,
  describePinType,
  formatPinType,
  parsePinType,
  SIMPLE_KINDS,
} from '../../../src/shared/types/pin-type-text.ts';

const dim: fc.Arbitrary<Dim> = fc.oneof(fc.nat(10_000), fc.constant(null), fc.constantFrom('N', 'batch', 'h_2'));
const types: fc.Arbitrary<PinType> = fc.letrec<{ type: PinType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...SIMPLE_KINDS).map((kind): PinType => ({ kind: kind as SimpleKind })),
    fc.record({ kind: fc.constant('image' as const), width: dim, height: dim, channels: dim }),
    fc.record({ kind: fc.constant('mask' as const), width: dim, height: dim }),
    fc.record({
      kind: fc.constant('tensor' as const),
      dtype: fc.option(fc.constantFrom(...DTYPES)),
      shape: fc.option(fc.array(dim, { maxLength: 5 })),
    }),
    fc.record({
      kind: fc.constant('enum' as const),
      values: fc.array(fc.stringMatching(/^[a-z-]+$/), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('custom' as const), name: fc.stringMatching(/^[a-z]+$/) }),
    fc.record({ kind: fc.constant('list' as const), of: tie('type') }),
  ),
})).type;

describe('the text of a type', () => {
  test('gives the same type when it is read again', () => {
    fc.assert(
      fc.property(types, (type) => {
        expect(parsePinType(formatPinType(type))).toEqual({ ok: true, type });
      }),
    );
  });

  test.each<[string, PinType]>([
    ['number', { kind: 'number' }],
    ['image', { kind: 'image', width: null, height: null, channels: null }],
    ['image<640, 640, 3>', { kind: 'image', width: 640, height: 640, channels: 3 }],
    ['tensor<float32,1x3x640x640>', { kind: 'tensor', dtype: 'float32', shape: [1, 3, 640, 640] }],
    ['tensor<float32,>', { kind: 'tensor', dtype: 'float32', shape: [] }],
    ['tensor<?,Nx?>', { kind: 'tensor', dtype: null, shape: ['N', null] }],
    [
      'list<list<image>>',
      { kind: 'list', of: { kind: 'list', of: { kind: 'image', width: null, height: null, channels: null } } },
    ],
    ['enum<a|b>', { kind: 'enum', values: ['a', 'b'] }],
    ['custom<space>', { kind: 'custom', name: 'space' }],
  ])('%s is read', (text, type) => {
    expect(parsePinType(text)).toEqual({ ok: true, type });
  });

  test.each([
    '',
    'imgae',
    'image<',
    'image<640,640,3,1>',
    'image<-1>',
    'tensor<float31,1>',
    'tensor<float32,1,3>',
    'enum<>',
    'enum<a|>',
    'list<>',
    'custom<>',
    'number<3>',
    'list<image',
    'same-as',
  ])('%j is refused, with the types there are', (text) => {
    const parsed = parsePinType(text);
    expect(parsed.ok).toBe(false);
    expect(parsed).toMatchObject({ reason: expect.stringContaining('types are number, integer') });
  });

  test('lists nested a hundred thousand deep are refused, not followed', () => {
    const text = `${'list<'.repeat(100_000)}image${'>'.repeat(100_000)}`;
    expect(parsePinType(text)).toEqual({ ok: false, reason: 'lists nest at most 8 deep' });
  });
});

describe('the description of a type', () => {
  test.each([
    ['image<640,640,3>', 'image 640×640×3', 'an image 640×640×3'],
    ['image', 'image', 'an image'],
    ['image<?,480>', 'image ?×480×?', 'an image ?×480×?'],
    ['tensor<float32,1x3x640x640>', 'float32[1,3,640,640]', 'a float32[1,3,640,640] tensor'],
    ['tensor<float32,Nx?>', 'float32[N,?]', 'a float32[N,?] tensor'],
    ['tensor<float32>', 'float32[…]', 'a float32[…] tensor'],
    ['tensor<?,1x3>', 'tensor[1,3]', 'a [1,3] tensor'],
    ['tensor', 'tensor', 'a tensor'],
    ['list<image>', 'list of image', 'a list of image'],
    ['enum<a|b>', 'a or b', 'a or b'],
    ['integer', 'integer', 'an integer'],
    ['detections', 'detections', 'detections'],
    ['any', 'any value', 'any value'],
  ])('%s reads as %s', (text, description, need) => {
    const parsed = parsePinType(text);
    if (!parsed.ok) throw new Error(parsed.reason);
    expect(describePinType(parsed.type)).toBe(description);
    expect(describeNeed(parsed.type)).toBe(need);
  });

  test('an expression reads as arithmetic', () => {
    const half: Dim = { op: 'floor', args: [{ op: '/', args: [{ op: '+', args: ['width', 1] }, 2] }] };
    expect(describePinType({ kind: 'tensor', dtype: 'float32', shape: [half] })).toBe(
      'float32[floor((width + 1) / 2)]',
    );
  });
});
