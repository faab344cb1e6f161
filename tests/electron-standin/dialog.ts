import type { Dialog } from 'electron';

/** Nobody sits at a test: it says beforehand what a person would answer, by putting a function in place of these. */
export const standinDialog: Pick<Dialog, 'showErrorBox' | 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog'> = {
  showErrorBox: (title, content) => console.error(`${title}: ${content}`),
  showMessageBox: () => unanswered('showMessageBox'),
  showOpenDialog: () => unanswered('showOpenDialog'),
  showSaveDialog: () => unanswered('showSaveDialog'),
};

function unanswered(name: string): never {
  throw new Error(`The stand-in for Electron was asked for dialog.${name}, and the test has prepared no answer.`);
}
