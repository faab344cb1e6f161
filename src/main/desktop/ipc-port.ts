import type { IpcMainEvent, WebContents } from 'electron';
import { TO_HOST, TO_WINDOW } from '../../preload/channels.ts';
import type { Port } from '../../shared/protocol/port.ts';
import { isOwnPage } from './app-page.ts';

type Message = Uint8Array<ArrayBuffer>;

/**
 * Hands out the host's end of the line to each page that loads in a window and speaks. The line ends with the page: when
 * it is left or reloaded, when its process dies, and when the window is closed.
 */
export function acceptPorts(contents: WebContents, accept: (port: Port) => void): void {
  let port: IpcPort | null = null;
  const end = () => {
    port?.ended();
    port = null;
  };
  contents.ipc.on(TO_HOST, (event, message: unknown) => {
    if (!isFromOwnPage(event)) return refuse(contents, 'it is not from the page of the window');
    if (message === null) return end();
    if (!isMessage(message)) return refuse(contents, 'it is not made of bytes');
    if (port === null) {
      port = new IpcPort(contents, end);
      accept(port);
    }
    port.received(message);
  });
  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) end();
  });
  contents.on('render-process-gone', end);
  contents.on('destroyed', end);
}

class IpcPort implements Port {
  // Electron does not say what waits to leave; previews are sent one at a time in any case.
  readonly buffered = 0;
  readonly #contents: WebContents;
  readonly #end: () => void;
  #early: Message[] = [];
  #deliver = (message: Message): void => void this.#early.push(message);
  #isOpen = true;
  #closeListeners: (() => void)[] = [];

  /** `end` takes the port out of use, by `ended`. */
  constructor(contents: WebContents, end: () => void) {
    this.#contents = contents;
    this.#end = end;
  }

  send(message: Message): void {
    if (this.#isOpen) this.#contents.send(TO_WINDOW, message);
  }

  onMessage(listener: (message: Message) => void): void {
    for (const message of this.#early.splice(0)) listener(message);
    this.#deliver = listener;
  }

  onClose(listener: () => void): void {
    if (this.#isOpen) this.#closeListeners.push(listener);
    else listener();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#contents.send(TO_WINDOW, null);
    this.#end();
  }

  received(message: Message): void {
    this.#deliver(message);
  }

  ended(): void {
    this.#isOpen = false;
    for (const listener of this.#closeListeners.splice(0)) listener();
  }
}

/** The page runs in the main frame; a frame inside it, or a page that took its place, has no business here. */
function isFromOwnPage({ senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url);
}

function isMessage(message: unknown): message is Message {
  return message instanceof Uint8Array && message.buffer instanceof ArrayBuffer;
}

function refuse(contents: WebContents, why: string): void {
  console.error(`A message in the window of ${contents.getURL()} was refused: ${why}.`);
}
