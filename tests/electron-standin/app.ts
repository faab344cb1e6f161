import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import packageJson from '../../package.json' with { type: 'json' };
import type { StandinBrowserWindow } from './browser-window.ts';
import { type Browser, startChromium } from './chromium.ts';
import { StandinEvent, StrictEvents } from './strict-events.ts';

const EVENTS = ['open-file', 'second-instance', 'window-all-closed', 'will-quit'];

type Provided = 'exit' | 'getPath' | 'getVersion' | 'isPackaged' | 'quit' | 'requestSingleInstanceLock';

export class StandinApp extends StrictEvents implements Pick<App, Provided> {
  static readonly theOne = new StandinApp();
  readonly isPackaged = false;
  readonly windows = new Set<StandinBrowserWindow>();
  #browser: Browser | null = null;
  #ready: Promise<void> | null = null;
  #isQuitting = false;
  #lock: string | null = null;

  private constructor() {
    super('app', EVENTS);
  }

  get browser(): Browser {
    if (this.#browser === null) throw new Error('Cannot create BrowserWindow before app is ready');
    return this.#browser;
  }

  getVersion(): string {
    return packageJson.version;
  }

  getPath(name: Parameters<App['getPath']>[0]): string {
    if (name !== 'userData') throw new Error(`The stand-in for Electron has no path "${name}".`);
    return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), packageJson.name);
  }

  whenReady(): Promise<void> {
    this.#ready ??= startChromium().then((browser) => {
      this.#browser = browser;
    });
    return this.#ready;
  }

  /** Electron holds the lock through the system; here it is a file with the number of the process. */
  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    const lock = join(this.getPath('userData'), 'SingletonLock');
    const mail = join(this.getPath('userData'), 'SecondInstances');
    mkdirSync(mail, { recursive: true });
    if (!tryToLock(lock)) {
      const letter = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
      writeFileSync(join(mail, `${process.pid}.draft`), JSON.stringify(letter));
      renameSync(join(mail, `${process.pid}.draft`), join(mail, `${process.pid}.json`));
      return false;
    }
    this.#lock = lock;
    watch(mail, { persistent: false }, () => this.#readMail(mail));
    return true;
  }

  quit(): void {
    this.#isQuitting = true;
    if (this.windows.size === 0) this.#end();
    for (const window of [...this.windows]) window.close();
  }

  exit(code = 0): void {
    if (this.#lock !== null) rmSync(this.#lock, { force: true });
    const closed = this.#browser?.close() ?? Promise.resolve();
    void closed.finally(() => process.exit(code));
  }

  quitWasPrevented(): void {
    this.#isQuitting = false;
  }

  windowIsGone(window: StandinBrowserWindow): void {
    this.windows.delete(window);
    if (this.windows.size > 0) return;
    if (this.#isQuitting) this.#end();
    else this.emit('window-all-closed');
  }

  #end(): void {
    const event = new StandinEvent();
    this.emit('will-quit', event);
    if (!event.defaultPrevented) this.exit();
  }

  #readMail(mail: string): void {
    for (const file of readdirSync(mail).filter((name) => name.endsWith('.json'))) {
      const path = join(mail, file);
      const { argv, workingDirectory, additionalData } = JSON.parse(readFileSync(path, 'utf8'));
      rmSync(path);
      this.emit('second-instance', new StandinEvent(), argv, workingDirectory, additionalData);
    }
  }
}

function tryToLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = Number(readFileSync(lock, 'utf8'));
    if (isAlive(owner)) return false;
    rmSync(lock);
    return tryToLock(lock);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
