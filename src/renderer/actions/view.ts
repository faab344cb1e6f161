import { House, PanelBottom, PanelLeft, PanelRight, Search, Settings } from 'lucide-react';
import { togglePanel } from '../state/change-layout.ts';
import { showDialog } from '../state/show-dialog.ts';
import { showTab, stepTab } from '../state/tabs.ts';
import type { Action } from './action.ts';

const always = () => true;

export const SHOW_COMMANDS: Action = {
  id: 'view.commands',
  label: 'Show commands',
  group: 'View',
  icon: Search,
  keys: ['Mod+Shift+P', 'F1'],
  history: 'none',
  inText: true,
  when: always,
  perform: () => void showDialog({ kind: 'commands' }),
};

export const TOGGLE_LEFT: Action = {
  id: 'view.palette',
  label: 'Show or hide the palette',
  group: 'View',
  icon: PanelLeft,
  keys: ['Mod+B'],
  history: 'none',
  when: ({ graph }) => graph !== null,
  perform: () => togglePanel('left'),
};

export const TOGGLE_BOTTOM: Action = {
  id: 'view.bottom',
  label: 'Show or hide the bottom panel',
  group: 'View',
  icon: PanelBottom,
  keys: ['Mod+J'],
  history: 'none',
  when: ({ graph }) => graph !== null,
  perform: () => togglePanel('bottom'),
};

export const TOGGLE_RIGHT: Action = {
  id: 'view.inspector',
  label: 'Show or hide the inspector',
  group: 'View',
  icon: PanelRight,
  keys: ['Mod+I'],
  history: 'none',
  when: ({ graph }) => graph !== null,
  perform: () => togglePanel('right'),
};

export const SHOW_START: Action = {
  id: 'view.start',
  label: 'Show the start page',
  group: 'View',
  icon: House,
  keys: ['Alt+Home'],
  history: 'none',
  when: always,
  perform: () => showTab(null),
};

export const SHOW_SETTINGS: Action = {
  id: 'view.settings',
  label: 'Change settings',
  group: 'View',
  icon: Settings,
  keys: ['Mod+,'],
  history: 'none',
  inText: true,
  when: always,
  perform: () => void showDialog({ kind: 'settings' }),
};

// A browser keeps Ctrl+Tab and Ctrl+PageDown to itself.
const NEXT_TAB: Action = {
  id: 'view.next-tab',
  label: 'Go to the next tab',
  group: 'View',
  keys: ['Alt+PageDown', 'Alt+]'],
  history: 'none',
  inText: true,
  when: always,
  perform: () => stepTab(1),
};

const PREVIOUS_TAB: Action = {
  id: 'view.previous-tab',
  label: 'Go to the previous tab',
  group: 'View',
  keys: ['Alt+PageUp', 'Alt+['],
  history: 'none',
  inText: true,
  when: always,
  perform: () => stepTab(-1),
};

export const VIEW_ACTIONS: readonly Action[] = [
  SHOW_COMMANDS,
  TOGGLE_LEFT,
  TOGGLE_RIGHT,
  TOGGLE_BOTTOM,
  SHOW_START,
  NEXT_TAB,
  PREVIOUS_TAB,
  SHOW_SETTINGS,
];
