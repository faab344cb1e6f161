import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { sandboxFlags, systemBrowser } from '../../tools/system-browser.ts';
import { canLaunch } from '../electron-standin/launch.ts';
import type { Editor } from './editor.ts';
import { onDesktop } from './which-host.ts';

const QUIET_FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** ms: long enough for a slow and busy machine, short enough to end before the time of a test does. */
const TIMEOUT = 30_000;

/** Is there a browser to test in? `npm test` installs one on Debian. */
export const hasBrowser = onDesktop ? canLaunch() : systemBrowser() !== null;
if (!hasBrowser) console.log('skipped: no Chromium, Chrome or Edge on this machine');

/** A person at an ordinary screen. */
const PERSON: BrowserContextOptions = {
  viewport: { width: 1280, height: 800 },
  reducedMotion: 'reduce',
  colorScheme: 'dark',
};

/**
 * A real browser for one test file. Its pages say at the end what they should never have said: `faults` holds errors of
 * the console, uncaught exceptions, and violations of the content security policy.
 */
export class EditorBrowser implements AsyncDisposable {
  readonly faults: string[] = [];
  /** Null on the desktop, where the app brings its own. */
  readonly #browser: Browser | null;
  readonly #editors = new WeakMap<Page, Editor>();

  private constructor(browser: Browser | null) {
    this.#browser = browser;
  }

  static async start(flags: readonly string[] = []): Promise<EditorBrowser> {
    if (onDesktop) return new EditorBrowser(null);
    const executablePath = systemBrowser();
    if (executablePath === null) throw new Error('There is no browser to test in.');
    const args = [...QUIET_FLAGS, ...sandboxFlags(), ...flags];
    return new EditorBrowser(await chromium.launch({ executablePath, args }));
  }

  /** A person of their own: no cookies, no storage, an empty clipboard that pages may use. */
  async person(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.#launched.newContext({ ...PERSON, ...options });
    context.setDefaultTimeout(TIMEOUT);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    context.on('page', (page) => this.#listen(page));
    await context.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        console.error(`the content security policy refused ${blockedURI} (${effectiveDirective})`),
      ),
    );
    return context;
  }

  /** A window of the editor, with its line to the host. */
  async open(editor: Editor, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await editor.open({ ...PERSON, ...options }, (wanted) => this.person(wanted));
    this.#editors.set(page, editor);
    // Those of a browser are listened to from their beginning.
    if (onDesktop) this.#listen(page);
    page.setDefaultTimeout(TIMEOUT);
    await page.getByText('Engine ready').waitFor();
    return page;
  }

  /** Another window of the same person, in the same browser: a desktop app has one. */
  async openBeside(page: Page, url: string = page.url()): Promise<Page> {
    const other = await page.context().newPage();
    await other.goto(url);
    await other.getByText('Engine ready').waitFor();
    return other;
  }

  /**
   * Closes a window that `open` opened; nobody is asked, and what it leaves unsaved is lost, so that the next test begins
   * with nothing of this one. Use the editor's own `leave` to keep it.
   */
  async leave(page: Page): Promise<void> {
    const editor = this.#editors.get(page);
    await editor?.leave(page);
    await editor?.forgetUnsaved();
  }

  get #launched(): Browser {
    if (this.#browser === null) throw new Error('The desktop app has one window, of one person.');
    return this.#browser;
  }

  #listen(page: Page): void {
    page.on('pageerror', (error) => this.faults.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      // A browser says that a line was lost in its own words; windows say so in theirs.
      if (/WebSocket connection to|net::ERR_CONNECTION/.test(message.text())) return;
      this.faults.push(`console: ${message.text()}`);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser?.close();
  }
}
