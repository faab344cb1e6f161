import type { WebSocket } from 'ws';
import type { Port } from '../../shared/protocol/port.ts';

type Message = Uint8Array<ArrayBuffer>;

/** The host's end of a line over a WebSocket. */
export class SocketPort implements Port {
  readonly #socket: WebSocket;
  #early: Message[] = [];
  #deliver = (message: Message): void => void this.#early.push(message);

  constructor(socket: WebSocket) {
    this.#socket = socket;
    // A message of its own buffer: its arrays are aligned in it.
    socket.binaryType = 'arraybuffer';
    socket.on('message', (data, isBinary) => {
      // Text is none of a window's.
      if (isBinary && data instanceof ArrayBuffer) this.#deliver(new Uint8Array(data));
      else socket.close(1003, 'Messages are bytes.');
    });
    // It closes after an error, and that is all there is to tell of it.
    socket.on('error', () => socket.terminate());
  }

  get buffered(): number {
    return this.#socket.bufferedAmount;
  }

  send(message: Message): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(message);
  }

  onMessage(listener: (message: Message) => void): void {
    for (const message of this.#early.splice(0)) listener(message);
    this.#deliver = listener;
  }

  onClose(listener: () => void): void {
    if (this.#socket.readyState === this.#socket.CLOSED) listener();
    else this.#socket.once('close', listener);
  }

  close(): void {
    this.#socket.close(1001, 'The server has ended the line.');
  }
}
