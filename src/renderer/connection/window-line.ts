import type { WindowEvent } from '../../shared/protocol/window-calls.ts';
import { ACTIONS } from '../actions/registry.ts';
import { announce } from '../announce/announce.ts';
import { notify, notifyError } from '../announce/notices.ts';
import { performAction } from '../commands/perform-action.ts';
import { lookAtFilesAgain, noteChangedFile } from '../files/changed-on-disk.ts';
import { closeWindow } from '../files/close.ts';
import { openFile } from '../files/open-file.ts';
import { offerLostWork } from '../files/restore.ts';
import { appStore } from '../state/app-store.ts';
import { call, connectToHost, onHostEvent } from './host.ts';

/** Connects the window with its host for as long as it lives: what the host tells goes into the window's state. */
export async function openLine(): Promise<void> {
  onHostEvent((event) => void take(event).catch(notifyError));
  await reconnect();
}

/** Tries at once to make the line again. */
export function reconnect(): Promise<void> {
  return connectToHost(learnHost);
}

/** What a window has to know before anything else; asked again with each new line, for the host may be another one. */
async function learnHost(): Promise<void> {
  const [host, settings, catalogue] = await Promise.all([call('hello'), call('settings'), call('catalogue')]);
  const isFirst = appStore.getState().host === null;
  appStore.setState({
    host,
    settings,
    engine: { state: 'ready' },
    catalogue: new Map(catalogue.nodes.map((node) => [node.id, node])),
    catalogueProblems: catalogue.problems,
  });
  announce(isFirst ? 'Weft is ready.' : 'The line to the host is back.');
  const next = isFirst ? openFirst(host.openFirst) : lookAtFilesAgain();
  next.catch(notifyError);
}

async function openFirst(paths: readonly string[]): Promise<void> {
  for (const path of paths) await openFile(path);
  await offerLostWork();
}

/** Runs, previews and models have listeners of their own. */
async function take(event: WindowEvent): Promise<void> {
  switch (event.event) {
    case 'engine':
      if (event.state === 'ready') appStore.setState({ engine: { state: 'ready' } });
      else {
        const message = event.message ?? 'The engine was started again: run the graph again.';
        appStore.setState({ engine: { state: 'restarted', message } });
        notify({ tone: 'attention', sentence: message });
      }
      return;
    case 'file.changed':
      return noteChangedFile(event.path, event.version);
    case 'settings':
      appStore.setState({ settings: event.settings });
      return;
    case 'open.requested':
      return openFile(event.path);
    case 'close.requested':
      return closeWindow();
    case 'action': {
      const action = ACTIONS.find(({ id }) => id === event.id);
      // An open dialog comes first, as with keys.
      if (action !== undefined && appStore.getState().dialogs.length === 0) performAction(action);
      return;
    }
    case 'host.failed':
      notify({ tone: 'failed', sentence: event.error.message });
  }
}
