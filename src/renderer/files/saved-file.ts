import { notify, notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { appStore } from '../state/app-store.ts';
import { fileName, folderOf } from './graph-name.ts';

/** Says that a run has completed a file, and offers the way to it. */
export function tellSaved(path: string): void {
  notify({
    tone: 'done',
    sentence: `Saved ${fileName(path)} in ${folderOf(path)}.`,
    ...(canShowFolders() ? { offer: { label: SHOW_IN_FOLDER, perform: () => showInFolder(path) } } : {}),
  });
}

export const SHOW_IN_FOLDER = 'Show in folder';

/** Only on the computer that the files are on: elsewhere a sentence says where they lie. */
export function canShowFolders(): boolean {
  return appStore.getState().host?.dialogs === true;
}

export function showInFolder(path: string): void {
  call('revealFile', { path }).catch(notifyError);
}
