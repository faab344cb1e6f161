/** A key with the modifiers held, in one fixed form: `Mod+Shift+P`. `Mod` is Command on a Mac and Ctrl elsewhere. */
export type KeyCombination = string;

/** What of a `KeyboardEvent` is needed. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * The same form for every way to write a combination: `shift+mod+p` is `Mod+Shift+P`.
 * @returns null for what is no combination
 */
export function normalizeKeys(keys: string): KeyCombination | null {
  const parts = keys.trim().split(/(?<=.)\+(?=.)/);
  const key = parts.pop();
  if (key === undefined || key === '') return null;
  const held = new Set(parts.map((part) => MODIFIER_NAMES[part.trim().toLowerCase()]));
  if (held.has(undefined) || MODIFIER_NAMES[key.toLowerCase()] !== undefined) return null;
  return [...MODIFIERS.filter((modifier) => held.has(modifier)), keyName(key)].join('+');
}

/** The combination that was pressed; null while only modifiers are held. */
export function pressedKeys(press: KeyPress, mac: boolean): KeyCombination | null {
  if (BARE_MODIFIERS.has(press.key)) return null;
  const mod = mac ? press.metaKey : press.ctrlKey;
  const ctrl = mac && press.ctrlKey;
  const key = pressedKey(press);
  // What Shift makes of a key, as `?`, already says that it is held; a letter or a named key does not.
  const shift = press.shiftKey && (key.length > 1 || /\p{L}|\d/u.test(key));
  const held = [mod && 'Mod', ctrl && 'Ctrl', press.altKey && 'Alt', shift && 'Shift'];
  return [...held.filter((name) => name !== false), key].join('+');
}

/** As people read it on this system: `Ctrl+Shift+P`, or `⌘+⇧+P` on a Mac. */
export function shownKeys(keys: KeyCombination, mac: boolean): string {
  return keys
    .split(/(?<=.)\+(?=.)/)
    .map((part) => (mac ? MAC_NAMES : SHOWN_NAMES)[part] ?? part)
    .join('+');
}

type Modifier = 'Mod' | 'Ctrl' | 'Alt' | 'Shift';
const MODIFIERS: readonly Modifier[] = ['Mod', 'Ctrl', 'Alt', 'Shift'];
const MODIFIER_NAMES: Readonly<Record<string, Modifier | undefined>> = {
  mod: 'Mod',
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
};
const BARE_MODIFIERS = new Set(['Control', 'Meta', 'Alt', 'AltGraph', 'Shift', 'CapsLock', 'Process']);

const SHOWN_NAMES: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};
const MAC_NAMES: Readonly<Record<string, string>> = {
  ...SHOWN_NAMES,
  Mod: '⌘',
  Ctrl: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↩',
  Delete: '⌦',
  Backspace: '⌫',
};

const KEY_NAMES: Readonly<Record<string, string>> = {
  esc: 'Escape',
  del: 'Delete',
  return: 'Enter',
  ' ': 'Space',
  left: 'ArrowLeft',
  right: 'ArrowRight',
  up: 'ArrowUp',
  down: 'ArrowDown',
};

/** Letters are upper case, named keys as the browser names them. */
function keyName(key: string): string {
  const named = KEY_NAMES[key.toLowerCase()];
  if (named !== undefined) return named;
  return key.length === 1 ? key.toUpperCase() : key[0].toUpperCase() + key.slice(1);
}

/**
 * With Alt or Shift a letter or digit may give another sign (Option+A is å on a Mac, Shift+1 is !): the place of the key
 * on the keyboard tells which was meant.
 */
function pressedKey({ key, code, altKey, ctrlKey, metaKey, shiftKey }: KeyPress): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const isLatin = /^[a-z]$/i.test(key);
  if (letter !== undefined && !isLatin && (altKey || ctrlKey || metaKey)) return letter;
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined && shiftKey && (ctrlKey || metaKey || altKey)) return digit;
  return keyName(key);
}
