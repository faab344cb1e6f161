import { expect, test } from 'vitest';
import { readJson } from '../../../src/renderer/widgets/read-json.ts';

const NUMBERS = { kind: 'list', of: { kind: 'number' } } as const;

test('a list may be written with or without its brackets', () => {
  expect(readJson('1, 2.5', NUMBERS)).toEqual({ ok: true, value: [1, 2.5] });
  expect(readJson('[1, 2.5]', NUMBERS)).toEqual({ ok: true, value: [1, 2.5] });
  expect(readJson('', NUMBERS)).toEqual({ ok: true, value: [] });
});

test('a list of strings may be written without quotation marks', () => {
  const strings = { kind: 'list', of: { kind: 'string' } } as const;
  expect(readJson('circle, traffic light', strings)).toEqual({ ok: true, value: ['circle', 'traffic light'] });
  expect(readJson('"a, b", "c"', strings)).toEqual({ ok: true, value: ['a, b', 'c'] });
  expect(readJson('', strings)).toEqual({ ok: true, value: [] });
});

test('what is no value of the type is refused with a reason', () => {
  expect(readJson('1, "two"', NUMBERS)).toEqual({
    ok: false,
    reason: 'The value must be a number as element 1, not "two".',
  });
  expect(readJson('{"a": ', { kind: 'json' })).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^This is no JSON: /),
  });
});
