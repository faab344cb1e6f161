import { describe, expect, test } from 'vitest';
import { collectInputs, collectParams, parseSeconds } from '../../src/main/cli/assignments.ts';

describe('--set NAME=VALUE', () => {
  test.each<[string, unknown]>([
    ['x=3', 3],
    ['x=[1,2]', [1, 2]],
    ['x={"a":null}', { a: null }],
    ['x=true', true],
    ['x="3"', '3'],
    ['x=../photo.jpg', '../photo.jpg'],
    ['x=a=b', 'a=b'],
    ['x=', ''],
  ])('%s is JSON where it can be, else a string', (text, value) => {
    expect(collectInputs(text, {})).toEqual({ x: value });
  });

  test('adds up, and the last value of a name counts', () => {
    expect(collectInputs('a=3', collectInputs('b=2', collectInputs('a=1', {})))).toEqual({ a: 3, b: 2 });
  });

  test.each(['x', '=3', ''])('refuses "%s"', (text) => {
    expect(() => collectInputs(text, {})).toThrow('NAME=VALUE');
  });
});

describe('--node NODE.PARAM=VALUE', () => {
  test('splits node, parameter and value', () => {
    expect(collectParams('outer/box.width=640', [])).toEqual([{ node: 'outer/box', pin: 'width', value: 640 }]);
    expect(collectParams('read.path=a.b=c.jpg', [])).toEqual([{ node: 'read', pin: 'path', value: 'a.b=c.jpg' }]);
  });

  test.each(['width=640', 'box.width', '.width=1', 'box.=1'])('refuses "%s"', (text) => {
    expect(() => collectParams(text, [])).toThrow('NODE.PARAM=VALUE');
  });
});

test('--timeout takes seconds above 0', () => {
  expect(parseSeconds('0.5')).toBe(0.5);
  for (const text of ['0', '-1', 'soon', 'Infinity']) expect(() => parseSeconds(text)).toThrow('above 0');
});
