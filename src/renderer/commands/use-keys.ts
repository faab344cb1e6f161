import type { Action } from '../actions/action.ts';
import { useApp } from '../state/app-store.ts';
import { shownKeys } from './key-combination.ts';
import { keysOf } from './keymap.ts';
import { isMac } from './platform.ts';

/** The first keys of an action as people read them; undefined when it has none. */
export function useKeys(action: Action): string | undefined {
  const [first] = keysOf(
    action,
    useApp(({ settings }) => settings.keys),
  );
  return first === undefined ? undefined : shownKeys(first, isMac());
}
