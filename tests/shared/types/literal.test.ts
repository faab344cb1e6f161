import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../src/shared/node-api/pins.ts';
import { checkLiteral, hasLiteral } from '../../../src/shared/types/literal.ts';
import { parsePinType } from '../../../src/shared/types/pin-type-text.ts';

function type(text: string) {
  const parsed = parsePinType(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.type;
}

describe('a literal', () => {
  test.each<[string, JsonValue]>([
    ['number', 0.5],
    ['integer', 640],
    ['integer', 3.0],
    ['boolean', false],
    ['string', ''],
    ['path', '../data/bus.jpg'],
    ['colour', '#ff8800'],
    ['colour', '#FF880080'],
    ['enum<a|b>', 'b'],
    ['json', { any: [1, null] }],
    ['any', null],
    ['list<integer>', [1, 2]],
    ['list<list<string>>', [['a'], []]],
    ['table', [{ a: 1 }]],
  ])('of %s may be %j', (text, value) => {
    expect(checkLiteral(value, type(text))).toEqual({ ok: true, value });
  });

  test.each<[string, JsonValue, string]>([
    ['number', '0.5', 'must be a number, not "0.5"'],
    ['number', null, 'must be a number, not null'],
    ['integer', 2.5, 'must be a whole number, not 2.5'],
    ['boolean', 1, 'must be true or false, not 1'],
    ['string', 5, 'must be a text, not 5'],
    ['path', ['a'], 'must be the path of a file or folder, not a list'],
    ['colour', 'red', 'must be a colour such as #ff8800, not "red"'],
    ['enum<a|b>', 'c', 'must be one of a, b, not "c"'],
    ['list<integer>', 3, 'must be a list of integer, not 3'],
    ['list<integer>', [1, 'x'], 'must be a whole number as element 1, not "x"'],
    ['table', {}, 'must be a list of rows, not an object'],
    ['image', 'bus.jpg', 'must be wired to an output that gives image, not "bus.jpg"'],
  ])('of %s may not be %j', (text, value, reason) => {
    expect(checkLiteral(value, type(text))).toEqual({ ok: false, code: 'E_PIN_TYPE', reason });
  });

  test.each<[JsonValue, { min?: number; max?: number }, string]>([
    [1.5, { min: 0, max: 1 }, 'must be from 0 to 1, not 1.5'],
    [-1, { min: 0 }, 'must be at least 0, not -1'],
    [11, { max: 10 }, 'must be at most 10, not 11'],
  ])('%j outside of %j is refused', (value, range, reason) => {
    expect(checkLiteral(value, type('number'), range)).toEqual({ ok: false, code: 'E_PIN_RANGE', reason });
  });

  test('may lie on the ends of its range, and every number of a list has to lie within', () => {
    expect(checkLiteral(0, type('number'), { min: 0, max: 1 }).ok).toBe(true);
    expect(checkLiteral(1, type('number'), { min: 0, max: 1 }).ok).toBe(true);
    expect(checkLiteral([0, 2], type('list<number>'), { min: 0, max: 1 })).toMatchObject({ code: 'E_PIN_RANGE' });
  });

  test('exists only for types that JSON can write', () => {
    expect(['number', 'path', 'json', 'list<string>'].map((text) => hasLiteral(type(text)))).not.toContain(false);
    expect(
      ['image', 'tensor', 'model', 'custom<space>', 'list<image>'].map((text) => hasLiteral(type(text))),
    ).not.toContain(true);
  });
});
