import type { Action } from './action.ts';
import { CAMERA_ACTIONS } from './camera.ts';
import { CANVAS_ARRANGE_ACTIONS } from './canvas-arrange.ts';
import { CANVAS_EDIT_ACTIONS } from './canvas-edit.ts';
import { CANVAS_INSERT_ACTIONS } from './canvas-insert.ts';
import { CANVAS_NODE_ACTIONS } from './canvas-nodes.ts';
import { CANVAS_SELECT_ACTIONS } from './canvas-select.ts';
import { CANVAS_VIEW_ACTIONS } from './canvas-view.ts';
import { EDIT_ACTIONS } from './edit.ts';
import { FILE_ACTIONS } from './file.ts';
import { HELP_ACTIONS } from './help.ts';
import { MODEL_ACTIONS } from './models.ts';
import { PROFILE_ACTIONS } from './profile.ts';
import { RUN_ACTIONS } from './run.ts';
import { VALUE_ACTIONS } from './values.ts';
import { VIEW_ACTIONS } from './view.ts';

/** Actions that belong together; menus draw a line between them. */
export const ACTION_SECTIONS: readonly (readonly Action[])[] = [
  FILE_ACTIONS,
  MODEL_ACTIONS,
  EDIT_ACTIONS,
  CANVAS_EDIT_ACTIONS,
  CANVAS_NODE_ACTIONS,
  CANVAS_SELECT_ACTIONS,
  VIEW_ACTIONS,
  CANVAS_VIEW_ACTIONS,
  VALUE_ACTIONS,
  CANVAS_INSERT_ACTIONS,
  CANVAS_ARRANGE_ACTIONS,
  RUN_ACTIONS,
  CAMERA_ACTIONS,
  PROFILE_ACTIONS,
  HELP_ACTIONS,
];

/** Everything that a person can do, in the order in which menus and lists show it within a group. */
export const ACTIONS: readonly Action[] = ACTION_SECTIONS.flat();
