import { ACTIONS } from '../actions/registry.ts';
import { appStore } from '../state/app-store.ts';
import { pressedKeys } from './key-combination.ts';
import { keymapOf } from './keymap.ts';
import { performAction } from './perform-action.ts';
import { isMac } from './platform.ts';

/** Sends key presses to actions for as long as the window lives. Returns how to stop. */
export function dispatchKeys(): () => void {
  const listen = (event: KeyboardEvent) => {
    if (dispatchKey(event)) event.preventDefault();
  };
  window.addEventListener('keydown', listen);
  return () => window.removeEventListener('keydown', listen);
}

/** Whether an action took the key. */
function dispatchKey(event: KeyboardEvent): boolean {
  // Whoever has the focus comes first, and a dialog keeps its keys to itself.
  const { dialogs, settings } = appStore.getState();
  if (event.defaultPrevented || event.isComposing || dialogs.length > 0) return false;
  const keys = pressedKeys(event, isMac());
  if (keys === null) return false;
  const inText = isTextField(event.target);
  for (const action of keymapOf(ACTIONS, settings.keys).get(keys) ?? []) {
    if ((!inText || action.inText === true) && performAction(action)) return true;
  }
  return false;
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !NOT_TEXT.has(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

const NOT_TEXT = new Set(['checkbox', 'radio', 'button', 'range', 'color']);
