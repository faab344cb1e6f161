import { type BrowserWindow, dialog, type FileFilter, shell } from 'electron';
import type { PickRequest } from '../../shared/protocol/window-calls.ts';
import type { Dialogs } from '../window/host-window.ts';

/** The system's own dialogs, above `window`. */
export function dialogsOf(window: BrowserWindow): Dialogs {
  return {
    pickFile: (request) => (request.mode === 'save' ? pickNew(window, request) : pickExisting(window, request)),
    revealFile: (path) => shell.showItemInFolder(path),
  };
}

async function pickNew(window: BrowserWindow, request: PickRequest): Promise<string | null> {
  const { title, suggested } = request;
  const options = { title, defaultPath: suggested, filters: filtersOf(request) };
  const { canceled, filePath } = await dialog.showSaveDialog(window, options);
  return canceled ? null : filePath;
}

async function pickExisting(window: BrowserWindow, request: PickRequest): Promise<string | null> {
  const { mode, title, suggested } = request;
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    defaultPath: suggested,
    filters: filtersOf(request),
    properties: [mode === 'folder' ? 'openDirectory' : 'openFile'],
  });
  return canceled ? null : filePaths[0];
}

function filtersOf({ extensions = [] }: PickRequest): FileFilter[] {
  if (extensions.length === 0) return [];
  const names = extensions.map((extension) => extension.replace(/^\./, ''));
  return [
    { name: names.map((name) => `*.${name}`).join(', '), extensions: names },
    { name: 'All files', extensions: ['*'] },
  ];
}
