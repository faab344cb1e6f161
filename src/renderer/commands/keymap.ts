import type { Action } from '../actions/action.ts';
import { type KeyCombination, normalizeKeys } from './key-combination.ts';

/** Key combinations by action id, as settings hold them. */
type Rebound = Readonly<Record<string, readonly string[]>>;

/** The keys of an action: those of the settings, or else its own. */
export function keysOf(action: Action, rebound: Rebound): readonly KeyCombination[] {
  const keys = Object.hasOwn(rebound, action.id) ? rebound[action.id] : (action.keys ?? []);
  return keys.map(normalizeKeys).filter((combination) => combination !== null);
}

/** Actions by key combination. Several may share one: the first that applies is meant. */
export function keymapOf(actions: readonly Action[], rebound: Rebound): ReadonlyMap<KeyCombination, readonly Action[]> {
  const keymap = new Map<KeyCombination, Action[]>();
  for (const action of actions) {
    for (const keys of keysOf(action, rebound)) {
      const others = keymap.get(keys);
      if (others === undefined) keymap.set(keys, [action]);
      else others.push(action);
    }
  }
  return keymap;
}

/** Other actions that a combination would also mean. */
export function conflictsOf(
  action: Action,
  keys: KeyCombination,
  actions: readonly Action[],
  rebound: Rebound,
): readonly Action[] {
  return (keymapOf(actions, rebound).get(keys) ?? []).filter((other) => other !== action);
}
