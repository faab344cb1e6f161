import type { Port } from '../../shared/protocol/port.ts';

/**
 * A line to the server host.
 * @throws Error when there is no answer
 */
export function socketPort(url: string): Promise<Port> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(portOf(socket)), { once: true });
    socket.addEventListener('error', () => reject(new Error('The host does not answer.')), { once: true });
  });
}

function portOf(socket: WebSocket): Port {
  const waiting: Uint8Array<ArrayBuffer>[] = [];
  let deliver = (message: Uint8Array<ArrayBuffer>): void => {
    waiting.push(message);
  };
  socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => deliver(new Uint8Array(data)));
  return {
    send: (message) => socket.send(message),
    get buffered() {
      return socket.bufferedAmount;
    },
    onMessage(listener) {
      for (const message of waiting.splice(0)) listener(message);
      deliver = listener;
    },
    onClose(listener) {
      if (socket.readyState === WebSocket.CLOSED) listener();
      else socket.addEventListener('close', () => listener(), { once: true });
    },
    close: () => socket.close(),
  };
}
