import { WeftError } from '../../shared/node-api/weft-error.ts';
import { connect, type WindowClient } from '../../shared/protocol/call-client.ts';
import type { WindowCall, WindowCalls, WindowEvent } from '../../shared/protocol/window-calls.ts';
import { appStore } from '../state/app-store.ts';
import { desktopPort } from './desktop.ts';
import { socketPort } from './socket-port.ts';

/**
 * Asks the host something; the one way of the window to do so.
 * @throws WeftError what the host says, or `E_DISCONNECTED`
 */
export async function call<C extends WindowCall>(
  name: C,
  ...ask: Record<string, never> extends WindowCalls[C]['ask'] ? [] : [WindowCalls[C]['ask']]
): Promise<WindowCalls[C]['answer']> {
  if (client === null) {
    throw new WeftError('E_DISCONNECTED', 'The window has no line to its host: connect again.');
  }
  return client.call(name, ask[0] ?? {});
}

/** Calls `listener` for each event of the host, over every line that there will be. Returns how to stop that. */
export function onHostEvent(listener: (event: WindowEvent) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Makes a line to the host and keeps `AppState.line` true to it. A line that breaks is made again by itself, ever more
 * seldom; calling this again tries at once.
 * @param onOpen called with each new line, once calls go through; the line is open when it has ended
 */
export async function connectToHost(onOpen: () => Promise<void>): Promise<void> {
  clearTimeout(retry);
  if (isConnecting || client !== null) return;
  isConnecting = true;
  let opened: WindowClient | null = null;
  try {
    opened = connect(desktopPort() ?? (await socketPort(socketUrl(location))));
    client = opened;
    opened.onEvent((event) => {
      for (const listener of listeners) listener(event);
    });
    await onOpen();
    attempts = 0;
    appStore.setState({ line: { state: 'open' } });
    void opened.closed.then(() => lose('The host has closed the line.', onOpen));
  } catch (error) {
    opened?.close();
    lose(error instanceof Error ? error.message : String(error), onOpen);
  } finally {
    isConnecting = false;
  }
}

/** Where the server host speaks to windows. */
function socketUrl({ href }: Location): string {
  const url = new URL('/window', href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = '';
  url.hash = '';
  return url.href;
}

function lose(reason: string, onOpen: () => Promise<void>): void {
  client = null;
  clearTimeout(retry);
  appStore.setState({ line: { state: 'lost', reason } });
  // ms: 0.5, 1, 2, 4 and then every 8 s.
  retry = window.setTimeout(() => void connectToHost(onOpen), 500 * 2 ** Math.min(attempts++, 4));
}

const listeners = new Set<(event: WindowEvent) => void>();
let client: WindowClient | null = null;
let isConnecting = false;
let retry = 0;
let attempts = 0;
