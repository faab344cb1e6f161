import type { HostDescription, PickRequest } from '../../shared/protocol/window-calls.ts';
import { call } from '../connection/host.ts';
import { appStore } from '../state/app-store.ts';
import { askForPath } from '../state/show-dialog.ts';

/** Asks for a file or folder: with the system's dialog where there is one. Null when the person gives up. */
export async function pickFile(request: PickRequest): Promise<string | null> {
  const { dialogs } = await knownHost();
  return dialogs ? call('pickFile', request) : askForPath(request);
}

/** A person may be faster than the first answer of the host, and only that says who has the dialogs. */
function knownHost(): Promise<HostDescription> {
  const { host } = appStore.getState();
  if (host !== null) return Promise.resolve(host);
  return new Promise((resolve) => {
    const stop = appStore.subscribe(({ host }) => {
      if (host === null) return;
      stop();
      resolve(host);
    });
  });
}

/** The end of the name of every graph file. */
export const GRAPH_EXTENSION = 'weft.json';
