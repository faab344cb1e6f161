import type { Action } from '../actions/action.ts';
import { ACTIONS } from '../actions/registry.ts';
import type { Selection } from '../state/selection.ts';

/** What a context menu is of. */
export type MenuTarget = { readonly list: keyof Selection; readonly key: string } | { readonly list: null };

/** The actions of a menu in groups; those that do not apply are for the caller to leave out. */
export function menuFor({ list }: MenuTarget): readonly (readonly Action[])[] {
  return MENUS[list ?? 'canvas'].map((ids) => ids.map(actionOf));
}

const EDITS = ['edit.cut', 'edit.copy', 'edit.duplicate', 'edit.delete'] as const;

const MENUS: Readonly<Record<keyof Selection | 'canvas', readonly (readonly string[])[]>> = {
  nodes: [
    ['view.open-node', 'run.to', 'run.from', 'run.compare-backends'],
    ['node.rename', 'node.viewer', 'node.collapse', 'node.bypass', 'node.lock', 'node.reset-size'],
    ['insert.wire', 'insert.after', 'insert.disconnect'],
    ['insert.frame', 'node.make-graph', 'node.unpack-graph', 'arrange.layout'],
    [...EDITS, 'edit.duplicate-wired', 'edit.delete-and-reconnect'],
  ],
  wires: [['edit.delete']],
  frames: [EDITS],
  notes: [EDITS],
  canvas: [
    ['insert.node', 'insert.note', 'edit.paste'],
    ['select.all', 'arrange.layout'],
    ['view.fit', 'view.find', 'view.leave', 'view.minimap', 'view.snap'],
  ],
};

function actionOf(id: string): Action {
  const action = ACTIONS.find((other) => other.id === id);
  if (action === undefined) throw new Error(`The menu names the action ${id}, which is not in the registry`);
  return action;
}
