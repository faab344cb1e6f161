import { expect, test } from 'vitest';
import { ACTION_GROUPS } from '../../../src/renderer/actions/groups.ts';
import { ACTIONS } from '../../../src/renderer/actions/registry.ts';
import { normalizeKeys } from '../../../src/renderer/commands/key-combination.ts';
import { keymapOf } from '../../../src/renderer/commands/keymap.ts';

test('every action has an id of its own, as `group.verb`', () => {
  const ids = ACTIONS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z]+\.[a-z0-9-]+$/);
});

test('every label is told apart from the others, in sentence case, without an exclamation mark', () => {
  const labels = ACTIONS.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  for (const label of labels) expect(label).toMatch(/^[A-Z][^!]*$/);
});

test('every action is in a menu', () => {
  for (const { group } of ACTIONS) expect(ACTION_GROUPS).toContain(group);
});

test('keys are written in their normal form, so that they are found when they are pressed', () => {
  for (const { keys = [] } of ACTIONS)
    for (const combination of keys) expect(normalizeKeys(combination)).toBe(combination);
});

test('no two actions come with the same keys', () => {
  const shared = [...keymapOf(ACTIONS, {})].filter(([, actions]) => actions.length > 1).map(([keys]) => keys);
  expect(shared).toEqual([]);
});
