import { beforeEach, expect, test } from 'vitest';
import { appStore } from '../../../src/renderer/state/app-store.ts';
import type { Question } from '../../../src/renderer/state/dialog.ts';
import { ask, closeDialog, showDialog } from '../../../src/renderer/state/show-dialog.ts';

const QUESTION: Question = { title: 'Save?', text: '', choices: [{ id: 'save', label: 'Save', tone: 'main' }] };

beforeEach(() => {
  appStore.setState({ dialogs: [] });
});

test('a dialog opens on top of another and leaves it there', () => {
  showDialog({ kind: 'settings' });
  const top = showDialog({ kind: 'help' });
  expect(appStore.getState().dialogs.map(({ kind }) => kind)).toEqual(['settings', 'help']);
  closeDialog(top);
  expect(appStore.getState().dialogs.map(({ kind }) => kind)).toEqual(['settings']);
});

test('a question is answered with the choice', async () => {
  const answer = ask(QUESTION);
  const [dialog] = appStore.getState().dialogs;
  if (dialog.kind !== 'question') throw new Error('no question is open');
  dialog.answer('save');
  closeDialog(dialog.id);
  expect(await answer).toBe('save');
});

test('a question that is closed has no answer', async () => {
  const answer = ask(QUESTION);
  closeDialog(appStore.getState().dialogs[0].id);
  expect(await answer).toBeNull();
  expect(appStore.getState().dialogs).toEqual([]);
});
