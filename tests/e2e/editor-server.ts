import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Editor, EditorOptions } from './editor.ts';
import { PersonHome } from './person-home.ts';

export interface EditorServerOptions extends EditorOptions {
  /** A graph to open first. */
  readonly graph?: string;
  readonly port?: number;
  /** A shell command to do first, in a view of the disks that no other process has: it may mount, as root on Linux. */
  readonly mount?: string;
}

/** The real server, as a process that can be killed. */
export class EditorServer implements Editor {
  /** Opens the editor. */
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #person: PersonHome;

  private constructor(child: ChildProcess, url: string, person: PersonHome) {
    this.#child = child;
    this.url = url;
    this.#person = person;
  }

  static async start(options: EditorServerOptions = {}): Promise<EditorServer> {
    const person = await PersonHome.make(options);
    const port = options.port === undefined ? {} : { WEFT_E2E_PORT: String(options.port) };
    const env = { ...person.env, ...port };
    const script = join(import.meta.dirname, 'serve.ts');
    const args = options.graph === undefined ? [script] : [script, options.graph];
    const [command, ...rest] =
      options.mount === undefined
        ? [process.execPath, ...args]
        : ['unshare', '-m', 'sh', '-c', `${options.mount} && exec "$0" "$@"`, process.execPath, ...args];
    const child = spawn(command, rest, { cwd: person.files, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const url = await addressOf(child);
    return new EditorServer(child, url, person);
  }

  get home(): string {
    return this.#person.folder;
  }

  get files(): string {
    return this.#person.files;
  }

  get pid(): number {
    // A process that printed its address has one.
    return this.#child.pid ?? 0;
  }

  async open(
    options: BrowserContextOptions,
    newPerson: (options: BrowserContextOptions) => Promise<BrowserContext>,
  ): Promise<Page> {
    const page = await (await newPerson(options)).newPage();
    await page.goto(this.url);
    return page;
  }

  async leave(page: Page): Promise<void> {
    await page.context().close();
  }

  async forgetUnsaved(): Promise<void> {
    // The server hears a moment later that a window was closed, and writes once more then.
    while (this.#isAlive && this.#person.unsaved().some(({ owner }) => owner !== null)) await delay(20);
    this.#person.forgetUnsaved();
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  get #isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (!this.#isAlive) return;
    this.#child.kill(signal);
    await once(this.#child, 'exit');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end('SIGINT');
    await this.#person[Symbol.asyncDispose]();
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
