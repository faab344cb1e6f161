import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import type { DesktopApp, LaunchOptions } from './desktop-app.ts';

const REGISTER = join(import.meta.dirname, 'register.ts');

/** What `control.ts` says. */
const reportSchema = z.union([
  z.object({ endpoint: z.string() }),
  z.object({ id: z.int(), error: z.string() }),
  z.object({ id: z.int(), result: z.unknown().optional() }),
]);

/** Starts the desktop app over the stand-in for Electron, for `launchStandin` with an IPC channel. */
export function startStandin(
  { program, args = [], env, cwd }: LaunchOptions,
  stdio: StdioOptions = 'ignore',
): ChildProcess {
  return spawn(process.execPath, ['--import', REGISTER, program, ...args], { env, cwd, stdio });
}

/** Starts it and resolves when its window can be reached. */
export async function launchStandin(options: LaunchOptions): Promise<DesktopApp> {
  const child = startStandin(options, ['ignore', 'ignore', 'pipe', 'ipc']);
  let stderr = '';
  // Four streams were asked for, the third as a pipe.
  (child.stderr as NodeJS.ReadableStream).on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  // Not 'close', which does not come when the IPC channel was closed from here.
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => code);
  const endpoint = Promise.withResolvers<string>();
  const pending = new Map<number, PromiseWithResolvers<unknown>>();
  child.on('message', (message) => {
    const report = reportSchema.parse(message);
    if ('endpoint' in report) return endpoint.resolve(report.endpoint);
    const call = pending.get(report.id);
    pending.delete(report.id);
    if ('error' in report) call?.reject(new Error(report.error));
    else call?.resolve(report.result);
  });
  const endedEarly = ended.then((code): never => {
    const error = new Error(`The app ended with ${code}: ${stderr}`);
    endpoint.reject(error);
    for (const call of pending.values()) call.reject(error);
    throw error;
  });
  // It ends some time, and whoever waits for something then is told.
  endedEarly.catch(() => {});

  const connected = chromium.connectOverCDP(await endpoint.promise);
  const browser = await Promise.race([connected, endedEarly]);
  const chromiumId = await Promise.race([processIdOf(browser), endedEarly]);
  // An app that is killed leaves Chromium to end by itself, a moment later.
  const exited = ended.then(async (code) => {
    while (isRunning(chromiumId)) await delay(20);
    return code;
  });
  const pages = new AppPages(browser);
  await Promise.race([pages.newest(), endedEarly]);
  let lastId = 0;
  return {
    // A spawned process that has answered has a pid.
    pid: child.pid as number,
    exited,
    stderr: () => stderr,
    page: () => pages.newest(),
    async evaluate<R, A>(call: (electron: never, argument: A) => R | Promise<R>, argument?: A) {
      const answered = Promise.withResolvers<unknown>();
      const id = ++lastId;
      pending.set(id, answered);
      child.send({ id, source: call.toString(), argument });
      return (await answered.promise) as R;
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

async function processIdOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const own = processInfo.find(({ type }) => type === 'browser');
  if (own === undefined) throw new Error('Chromium does not list its own process.');
  return own.id;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Of one that has ended, and that its parent has not asked about, nothing is left but its number.
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** The pages of `browser` that show the app; Chromium opens an empty one beside them. */
class AppPages {
  readonly #context: BrowserContext;
  readonly #crashed = new WeakSet<Page>();

  constructor(browser: Browser) {
    // A browser that was reached through the DevTools protocol has one context.
    [this.#context] = browser.contexts();
    for (const page of this.#context.pages()) this.#watch(page);
    this.#context.on('page', (page) => this.#watch(page));
  }

  async newest(): Promise<Page> {
    for (;;) {
      const page = this.#context.pages().findLast((candidate) => this.#showsApp(candidate));
      if (page !== undefined) {
        await page.waitForLoadState();
        return page;
      }
      await delay(20);
    }
  }

  #watch(page: Page): void {
    page.on('crash', () => this.#crashed.add(page));
  }

  #showsApp(page: Page): boolean {
    return page.url().startsWith('https://') && !this.#crashed.has(page);
  }
}
