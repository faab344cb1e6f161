import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebContents, WebPreferences, WindowOpenHandlerResponse } from 'electron';
import type { BrowserContext, Frame, Page, Request, Route } from 'playwright-core';
import { toApp, toBrowser } from './app-address.ts';
import { StandinSession } from './session.ts';
import { strict } from './strict.ts';
import { StandinEvent, StrictEvents } from './strict-events.ts';

const EVENTS = [
  'destroyed',
  'did-start-navigation',
  'render-process-gone',
  'will-attach-webview',
  'will-frame-navigate',
];

const PAGE_SIDE = readFileSync(join(import.meta.dirname, 'page-side.js'), 'utf8');
const BINDING = '__electronStandinCall';
const RECEIVER = '__electronStandinReceive';
/** Where a page hears whether it may do what it asked for. */
const PERMISSION = 'electron-standin:permission';

type Packed = { readonly bytes: string } | { readonly json: unknown };

type FromPage =
  | { readonly send: string; readonly message: Packed }
  | {
      readonly permission: string;
      readonly id: number;
      readonly details: { readonly mediaTypes?: readonly ('video' | 'audio')[] };
    };

interface StandinFrame {
  readonly url: string;
  readonly parent: StandinFrame | null;
}

type OpenHandler = (details: { readonly url: string }) => WindowOpenHandlerResponse;

/** The page of a window. What Electron does at once waits its turn here, since Playwright's calls take time. */
export class StandinWebContents
  extends StrictEvents
  implements Pick<WebContents, 'forcefullyCrashRenderer' | 'getURL' | 'isDestroyed' | 'reload' | 'send'>
{
  readonly ipc = strict('webContents.ipc', new StrictEvents('webContents.ipc', ['weft:to-host']));
  readonly session = strict('session', StandinSession.defaultSession);
  readonly #preferences: WebPreferences;
  readonly #context: BrowserContext;
  readonly #frames = new WeakMap<Frame, StandinFrame>();
  #page: Page | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #isDestroyed = false;
  #hasCrashed = false;
  /** The app itself is loading its page, which nobody may prevent. */
  #isLoading = false;
  #openHandler: OpenHandler = () => ({ action: 'allow' });

  constructor(context: BrowserContext, preferences: WebPreferences) {
    super('webContents', EVENTS);
    this.#context = context;
    this.#preferences = preferences;
    this.#enqueue(async () => {
      await context.route('**', (route) => this.#routeOpened(route));
      await this.#open();
    });
  }

  get mainFrame(): StandinFrame {
    return this.#frameOf(this.#opened.mainFrame());
  }

  getLastWebPreferences(): WebPreferences {
    return this.#preferences;
  }

  getURL(): string {
    return this.#page === null ? '' : toApp(this.#page.url());
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  loadURL(url: string): Promise<void> {
    return this.#enqueue(() => this.#load(url));
  }

  reload(): void {
    const url = this.getURL();
    void this.#enqueue(async () => {
      if (this.#hasCrashed) {
        await this.#opened.close();
        await this.#open();
        this.#hasCrashed = false;
      }
      await this.#load(url);
    });
  }

  send(channel: string, message: unknown): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
    void this.#enqueue(async () => {
      const page = this.#opened;
      if (this.#hasCrashed || page.isClosed()) return;
      const args = { receiver: RECEIVER, channel, packed: pack(message) };
      // What was sent to a page that has been left in the meantime is lost, as in Electron.
      await page.evaluate(deliver, args).catch(() => {});
    });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  forcefullyCrashRenderer(): void {
    void this.#opened.goto('chrome://crash').catch(() => {});
  }

  async destroy(): Promise<void> {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.emit('destroyed');
    await this.#enqueue(() => this.#opened.close());
  }

  get #opened(): Page {
    if (this.#page === null) throw new Error('The stand-in for Electron has not opened this page yet.');
    return this.#page;
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => {});
    return done;
  }

  async #load(url: string): Promise<void> {
    this.#isLoading = true;
    try {
      await this.#opened.goto(toBrowser(url));
    } finally {
      this.#isLoading = false;
    }
  }

  async #open(): Promise<void> {
    const page = await this.#context.newPage();
    this.#page = page;
    page.on('crash', () => {
      this.#hasCrashed = true;
      this.emit('render-process-gone', new StandinEvent(), { reason: 'crashed', exitCode: 5 });
    });
    await page.route('**', async (route) => {
      const request = route.request();
      if (!request.isNavigationRequest()) return route.fallback();
      const frame = request.frame();
      const details = { url: toApp(request.url()), isMainFrame: frame === page.mainFrame(), isSameDocument: false };
      const event = StandinEvent.of(details);
      if (!this.#isLoading) this.emit('will-frame-navigate', event);
      if (event.defaultPrevented) return route.abort('aborted');
      this.emit('did-start-navigation', event);
      return route.fallback();
    });
    await page.exposeBinding(BINDING, ({ frame }, message: FromPage) => this.#received(frame, message));
    await page.addInitScript({ content: this.#initScript() });
  }

  /** What loads in no page of ours loads in a window that ours has opened, and which nobody here provides. */
  async #routeOpened(route: Route): Promise<void> {
    const opened = pageOf(route.request());
    if (opened === this.#page) return route.fallback();
    const { action } = this.#openHandler({ url: toApp(route.request().url()) });
    if (action !== 'deny') throw new Error('The stand-in for Electron opens no windows for pages.');
    await route.abort('aborted');
    await opened?.close();
  }

  #initScript(): string {
    const { preload } = this.#preferences;
    const script =
      preload === undefined ? 'null' : `(require, module, exports) => {${readFileSync(preload, 'utf8')}\n}`;
    const names = JSON.stringify({ binding: BINDING, receiver: RECEIVER, permission: PERMISSION });
    return `(() => {\n${PAGE_SIDE}\nstandInForElectron(${names}, ${script});\n})();`;
  }

  async #received(frame: Frame, message: FromPage): Promise<void> {
    const senderFrame = this.#frameOf(frame);
    if ('send' in message) {
      this.ipc.emit(message.send, { sender: this, senderFrame }, unpack(message.message));
      return;
    }
    const details = { requestingUrl: senderFrame.url, isMainFrame: senderFrame.parent === null, ...message.details };
    const isAllowed = await this.session.ask(message.permission, details);
    const args = { receiver: RECEIVER, channel: PERMISSION, packed: pack({ id: message.id, isAllowed }) };
    await frame.evaluate(deliver, args);
  }

  #frameOf(frame: Frame): StandinFrame {
    let known = this.#frames.get(frame);
    if (known === undefined) {
      const parent = frame.parentFrame();
      known = {
        get url() {
          return toApp(frame.url());
        },
        parent: parent === null ? null : this.#frameOf(parent),
      };
      this.#frames.set(frame, known);
    }
    return known;
  }
}

/** Null for a page that is only just being made. */
function pageOf(request: Request): Page | null {
  try {
    return request.frame().page();
  } catch {
    return null;
  }
}

function pack(message: unknown): Packed {
  return message instanceof Uint8Array ? { bytes: Buffer.from(message).toString('base64') } : { json: message };
}

function unpack(packed: Packed): unknown {
  return 'bytes' in packed ? new Uint8Array(Buffer.from(packed.bytes, 'base64')) : packed.json;
}

/** Runs in the page. */
function deliver({ receiver, channel, packed }: { receiver: string; channel: string; packed: Packed }): void {
  const page = globalThis as unknown as Record<string, (channel: string, packed: Packed) => void>;
  page[receiver](channel, packed);
}
