import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BrowserContext, chromium } from 'playwright-core';
import { sandboxFlags, systemBrowser } from '../../tools/system-browser.ts';

const QUIET_FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A camera for those who may use it: page-side.js asks the app first.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

/** The browser behind the windows of the stand-in. */
export interface Browser {
  readonly context: BrowserContext;
  /** Where tests reach the pages too, through the DevTools protocol. */
  readonly endpoint: string;
  close(): Promise<void>;
}

export async function startChromium(): Promise<Browser> {
  const executablePath = systemBrowser();
  if (executablePath === null) throw new Error('The stand-in for Electron needs Chromium: install it.');
  const profile = mkdtempSync(join(tmpdir(), 'weft-electron-standin-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...QUIET_FLAGS, ...sandboxFlags(), '--remote-debugging-port=0'],
    viewport: { width: 1280, height: 800 },
    // They belong to the app that stands on top.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  // As the fake camera above: the app is asked instead.
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return {
    context,
    endpoint: await endpointIn(profile),
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function endpointIn(profile: string): Promise<string> {
  const file = join(profile, 'DevToolsActivePort');
  while (!existsSync(file)) await delay(20);
  const [port] = readFileSync(file, 'utf8').split('\n');
  return `http://127.0.0.1:${port}`;
}
