import { expect, test } from 'vitest';
import { table } from '../../src/main/cli/table.ts';

test('columns are as wide as their widest cell, and colours take no room', () => {
  expect(
    table([
      ['a', 'bbb', 'c'],
      ['\u001b[31maaa\u001b[39m', 'b'],
    ]),
  ).toBe('a    bbb  c\n\u001b[31maaa\u001b[39m  b\n');
});

test('without rows there is nothing', () => {
  expect(table([])).toBe('');
});
