import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Connection, HELLO_LIMIT, type Hello, socketPath } from './connection.ts';

/**
 * Where the engine listens. `abstract`: a name without a file, of which a killed process leaves nothing (Linux);
 * `folder`: a socket in a private folder, swept at the next start; `pipe`: a named pipe (Windows).
 */
export type ListenPlace = 'abstract' | 'folder' | 'pipe';

/** An isolate that has been told how to connect, and has not done so yet. */
export interface ExpectedIsolate {
  /** 32 random bytes, hexadecimal: by this the connection is known to be the isolate's. */
  readonly token: string;
  readonly connected: Promise<Connection>;
  /** The token opens nothing from now on. */
  forget(): void;
}

interface Expectation extends PromiseWithResolvers<Connection> {
  met: boolean;
}

const helloSchema: z.ZodType<Hello> = z.object({ token: z.string(), channel: z.enum(['messages', 'watch']) });

/** Time for a connection to show its token, ms. */
const HELLO_TIMEOUT = 10_000;
const FOLDER_PREFIX = 'weft-isolates-';

/** The engine's end of the local sockets to its isolates: one listener, one connection an isolate. */
export class IsolateListener {
  readonly address: string;
  readonly #server: Server;
  readonly #folder: string | null;
  readonly #sockets = new Set<Socket>();
  readonly #expected = new Map<string, Expectation>();

  static async open(place: ListenPlace = defaultPlace()): Promise<IsolateListener> {
    const folder = place === 'folder' ? await privateFolder() : null;
    const server = createServer();
    const address = folder === null ? unfiledAddress(place) : join(folder, 'engine');
    server.listen(socketPath(address));
    await once(server, 'listening');
    return new IsolateListener(server, address, folder);
  }

  private constructor(server: Server, address: string, folder: string | null) {
    this.#server = server;
    this.#folder = folder;
    this.address = address;
    server.on('connection', (socket) => this.#admit(socket));
    server.on('error', (error) => {
      for (const { reject } of this.#expected.values()) reject(error);
    });
  }

  expect(): ExpectedIsolate {
    const token = randomBytes(32).toString('hex');
    const expectation = { ...Promise.withResolvers<Connection>(), met: false };
    this.#expected.set(token, expectation);
    return { token, connected: expectation.promise, forget: () => this.#expected.delete(token) };
  }

  /** Closes every connection; the isolates at their other ends exit. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true });
  }

  #admit(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.setTimeout(HELLO_TIMEOUT, () => socket.destroy());
    const connection = new Connection(socket, HELLO_LIMIT);
    connection.onFrame = ({ header }) => {
      const hello = helloSchema.safeParse(header);
      const expectation = hello.success ? this.#expected.get(hello.data.token) : undefined;
      if (!hello.success || expectation === undefined) return connection.destroy();
      socket.setTimeout(0);
      connection.onFrame = () => connection.destroy();
      if (hello.data.channel === 'watch') return;
      if (expectation.met) return connection.destroy();
      expectation.met = true;
      connection.trust();
      expectation.resolve(connection);
    };
  }
}

function defaultPlace(): ListenPlace {
  if (process.platform === 'linux') return 'abstract';
  return process.platform === 'win32' ? 'pipe' : 'folder';
}

function unfiledAddress(place: ListenPlace): string {
  const name = `weft-${randomBytes(16).toString('hex')}`;
  return place === 'abstract' ? `@${name}` : `\\\\.\\pipe\\${name}`;
}

/** A new folder that only this user may enter (0700), after those of processes that are gone have been removed. */
async function privateFolder(): Promise<string> {
  for (const name of await readdir(tmpdir())) {
    const owner = name.startsWith(FOLDER_PREFIX) ? Number.parseInt(name.slice(FOLDER_PREFIX.length), 10) : Number.NaN;
    if (!Number.isNaN(owner) && !isAlive(owner)) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
  return mkdtemp(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, and another user's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
