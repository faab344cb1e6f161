import { CircleHelp, Info } from 'lucide-react';
import { showDialog } from '../state/show-dialog.ts';
import type { Action } from './action.ts';

const SHOW_HELP: Action = {
  id: 'help.keys',
  label: 'Show all keys',
  group: 'Help',
  icon: CircleHelp,
  keys: ['?'],
  history: 'none',
  when: () => true,
  perform: () => void showDialog({ kind: 'help' }),
};

const SHOW_ABOUT: Action = {
  id: 'help.about',
  label: 'Show what this Weft is',
  group: 'Help',
  icon: Info,
  history: 'none',
  when: () => true,
  perform: () => void showDialog({ kind: 'about' }),
};

export const HELP_ACTIONS: readonly Action[] = [SHOW_HELP, SHOW_ABOUT];
