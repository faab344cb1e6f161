import { describe, expect, test } from 'vitest';
import input from '../../../nodes/io/input.ts';
import output from '../../../nodes/io/output.ts';
import { runNode } from '../node-context.ts';

describe('io/input', () => {
  test('gives what stands in `default`, where the engine puts what was set', async () => {
    const value = new Map();
    expect((await runNode(input, { name: 'x', default: value })).value).toBe(value);
  });

  test.each([0, false, '', null])('takes %j for a value', async (value) => {
    expect(await runNode(input, { name: 'x', default: value })).toEqual({ value });
  });

  test('without a value the error names the input', async () => {
    await expect(runNode(input, { name: 'image' })).rejects.toMatchObject({
      code: 'E_PIN_REQUIRED',
      message: expect.stringContaining('`image`'),
    });
  });

  test('has an output of the declared type', () => {
    expect(input.outputs.value.type).toEqual({ kind: 'declared-by', pin: 'type' });
  });
});

describe('io/output', () => {
  test('always runs, since it shows its value, and gives nothing on', async () => {
    expect(output.effects).toBe('shows');
    expect(await runNode(output, { name: 'x', value: 1 })).toEqual({});
  });
});
