import type { PickRequest } from '../../shared/protocol/window-calls.ts';
import { call } from '../connection/host.ts';
import { appStore } from '../state/app-store.ts';
import { askForPath } from '../state/show-dialog.ts';

/** Asks for a file or folder: with the system's dialog where there is one. Null when the person gives up. */
export async function pickFile(request: PickRequest): Promise<string | null> {
  return appStore.getState().host?.dialogs === true ? call('pickFile', request) : askForPath(request);
}

/** The end of the name of every graph file. */
export const GRAPH_EXTENSION = 'weft.json';
