import type { WebSocket } from 'ws';
import type { Port } from '../../src/shared/protocol/port.ts';

/** A window's end of a line over a WebSocket that is open. */
export function portOf(socket: WebSocket): Port {
  socket.binaryType = 'arraybuffer';
  return {
    get buffered() {
      return socket.bufferedAmount;
    },
    send: (message) => socket.send(message),
    onMessage: (listener) => void socket.on('message', (data: ArrayBuffer) => listener(new Uint8Array(data))),
    onClose: (listener) => void socket.on('close', listener),
    close: () => socket.close(),
  };
}
