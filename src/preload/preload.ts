/** Runs before the page of a window, in a world of its own, and gives the page `window.weftPort`: nothing else. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { WeftPort } from '../shared/protocol/weft-port.ts';
import { TO_HOST, TO_WINDOW } from './channels.ts';

type Message = Uint8Array<ArrayBuffer>;

const early: Message[] = [];
let deliver = (message: Message): void => void early.push(message);
let closed = false;
const closeListeners: (() => void)[] = [];

ipcRenderer.on(TO_WINDOW, (_event, message: Message | null) => {
  if (message === null) end();
  else if (!closed) deliver(message);
});

const port: WeftPort = {
  send(message) {
    if (!closed) ipcRenderer.send(TO_HOST, message);
  },
  // Electron does not say what waits to leave.
  buffered: 0,
  onMessage(listener) {
    for (const message of early.splice(0)) listener(message);
    deliver = listener;
  },
  onClose(listener) {
    if (closed) listener();
    else closeListeners.push(listener);
  },
  close() {
    if (closed) return;
    ipcRenderer.send(TO_HOST, null);
    end();
  },
  pathOf: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('weftPort', port);

function end(): void {
  if (closed) return;
  closed = true;
  for (const listener of closeListeners.splice(0)) listener();
}
