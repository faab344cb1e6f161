import { mkdirSync, writeFileSync } from 'node:fs';
import { request as ask, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { EngineHost } from '../../src/main/engine/host.ts';
import { RESOURCES } from '../../src/main/registry/folders.ts';
import { WindowServer } from '../../src/main/server/server.ts';
import { AllowedFolders } from '../../src/main/window/allowed-folders.ts';
import { Workspace } from '../../src/main/window/workspace.ts';
import { connect, type WindowClient } from '../../src/shared/protocol/call-client.ts';
import { temporaryFolder } from '../window/temporary-folder.ts';
import { portOf } from './socket-client.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface AskOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server on a free port, with a page of its own, closed when the test has finished. */
export class TestServer {
  readonly origin: string;
  readonly token: string;
  readonly urls: readonly string[];
  readonly folder: string;
  readonly page: string;
  readonly server: WindowServer;

  private constructor(server: WindowServer, folder: string, page: string) {
    const url = new URL(server.urls[0]);
    this.server = server;
    this.urls = server.urls;
    this.origin = url.origin;
    this.token = url.searchParams.get('token') ?? '';
    this.folder = folder;
    this.page = page;
  }

  static async open(host = 'localhost'): Promise<TestServer> {
    const folder = temporaryFolder();
    const page = builtPage();
    const workspace = await Workspace.open({
      host: 'server',
      stateFolder: temporaryFolder(),
      allowed: AllowedFolders.only([folder, RESOURCES], []),
      openFirst: [],
      startEngine: (settings) => new EngineHost({ ...settings, nodesFolders: ['tests/acceptance/nodes'] }),
    });
    const server = await WindowServer.open({ workspace, page, host, port: 0 });
    onTestFinished(() => server.close());
    return new TestServer(server, folder, page);
  }

  get port(): number {
    return Number(new URL(this.origin).port);
  }

  /** The cookie that the opening address gives. */
  get cookie(): string {
    return `weft-${this.port}=${this.token}`;
  }

  /** Asks without the cookie and with nothing that is not said; `path` goes out as it is, dots and all. */
  ask(path: string, { method = 'GET', headers = {} }: AskOptions = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = ask({ host: 'localhost', port: this.port, path, method, headers }, async (response) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) });
      });
      request.on('error', reject);
      request.end();
    });
  }

  askWithCookie(path: string, { method, headers }: AskOptions = {}): Promise<Answer> {
    return this.ask(path, { method, headers: { cookie: this.cookie, ...headers } });
  }

  /** The status with which a line is refused; 101 when it is not. */
  async upgrade(headers: Readonly<Record<string, string>>, path = '/window'): Promise<number> {
    const socket = new WebSocket(`ws://localhost:${this.port}${path}`, { headers });
    return new Promise((resolve) => {
      socket.on('open', () => {
        resolve(101);
        socket.terminate();
      });
      socket.on('unexpected-response', (_, response) => {
        resolve(response.statusCode ?? 0);
        socket.terminate();
      });
      socket.on('error', () => {});
    });
  }

  async socket(): Promise<WebSocket> {
    const socket = new WebSocket(`ws://localhost:${this.port}/window`, {
      headers: { cookie: this.cookie, origin: this.origin },
    });
    await new Promise((resolve, reject) => {
      socket.on('open', resolve);
      socket.on('error', reject);
    });
    return socket;
  }

  async window(): Promise<WindowClient> {
    return connect(portOf(await this.socket()));
  }
}

/** A page in the form that the build gives it. */
export function builtPage(): string {
  const page = join(temporaryFolder(), 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(
    join(page, 'index.html'),
    '<!doctype html><title>Weft</title><script type="module" src="./assets/a.js"></script>',
  );
  writeFileSync(join(page, 'assets', 'a.js'), 'document.title = "started";');
  writeFileSync(join(page, 'assets', 'font.woff2'), 'font');
  return page;
}
