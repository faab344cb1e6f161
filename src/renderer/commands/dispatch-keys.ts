import { ACTIONS } from '../actions/registry.ts';
import { appStore } from '../state/app-store.ts';
import { pressedKeys } from './key-combination.ts';
import { keymapOf } from './keymap.ts';
import { performAction } from './perform-action.ts';
import { isMac } from './platform.ts';

/** Sends key presses to actions for as long as the window lives. */
export function dispatchKeys(): void {
  window.addEventListener('keydown', (event) => {
    // Whoever has the focus comes first.
    if (!event.defaultPrevented && !event.isComposing && dispatch(event)) event.preventDefault();
  });
}

/** Whether the key is one of Weft's here; the browser has its own meaning for some, as Ctrl+S. */
function dispatch(event: KeyboardEvent): boolean {
  const { dialogs, settings } = appStore.getState();
  const keys = pressedKeys(event, isMac());
  if (keys === null || isInMenu(event.target)) return false;
  const bound = keymapOf(ACTIONS, settings.keys).get(keys) ?? [];
  const isSettled = event.target instanceof HTMLElement && event.target.dataset.settled !== undefined;
  const anywhere = bound.filter(({ inText }) => inText === true || (isSettled && inText === 'settled'));
  // A dialog keeps its keys to itself.
  if (dialogs.length > 0) return anywhere.length > 0;
  const field = textFieldOf(event.target);
  if (field === null) return bound.some(performAction) || anywhere.length > 0;
  if (anywhere.length > 0) takeOver(field);
  anywhere.some(performAction);
  return anywhere.length > 0;
}

/** A field takes over what was typed when it is left: the action is to work with that. */
function takeOver(field: HTMLElement): void {
  field.blur();
  field.focus();
}

/** A menu finds its lines by their first letters. */
function isInMenu(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="menu"]') !== null;
}

function textFieldOf(target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof HTMLElement)) return null;
  const isField =
    target instanceof HTMLInputElement
      ? !NOT_TEXT.has(target.type)
      : target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
  return isField ? target : null;
}

const NOT_TEXT = new Set(['checkbox', 'radio', 'button', 'range', 'color']);
