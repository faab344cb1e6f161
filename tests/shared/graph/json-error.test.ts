import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonError } from '../../../src/shared/graph/json-error.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('finds an error exactly where JSON.parse refuses', () => {
  const broken = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', ',', ':', '{', '}', '[', ']', '"', '\\', '0', '-', 'x', 'true', '\n', '\u0001'),
    )
    .map(
      ([json, at, cut, put]) =>
        json.slice(0, at % (json.length + 1)) + put + json.slice((at % (json.length + 1)) + cut),
    );
  fc.assert(
    fc.property(broken, (text) => {
      expect(findJsonError(text) === null).toBe(isJson(text));
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ['{"a": }', 1, 7, '"}"'],
  ['{"a": 1', 1, 8, 'the end of the file'],
  ['[1,\n2,\n]', 3, 1, '"]"'],
  ['{a: 1}', 1, 2, '"a: 1}"'],
  ['"\\x"', 1, 2, '"\\\\x\\""'],
  ['{} {}', 1, 4, '"{}"'],
  ['[01]', 1, 3, '"1]"'],
])('%j breaks at line %i, column %i', (text, line, column, found) => {
  expect(findJsonError(text)).toEqual({ line, column, found });
});

test('follows a long text that breaks off in a string, and deep nesting', () => {
  expect(findJsonError(`"${'a'.repeat(5_000_000)}`)?.column).toBe(5_000_002);
  expect(findJsonError('['.repeat(1_000_000))?.column).toBe(1_000_001);
});
