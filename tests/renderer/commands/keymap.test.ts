import { describe, expect, test } from 'vitest';
import type { Action } from '../../../src/renderer/actions/action.ts';
import { conflictsOf, keymapOf, keysOf } from '../../../src/renderer/commands/keymap.ts';

function action(id: string, keys: readonly string[]): Action {
  return { id, label: id, group: 'Edit', keys, history: 'none', when: () => true, perform() {} };
}

const CUT = action('edit.cut', ['Mod+X']);
const COPY = action('edit.copy', ['Mod+C', 'Mod+Insert']);

describe('the keys of an action', () => {
  test('are its own while the settings say nothing of it', () => {
    expect(keysOf(COPY, {})).toEqual(['Mod+C', 'Mod+Insert']);
  });

  test('are those of the settings where they say something, which may be none', () => {
    expect(keysOf(COPY, { 'edit.copy': ['alt+c'] })).toEqual(['Alt+C']);
    expect(keysOf(COPY, { 'edit.copy': [] })).toEqual([]);
  });

  test('leave out what is no combination, as a settings file may hold anything', () => {
    expect(keysOf(COPY, { 'edit.copy': ['', 'Mod', 'F3'] })).toEqual(['F3']);
  });
});

test('a rebound action is found under its new keys only', () => {
  const keymap = keymapOf([CUT, COPY], { 'edit.copy': ['F3'] });
  expect(keymap.get('F3')).toEqual([COPY]);
  expect(keymap.has('Mod+C')).toBe(false);
  expect(keymap.get('Mod+X')).toEqual([CUT]);
});

test('keys that two actions share are a conflict for both', () => {
  const rebound = { 'edit.copy': ['Mod+X'] };
  expect(conflictsOf(COPY, 'Mod+X', [CUT, COPY], rebound)).toEqual([CUT]);
  expect(conflictsOf(CUT, 'Mod+X', [CUT, COPY], rebound)).toEqual([COPY]);
  expect(conflictsOf(CUT, 'Mod+X', [CUT, COPY], {})).toEqual([]);
});
