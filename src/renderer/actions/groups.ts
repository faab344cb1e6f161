import type { Action } from './action.ts';

/** Groups of actions, in the order of the menu bar. */
export const ACTION_GROUPS: readonly Action['group'][] = [
  'File',
  'Edit',
  'Select',
  'View',
  'Insert',
  'Arrange',
  'Run',
  'Help',
];
