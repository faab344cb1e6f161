import type { Port } from './port.ts';

type Message = Uint8Array<ArrayBuffer>;

/** Two ends of a line in one process. Messages arrive in a later turn of the event loop, as over any real line. */
export function memoryPorts(): [Port, Port] {
  const a = new MemoryPort();
  const b = new MemoryPort();
  a.peer = b;
  b.peer = a;
  return [a, b];
}

class MemoryPort implements Port {
  peer: MemoryPort | null = null;
  buffered = 0;
  #listener: ((message: Message) => void) | null = null;
  #early: Message[] = [];
  #closed = false;
  #closeListeners: (() => void)[] = [];

  send(message: Message): void {
    const { peer } = this;
    if (this.#closed || peer === null) return;
    this.buffered += message.length;
    setTimeout(() => {
      this.buffered -= message.length;
      peer.#receive(message);
    });
  }

  onMessage(listener: (message: Message) => void): void {
    this.#listener = listener;
    for (const message of this.#early.splice(0)) listener(message);
  }

  onClose(listener: () => void): void {
    if (this.#closed) listener();
    else this.#closeListeners.push(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const listener of this.#closeListeners.splice(0)) listener();
    const { peer } = this;
    setTimeout(() => peer?.close());
  }

  #receive(message: Message): void {
    if (this.#closed) return;
    if (this.#listener === null) this.#early.push(message);
    else this.#listener(message);
  }
}
