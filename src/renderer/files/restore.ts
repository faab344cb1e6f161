import { createStore } from 'zustand/vanilla';
import { GraphEditor } from '../../shared/graph/edit/graph-editor.ts';
import { FORMAT_VERSION } from '../../shared/graph/parse.ts';
import type { Backup } from '../../shared/protocol/window-calls.ts';
import { call } from '../connection/host.ts';
import { type GraphFile, openGraph } from '../state/graph-store.ts';
import { ask } from '../state/show-dialog.ts';
import { addGraphTab } from '../state/tabs.ts';

/** Unsaved work that an earlier window left behind, for the start page. */
export type LostWork = Backup & { readonly at: number };

export const lostWork = createStore<{ readonly backups: readonly LostWork[] }>(() => ({ backups: [] }));

/** Looks for unsaved work of an earlier window, and asks what becomes of it. */
export async function offerLostWork(): Promise<void> {
  const backups = await call('backups');
  lostWork.setState({ backups });
  if (backups.length === 0) return;
  const choice = await ask({
    title: 'Restore unsaved work?',
    text: 'Weft ended before these graphs were saved.',
    details: backups.map(({ name, path, at }) => `${name}, ${new Date(at).toLocaleString()}${path ? `, ${path}` : ''}`),
    choices: [
      { id: 'restore', label: 'Restore', tone: 'main' },
      { id: 'later', label: 'Decide later', tone: 'plain' },
      { id: 'discard', label: 'Discard', tone: 'danger' },
    ],
  });
  if (choice === 'restore') for (const backup of backups) await restoreWork(backup);
  if (choice === 'discard') for (const backup of backups) await discardWork(backup);
}

/** Opens lost work in a tab: the file as it is now, if there is one, and the work as one step on top of it. */
export async function restoreWork(backup: LostWork): Promise<void> {
  const opened = backup.path === null ? null : await call('open', { path: backup.path });
  const onDisk = opened?.kind === 'ok' ? opened : null;
  const file: GraphFile | null = onDisk && {
    path: onDisk.path,
    folder: onDisk.folder,
    version: onDisk.version,
    readOnly: onDisk.readOnly,
    changedOnDisk: null,
  };
  const editor = new GraphEditor(onDisk?.graph ?? { weft: FORMAT_VERSION, nodes: [] });
  editor.edit('Restore unsaved work', (draft) => draft.putBody(null, backup.graph));
  forget(backup);
  // Under the same name as before, so that the backup goes on to be this graph's.
  const trusted = onDisk?.trusted ?? backup.path === null;
  addGraphTab(openGraph({ id: backup.id, editor, file, unnamed: backup.name, trusted }));
}

export async function discardWork(backup: LostWork): Promise<void> {
  await call('dropBackup', { id: backup.id });
  forget(backup);
}

function forget({ id }: LostWork): void {
  lostWork.setState(({ backups }) => ({ backups: backups.filter((backup) => backup.id !== id) }));
}
