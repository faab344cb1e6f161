import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { MAX_MESSAGE_BYTES } from '../../shared/protocol/envelope.ts';
import type { HostWindow } from '../window/host-window.ts';
import type { Workspace } from '../window/workspace.ts';
import { Access, type Refusal } from './access.ts';
import { namesOf } from './addresses.ts';
import { requireBuiltPage, sendPageFile } from './page-files.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { SocketPort } from './socket-port.ts';

export interface ServerOptions {
  readonly workspace: Workspace;
  /** Folder of the built page. */
  readonly page: string;
  /** Name or address to bind to. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** Where windows speak to the server. */
const SOCKET_PATH = '/window';
const MOST_CONNECTIONS = 128;
const MOST_WINDOWS = 32;
/** ms between two signs of life that each window is asked for; one that gave none since the last is gone. */
const ASK_EVERY = 10_000;

/** Serves the editor to browsers: the page over HTTP, and a line for each window over a WebSocket. */
export class WindowServer {
  /** Addresses that open the editor, the best one first; each holds the token. */
  readonly urls: readonly string[];
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  readonly #workspace: Workspace;
  readonly #page: string;
  readonly #access: Access;
  /** Windows that have given a sign of life since they were last asked for one. */
  readonly #alive = new WeakSet<WebSocket>();
  readonly #asking: NodeJS.Timeout;

  private constructor(http: Server, { workspace, page, host }: ServerOptions) {
    this.#http = http;
    this.#workspace = workspace;
    this.#page = page;
    const { port } = http.address() as AddressInfo;
    const names = namesOf(host);
    this.#access = new Access(names, port);
    this.urls = names.map((name) => `http://${name}:${port}/?token=${this.#access.token}`);
    http.on('request', (request, response) => void this.#answer(request, response));
    http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#asking = setInterval(() => this.#askForSignsOfLife(), ASK_EVERY);
  }

  /** @throws E_FILE_MISSING when the page is not built; E_USAGE when the address cannot be used */
  static async open(options: ServerOptions): Promise<WindowServer> {
    requireBuiltPage(options.page);
    const http = createServer();
    http.maxConnections = MOST_CONNECTIONS;
    http.listen(options.port, options.host);
    try {
      await once(http, 'listening');
    } catch (cause) {
      throw unusableAddress(options, cause);
    }
    return new WindowServer(http, options);
  }

  /** Ends every line, and waits for what ends with it. */
  async close(): Promise<void> {
    clearInterval(this.#asking);
    this.#http.close();
    // Lines are no HTTP connections any more: they end with their windows.
    this.#http.closeAllConnections();
    await this.#workspace.close();
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const { method, url = '/' } = request;
    if (method !== 'GET' && method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const token = tokenOf(url);
    const refusal =
      this.#access.refusalOfOrigin(request) ?? (token === null ? this.#access.refusalOfCookie(request) : null);
    if (refusal !== null) return refuse(response, refusal);
    if (token !== null) return this.#letIn(token, response);
    try {
      await sendPageFile(this.#page, request, response);
    } catch {
      // The browser has gone in the middle of the answer.
      response.destroy();
    }
  }

  /** The token moves from the address, which people see and browsers keep, into a cookie. */
  #letIn(token: string, response: ServerResponse): void {
    if (this.#access.isToken(token)) {
      response.writeHead(303, { location: '/', 'set-cookie': this.#access.cookie, 'cache-control': 'no-store' }).end();
    } else {
      refuse(response, {
        status: 401,
        reason: 'The address is of another start of `weft serve`: open the newest one.',
      });
    }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const refusal = this.#access.refusalOfSocket(request);
    if (refusal !== null) return refuseUpgrade(socket, refusal.status);
    if (request.url !== SOCKET_PATH) return refuseUpgrade(socket, 404);
    if (this.#sockets.clients.size >= MOST_WINDOWS) return refuseUpgrade(socket, 503);
    this.#sockets.handleUpgrade(request, socket, head, (line) => this.#connect(line));
  }

  #connect(socket: WebSocket): void {
    this.#alive.add(socket);
    socket.on('pong', () => this.#alive.add(socket));
    this.#workspace.connect(new SocketPort(socket), BROWSER_WINDOW);
  }

  /** A line may be cut without a word, as when a laptop is closed; its runs must not go on for ever. */
  #askForSignsOfLife(): void {
    for (const socket of this.#sockets.clients) {
      if (this.#alive.delete(socket)) socket.ping();
      else socket.terminate();
    }
  }
}

/** A page sets its own title, and only the person closes it. */
const BROWSER_WINDOW: HostWindow = { dialogs: null, setTitle() {}, close() {} };

function tokenOf(url: string): string | null {
  return url.startsWith('/?') ? new URLSearchParams(url.slice(2)).get('token') : null;
}

function refuse(response: ServerResponse, { status, reason }: Refusal): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${reason}\n`);
}

function refuseUpgrade(socket: Duplex, status: number): void {
  const answer = `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  socket.end(answer, () => socket.destroy());
}

function unusableAddress({ host, port }: ServerOptions, cause: unknown): WeftError {
  const { code } = cause as NodeJS.ErrnoException;
  const [why, todo] =
    code === 'EADDRINUSE'
      ? [`port ${port} is in use`, 'choose another --port']
      : [`${host}:${port} cannot be used (${code})`, 'choose another --host or --port'];
  return new WeftError('E_USAGE', `The server did not start, for ${why}: ${todo}.`, { cause });
}
