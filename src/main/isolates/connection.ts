import { connect, type Socket } from 'node:net';

/** One message: a JSON header and, where bytes cannot go through shared memory, a payload. */
export interface Frame {
  /** Parsed, but not yet checked. */
  readonly header: unknown;
  readonly payload: Uint8Array;
}

/** The first message on every connection to the engine. */
export interface Hello {
  readonly token: string;
  /** `messages` carries the conversation; `watch` carries nothing and closes when the engine is gone. */
  readonly channel: 'messages' | 'watch';
}

/** Environment variables by which an isolate finds its engine. */
export const ADDRESS_VARIABLE = 'WEFT_ENGINE_ADDRESS';
export const TOKEN_VARIABLE = 'WEFT_ENGINE_TOKEN';

/** What a peer that has not shown its token may send at most, in bytes. */
export const HELLO_LIMIT = 1024;
/** A payload is a few tensors at most; a length beyond this is not a frame. */
const FRAME_LIMIT = 2 ** 31;
/** Lengths of header and payload, unsigned 32-bit, little-endian. */
const PREFIX = 8;

/**
 * Frames over a local socket, in order, both ways. Bytes that are no frame close it.
 */
export class Connection {
  /** Resolves when no more frames will come, whatever the reason. */
  readonly closed: Promise<void>;
  onFrame: (frame: Frame) => void = () => this.destroy();
  readonly #socket: Socket;
  #limit: number;
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes that must be there before another look is worth it. */
  #needed = PREFIX;

  constructor(socket: Socket, limit: number = FRAME_LIMIT) {
    this.#socket = socket;
    this.#limit = limit;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    // An error of a socket is always followed by 'close', which says all that matters here: the peer is gone.
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  send(header: object, payload: readonly Uint8Array[] = []): void {
    const json = JSON.stringify(header);
    const jsonLength = Buffer.byteLength(json);
    const head = Buffer.allocUnsafe(PREFIX + jsonLength);
    head.writeUInt32LE(jsonLength, 0);
    head.writeUInt32LE(
      payload.reduce((sum, part) => sum + part.byteLength, 0),
      4,
    );
    head.write(json, PREFIX);
    if (payload.length === 0) {
      this.#socket.write(head);
      return;
    }
    this.#socket.cork();
    this.#socket.write(head);
    for (const part of payload) this.#socket.write(part);
    this.#socket.uncork();
  }

  /** From now on frames may be as large as frames get. */
  trust(): void {
    this.#limit = FRAME_LIMIT;
  }

  /** Sends what is still to be sent, then closes. */
  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return;
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#length);
    for (;;) {
      const size = this.#frameSize(rest);
      if (size > this.#limit) {
        this.destroy();
        return;
      }
      if (rest.length < size || this.#socket.destroyed) {
        this.#needed = size;
        break;
      }
      const frame = parseFrame(rest.subarray(0, size));
      if (frame === undefined) {
        this.destroy();
        return;
      }
      rest = rest.subarray(size);
      this.onFrame(frame);
    }
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
  }

  #frameSize(bytes: Buffer): number {
    return bytes.length < PREFIX ? PREFIX : PREFIX + bytes.readUInt32LE(0) + bytes.readUInt32LE(4);
  }
}

/**
 * Connects an isolate to its engine and shows the token.
 * @throws the system's error when nobody listens at `address`.
 */
export async function connectToEngine(address: string, hello: Hello): Promise<Connection> {
  const socket = connect(socketPath(address));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const connection = new Connection(socket);
  connection.send(hello);
  return connection;
}

/** An environment variable cannot hold the NUL that begins an abstract name on Linux, so addresses begin with `@`. */
export function socketPath(address: string): string {
  return address.startsWith('@') ? `\0${address.slice(1)}` : address;
}

function parseFrame(bytes: Buffer): Frame | undefined {
  const headerEnd = PREFIX + bytes.readUInt32LE(0);
  try {
    return { header: JSON.parse(bytes.toString('utf8', PREFIX, headerEnd)), payload: bytes.subarray(headerEnd) };
  } catch {
    return undefined;
  }
}
