import { Redo2, Undo2 } from 'lucide-react';
import { announce } from '../announce/announce.ts';
import type { Action } from './action.ts';

export const UNDO: Action = {
  id: 'edit.undo',
  label: 'Undo',
  group: 'Edit',
  icon: Undo2,
  keys: ['Mod+Z'],
  history: 'none',
  inText: 'settled',
  when: ({ graph }) => graph?.editor.canUndo ?? false,
  perform: ({ graph }) => {
    if (graph === null) return;
    const { history, position } = graph.editor;
    if (graph.editor.undo()) announce(`Undone: ${history[position - 1].label}.`);
  },
};

export const REDO: Action = {
  id: 'edit.redo',
  label: 'Redo',
  group: 'Edit',
  icon: Redo2,
  keys: ['Mod+Shift+Z', 'Mod+Y'],
  history: 'none',
  inText: 'settled',
  when: ({ graph }) => graph?.editor.canRedo ?? false,
  perform: ({ graph }) => {
    if (graph === null) return;
    const { history, position } = graph.editor;
    if (graph.editor.redo()) announce(`Done again: ${history[position].label}.`);
  },
};

export const EDIT_ACTIONS: readonly Action[] = [UNDO, REDO];
