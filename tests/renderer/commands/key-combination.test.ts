import { describe, expect, test } from 'vitest';
import {
  type KeyPress,
  normalizeKeys,
  pressedKeys,
  shownKeys,
} from '../../../src/renderer/commands/key-combination.ts';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe('writing a key combination', () => {
  test.each([
    ['shift+mod+p', 'Mod+Shift+P'],
    ['Mod+S', 'Mod+S'],
    ['alt+left', 'Alt+ArrowLeft'],
    ['esc', 'Escape'],
    ['Del', 'Delete'],
    ['?', '?'],
    ['+', '+'],
    ['Mod++', 'Mod++'],
    ['ctrl+alt+f5', 'Ctrl+Alt+F5'],
  ])('%s is %s', (written, normal) => {
    expect(normalizeKeys(written)).toBe(normal);
  });

  test.each(['', 'Mod', 'Mod+Shift', 'Hyper+P'])('%j is none', (written) => {
    expect(normalizeKeys(written)).toBeNull();
  });

  test('what is normal stays as it is', () => {
    for (const keys of ['Mod+Shift+P', 'Ctrl+Alt+F5', 'Alt+]', 'Space']) expect(normalizeKeys(keys)).toBe(keys);
  });
});

describe('pressing keys', () => {
  test('Mod is Ctrl, and on a Mac Command', () => {
    const ctrl = press('s', { ctrlKey: true });
    const command = press('s', { metaKey: true });
    expect(pressedKeys(ctrl, false)).toBe('Mod+S');
    expect(pressedKeys(command, true)).toBe('Mod+S');
    expect(pressedKeys(ctrl, true)).toBe('Ctrl+S');
  });

  test('Shift belongs to letters and named keys, not to the sign that it makes', () => {
    expect(pressedKeys(press('P', { ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+P');
    expect(pressedKeys(press('Tab', { shiftKey: true }), false)).toBe('Shift+Tab');
    expect(pressedKeys(press('?', { shiftKey: true }), false)).toBe('?');
  });

  test('a modifier alone is no combination', () => {
    expect(pressedKeys(press('Shift', { shiftKey: true }), false)).toBeNull();
    expect(pressedKeys(press('Control', { ctrlKey: true }), false)).toBeNull();
  });

  test('where Option or another layout changes the letter, the place of the key counts', () => {
    expect(pressedKeys(press('å', { code: 'KeyA', altKey: true }), true)).toBe('Alt+A');
    expect(pressedKeys(press('Dead', { code: 'KeyN', altKey: true }), true)).toBe('Alt+N');
    expect(pressedKeys(press('с', { code: 'KeyC', ctrlKey: true }), false)).toBe('Mod+C');
    expect(pressedKeys(press('!', { code: 'Digit1', ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+1');
  });

  test('the space bar has a name', () => {
    expect(pressedKeys(press(' ', { code: 'Space' }), false)).toBe('Space');
  });
});

test('people read the names of their own keyboard', () => {
  expect(shownKeys('Mod+Shift+P', false)).toBe('Ctrl+Shift+P');
  expect(shownKeys('Mod+Shift+P', true)).toBe('⌘+⇧+P');
  expect(shownKeys('Alt+ArrowLeft', false)).toBe('Alt+←');
  expect(shownKeys('Mod++', false)).toBe('Ctrl++');
});
