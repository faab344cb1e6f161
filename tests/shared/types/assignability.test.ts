import { describe, expect, test } from 'vitest';
import { assignability } from '../../../src/shared/types/assignability.ts';
import { convert } from '../../../src/shared/types/conversion.ts';
import type { PinType } from '../../../src/shared/types/pin-type.ts';
import { parsePinType } from '../../../src/shared/types/pin-type-text.ts';
import { frameOf } from '../node-api/frames.ts';

function type(text: string): PinType {
  const parsed = parsePinType(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.type;
}

function verdict(from: string, to: string): string {
  const result = assignability(type(from), type(to));
  if (!result.ok) return 'refused';
  return result.conversion ?? (result.open ? 'open' : 'as-is');
}

describe('assignability', () => {
  test.each([
    ['integer', 'number', 'as-is'],
    ['number', 'integer', 'open'],
    ['number', 'string', 'to-string'],
    ['boolean', 'string', 'to-string'],
    ['boolean', 'number', 'refused'],
    ['string', 'number', 'refused'],
    ['string', 'path', 'as-is'],
    ['path', 'string', 'as-is'],
    ['frame', 'image', 'frame-to-image'],
    ['image', 'frame', 'refused'],
    ['image', 'list<image>', 'wrap-in-list'],
    ['integer', 'list<number>', 'wrap-in-list'],
    ['list<image>', 'list<list<image>>', 'wrap-in-list'],
    ['list<integer>', 'list<number>', 'as-is'],
    ['list<number>', 'list<integer>', 'open'],
    ['list<number>', 'list<string>', 'refused'],
    ['list<image>', 'image', 'refused'],
    ['frame', 'list<image>', 'refused'],
    ['enum<a|b>', 'enum<a|b|c>', 'as-is'],
    ['enum<a|b|c>', 'enum<a|b>', 'refused'],
    ['string', 'enum<a|b>', 'open'],
    ['enum<a|b>', 'string', 'as-is'],
    ['any', 'image', 'open'],
    ['image', 'any', 'as-is'],
    ['any', 'any', 'as-is'],
    ['number', 'json', 'as-is'],
    ['list<string>', 'json', 'as-is'],
    ['json', 'list<string>', 'open'],
    ['json', 'image', 'refused'],
    ['image', 'json', 'refused'],
    ['custom<space>', 'custom<space>', 'as-is'],
    ['custom<space>', 'custom<track>', 'refused'],
    ['detections', 'image', 'refused'],
    ['model', 'model', 'as-is'],
  ])('%s to %s: %s', (from, to, expected) => {
    expect(verdict(from, to)).toBe(expected);
  });

  test('dimensions that are known have to be the same, and unknown ones are checked when a value arrives', () => {
    expect(verdict('image<640,640,3>', 'image<640,640,3>')).toBe('as-is');
    expect(verdict('image<640,640,3>', 'image<?,?,3>')).toBe('as-is');
    expect(verdict('image<?,?,3>', 'image<640,640,3>')).toBe('open');
    expect(verdict('image<640,480,3>', 'image<640,640,3>')).toBe('refused');
    expect(verdict('tensor<float32,1x3>', 'tensor<float32,1x3x1>')).toBe('refused');
    expect(verdict('tensor<float32,Nx3>', 'tensor<float32,1x3>')).toBe('open');
    expect(verdict('tensor<float32,1x3>', 'tensor<float32,Nx3>')).toBe('as-is');
    expect(verdict('tensor<float32>', 'tensor<float32,1x3>')).toBe('open');
    expect(verdict('tensor<float32,1x3>', 'tensor')).toBe('as-is');
  });

  test('the type of the elements has to be the same where both are known', () => {
    expect(verdict('tensor<uint8,1x3>', 'tensor<float32,1x3>')).toBe('refused');
    expect(verdict('tensor<?,1x3>', 'tensor<float32,1x3>')).toBe('open');
  });

  test.each([
    [
      'tensor<float32,1x3x320x320>',
      'tensor<float32,1x3x640x640>',
      'The pin needs a float32[1,3,640,640] tensor, but gets float32[1,3,320,320]: change the shape before this wire.',
    ],
    [
      'tensor<float32,3x640x640>',
      'tensor<float32,1x3x640x640>',
      'The pin needs a float32[1,3,640,640] tensor, but gets float32[3,640,640]: add a batch dimension with tensor/add-batch.',
    ],
    [
      'image',
      'tensor<float32>',
      'The pin needs a float32[…] tensor, but gets image: convert it with tensor/from-image.',
    ],
    [
      'string',
      'integer',
      'The pin needs an integer, but gets string: wire another output, or convert it with a node in between.',
    ],
  ])('a refusal of %s for %s says why in one sentence', (from, to, reason) => {
    expect(assignability(type(from), type(to))).toMatchObject({ ok: false, reason });
  });
});

describe('convert', () => {
  test('wraps a value in a list of one', () => {
    const value = { some: 'object' };
    expect(convert(value, 'wrap-in-list')).toEqual([value]);
    expect((convert(value, 'wrap-in-list') as unknown[])[0]).toBe(value);
  });

  test('writes numbers and booleans as text', () => {
    expect(convert(0.5, 'to-string')).toBe('0.5');
    expect(convert(true, 'to-string')).toBe('true');
  });

  test('asks a frame for its picture', () => {
    const frame = frameOf(4, 2);
    expect(convert(frame, 'frame-to-image')).toBe(frame.image());
  });
});
