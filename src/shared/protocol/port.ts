/**
 * One end of a line between a window and its host. A message is whole bytes, whatever carries it: Electron's IPC, a
 * WebSocket, or a pair in memory. Order is kept; nothing is lost while the line is open.
 */
export interface Port {
  send(message: Uint8Array<ArrayBuffer>): void;
  /** Bytes handed to `send` that have not left yet: many when the other end has stopped reading. */
  readonly buffered: number;
  /** One listener; messages that came before it was set are handed to it at once. */
  onMessage(listener: (message: Uint8Array<ArrayBuffer>) => void): void;
  /** Told once, when the other end has gone or `close` was called. */
  onClose(listener: () => void): void;
  close(): void;
}
