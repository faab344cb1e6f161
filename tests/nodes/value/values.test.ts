import { describe, expect, test } from 'vitest';
import boolean from '../../../nodes/value/boolean.ts';
import integer from '../../../nodes/value/integer.ts';
import json from '../../../nodes/value/json.ts';
import number from '../../../nodes/value/number.ts';
import path from '../../../nodes/value/path.ts';
import text from '../../../nodes/value/text.ts';
import { runNode } from '../node-context.ts';

describe('value nodes', () => {
  test.each([
    [number, 0.25],
    [integer, -3],
    [boolean, true],
    [text, 'two\nlines'],
    [path, '/pictures/bus.jpg'],
    [json, { list: [1, 'two', null] }],
  ])('$type gives the very value that was set', async (node, value) => {
    expect((await runNode(node, { value })).value).toBe(value);
  });

  test.each([
    [number, 0],
    [integer, 0],
    [boolean, false],
    [text, ''],
    [json, {}],
  ])('$type gives its default when nothing is set', async (node, value) => {
    expect(await runNode(node)).toEqual({ value });
  });

  test('value/path has no default: an unset path is a mistake', () => {
    expect(path.inputs.value.options).not.toHaveProperty('default');
  });
});
