import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface EditorServerOptions {
  /** Folder of the person; its state and files are in it. A fresh one, removed at the end, when left out. */
  readonly home?: string;
  /** Folder with nodes of the person's own. */
  readonly nodes?: string;
  /** A graph to open first. */
  readonly graph?: string;
  readonly port?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** A shell command to do first, in a view of the disks that no other process has: it may mount, as root on Linux. */
  readonly mount?: string;
}

/** The real server, as a process that can be killed. */
export class EditorServer implements AsyncDisposable {
  /** Opens the editor. */
  readonly url: string;
  /** The person's folder: graphs are saved here. */
  readonly home: string;
  readonly #child: ChildProcess;
  readonly #ownHome: boolean;

  private constructor(child: ChildProcess, url: string, home: string, ownHome: boolean) {
    this.#child = child;
    this.url = url;
    this.home = home;
    this.#ownHome = ownHome;
  }

  static async start(options: EditorServerOptions = {}): Promise<EditorServer> {
    const home = options.home ?? (await mkdtemp(join(tmpdir(), 'weft-e2e-')));
    const files = join(home, 'files');
    await mkdir(files, { recursive: true });
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      HOME: home,
      WEFT_STATE: join(home, 'state'),
      WEFT_MODELS: join(home, 'models'),
      ...(options.nodes === undefined ? {} : { WEFT_NODES: options.nodes }),
      ...(options.port === undefined ? {} : { WEFT_E2E_PORT: String(options.port) }),
      ...options.env,
    };
    const script = join(import.meta.dirname, 'serve.ts');
    const args = options.graph === undefined ? [script] : [script, options.graph];
    const [command, ...rest] =
      options.mount === undefined
        ? [process.execPath, ...args]
        : ['unshare', '-m', 'sh', '-c', `${options.mount} && exec "$0" "$@"`, process.execPath, ...args];
    const child = spawn(command, rest, { cwd: files, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const url = await addressOf(child);
    return new EditorServer(child, url, home, options.home === undefined);
  }

  /** Where graphs of the person lie, and where the file dialog begins. */
  get files(): string {
    return join(this.home, 'files');
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get pid(): number {
    // A process that printed its address has one.
    return this.#child.pid ?? 0;
  }

  /** As a crash or the system would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGINT');
      await once(this.#child, 'exit');
    }
    if (this.#ownHome) await rm(this.home, { recursive: true, force: true });
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  const found = Promise.withResolvers<string>();
  const read = (chunk: Buffer) => {
    output += chunk.toString();
    const url = /http:\/\/\S+token=\S+/.exec(output)?.[0];
    if (url !== undefined) found.resolve(url);
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  child.on('exit', (code) => found.reject(new Error(`The server ended with ${code}: ${output}`)));
  return found.promise;
}
