import { describe, expect, test } from 'vitest';
import branch from '../../../nodes/flow/if.ts';
import merge from '../../../nodes/flow/merge.ts';
import select from '../../../nodes/flow/select.ts';
import { SKIP } from '../../../src/shared/node-api/define-node.ts';
import { runNode } from '../node-context.ts';

describe('flow/if', () => {
  test('sends the value one way and skips the other', async () => {
    const value = { some: 'object' };
    const taken = await runNode(branch, { condition: true, value });
    expect(taken.true).toBe(value);
    expect(taken.false).toBe(SKIP);

    const other = await runNode(branch, { condition: false, value });
    expect(other.true).toBe(SKIP);
    expect(other.false).toBe(value);
  });

  test('sends a function as it is, uncalled', async () => {
    const value = () => {
      throw new Error('called');
    };
    expect((await runNode(branch, { condition: true, value })).true).toBe(value);
  });
});

describe('flow/merge', () => {
  test('passes on the first input that has a value', async () => {
    expect(await runNode(merge, { a: 1, b: 2 })).toEqual({ value: 1 });
    expect(await runNode(merge, { b: 2, d: 4 })).toEqual({ value: 2 });
    expect(await runNode(merge, { d: 4 })).toEqual({ value: 4 });
  });

  test.each([null, 0, false, ''])('takes %j for a value', async (value) => {
    expect(await runNode(merge, { a: value, b: 'other' })).toEqual({ value });
  });

  test('is skipped itself when no branch was taken', async () => {
    expect(await runNode<unknown>(merge, {})).toBe(SKIP);
  });

  test('runs though branches were skipped or are not wired', () => {
    for (const { options } of Object.values(merge.inputs)) {
      expect(options).toMatchObject({ optional: true, acceptsSkipped: true });
    }
  });

  test('brings back what flow/if sent either way', async () => {
    for (const condition of [true, false]) {
      const ways = await runNode(branch, { condition, value: 'x' });
      const [a, b] = [ways.true, ways.false].map((way) => (way === SKIP ? undefined : way));
      expect(await runNode(merge, { a, b })).toEqual({ value: 'x' });
    }
  });
});

describe('flow/select', () => {
  test.each([
    [0, 'first'],
    [1, 'second'],
    [2, null],
    [3, 'fourth'],
  ])('index %i passes on %j', async (index, value) => {
    expect(await runNode(select, { index, a: 'first', b: 'second', c: null, d: 'fourth' })).toEqual({ value });
  });

  test('passes on a by itself', async () => {
    expect(await runNode(select, { a: 'first' })).toEqual({ value: 'first' });
  });

  test.each([1, 4, -1])('refuses index %i when nothing arrives there', async (index) => {
    await expect(runNode(select, { index, a: 'first' })).rejects.toMatchObject({
      code: 'E_VALUE',
      place: { pin: 'index' },
    });
  });
});
