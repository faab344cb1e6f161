import type { PickRequest } from '../../shared/protocol/window-calls.ts';
import { appStore } from './app-store.ts';
import type { DialogContent, Question } from './dialog.ts';

/** Opens a dialog on top of those that are open. Gives its id. */
export function showDialog(content: DialogContent): number {
  const id = ++last;
  appStore.setState(({ dialogs }) => ({ dialogs: [...dialogs, { ...content, id }] }));
  return id;
}

/** Closes a dialog. One that asked for something gets null for an answer, if it got none before. */
export function closeDialog(id: number): void {
  const dialog = appStore.getState().dialogs.find((open) => open.id === id);
  appStore.setState(({ dialogs }) => ({ dialogs: dialogs.filter((open) => open.id !== id) }));
  if (dialog !== undefined && 'answer' in dialog) dialog.answer(null);
}

/** Id of the choice that was taken; null when the person gave up. */
export function ask(question: Question): Promise<string | null> {
  return new Promise((answer) => {
    showDialog({ kind: 'question', question, answer });
  });
}

/** The window's own file dialog, for hosts without the system's. Use `pickFile` (`files/pick-file.ts`). */
export function askForPath(request: PickRequest): Promise<string | null> {
  return new Promise((answer) => {
    showDialog({ kind: 'pick', request, answer });
  });
}

let last = 0;
