import { describe, expect, test } from 'vitest';
import { substituteDim, unifyDims } from '../../../src/shared/types/dim.ts';
import type { Dim } from '../../../src/shared/types/pin-type.ts';

const bindings = new Map<string, Dim>([
  ['width', 641],
  ['stride', 2],
  ['N', 'batch'],
  ['lost', null],
]);

describe('substituting dimensions', () => {
  test.each<[string, Dim, Dim]>([
    ['a number stays', 3, 3],
    ['a bound symbol becomes its number', 'width', 641],
    ['a symbol bound to a symbol becomes that', 'N', 'batch'],
    ['a symbol bound to nothing known is unknown', 'lost', null],
    ['a free symbol stays', 'M', 'M'],
    ['+', { op: '+', args: ['width', 1] }, 642],
    ['-', { op: '-', args: ['width', 1, 40] }, 600],
    ['*', { op: '*', args: ['width', 'stride'] }, 1282],
    ['÷ and floor', { op: 'floor', args: [{ op: '/', args: ['width', 'stride'] }] }, 320],
    ['min', { op: 'min', args: ['width', 640] }, 640],
    ['max', { op: 'max', args: ['width', 640] }, 641],
    ['an expression with a free symbol stays one', { op: '+', args: ['M', 'stride'] }, { op: '+', args: ['M', 2] }],
    ['an expression of something unknown is unknown', { op: '+', args: ['lost', 1] }, null],
    ['half a pixel is no dimension', { op: '/', args: ['width', 'stride'] }, null],
    ['less than nothing is no dimension', { op: '-', args: ['stride', 'width'] }, null],
    ['a division by zero is no dimension', { op: '/', args: ['width', 0] }, null],
  ])('%s', (_, dim, expected) => {
    expect(substituteDim(dim, bindings)).toEqual(expected);
  });

  test('a symbol that means nothing elsewhere becomes unknown', () => {
    expect(substituteDim('M', bindings, new Set(['M']))).toBe(null);
    expect(substituteDim('width', bindings, new Set(['width']))).toBe(641);
  });
});

describe('unifying dimensions', () => {
  test('binds each symbol by what arrives for it, the first time', () => {
    const found = new Map<string, Dim>([['known', 1]]);
    expect(unifyDims(['N', 'N', 3, 'known', 'open'], [4, 5, 3, 2, null], found)).toEqual(['N', 'open']);
    expect([...found]).toEqual([
      ['known', 1],
      ['N', 4],
      ['open', null],
    ]);
  });

  test('binds nothing where the ranks differ', () => {
    const found = new Map<string, Dim>();
    expect(unifyDims(['N'], [1, 2], found)).toEqual([]);
    expect(found.size).toBe(0);
  });
});
