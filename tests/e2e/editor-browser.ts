import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { sandboxFlags, systemBrowser } from '../../tools/system-browser.ts';

const QUIET_FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Is there a browser to test in? `npm test` installs one on Debian. */
export const hasBrowser = systemBrowser() !== null;
if (!hasBrowser) console.log('skipped: no Chromium, Chrome or Edge on this machine');

/**
 * A real browser for one test file. Its pages say at the end what they should never have said: `faults` holds errors of
 * the console, uncaught exceptions, and violations of the content security policy.
 */
export class EditorBrowser implements AsyncDisposable {
  readonly faults: string[] = [];
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start(flags: readonly string[] = []): Promise<EditorBrowser> {
    const executablePath = systemBrowser();
    if (executablePath === null) throw new Error('There is no browser to test in.');
    const args = [...QUIET_FLAGS, ...sandboxFlags(), ...flags];
    return new EditorBrowser(await chromium.launch({ executablePath, args }));
  }

  /** A person of their own: no cookies, no storage, an empty clipboard that pages may use. */
  async person(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      colorScheme: 'dark',
      ...options,
    });
    // ms: a busy machine takes a while; what never comes need not be waited for as long as Playwright would.
    context.setDefaultTimeout(15_000);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    context.on('page', (page) => this.#listen(page));
    await context.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        console.error(`the content security policy refused ${blockedURI} (${effectiveDirective})`),
      ),
    );
    return context;
  }

  /** The editor at `url`, with its line to the host. */
  async open(url: string, context?: BrowserContext): Promise<Page> {
    const page = await (context ?? (await this.person())).newPage();
    await page.goto(url);
    await page.getByText('Engine ready').waitFor();
    return page;
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
    await this.#browser.close();
  }
}
