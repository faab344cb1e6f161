import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { DesktopApp } from '../electron-standin/desktop-app.ts';
import { launchDesktop } from '../electron-standin/launch.ts';
import type { Editor, EditorOptions } from './editor.ts';
import { PersonHome } from './person-home.ts';
import { holdSystemDialogs } from './system-dialogs.ts';

const PROGRAM = join(import.meta.dirname, 'run-desktop.ts');

const apps = new WeakMap<Page, DesktopApp>();

/** The app that shows this page. */
export function appOf(page: Page): DesktopApp {
  const app = apps.get(page);
  if (app === undefined) throw new Error('This page is of no desktop app.');
  return app;
}

/** The desktop app, which has one window: each window that is opened is another start of it. */
export class EditorDesktop implements Editor {
  readonly #person: PersonHome;
  #app: DesktopApp | null = null;

  private constructor(person: PersonHome) {
    this.#person = person;
  }

  static async start(options: EditorOptions): Promise<EditorDesktop> {
    return new EditorDesktop(await PersonHome.make(options));
  }

  get home(): string {
    return this.#person.folder;
  }

  get files(): string {
    return this.#person.files;
  }

  async open({ viewport, colorScheme, reducedMotion }: BrowserContextOptions): Promise<Page> {
    // One that a test left open, as it failed before it had its page.
    await this.leave();
    const { env, files: cwd } = this.#person;
    const app = await launchDesktop({ program: PROGRAM, env, cwd });
    this.#app = app;
    // A person may close the window.
    void app.exited.then(() => {
      if (this.#app === app) this.#app = null;
    });
    await holdSystemDialogs(app);
    const page = await app.page();
    apps.set(page, app);
    await page.emulateMedia({ colorScheme, reducedMotion });
    if (viewport != null) await page.setViewportSize(viewport);
    return page;
  }

  async leave(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async forgetUnsaved(): Promise<void> {
    this.#person.forgetUnsaved();
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const app = this.#app;
    if (app === null) return;
    this.#app = null;
    process.kill(app.pid, signal);
    await app.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
    await this.#person[Symbol.asyncDispose]();
  }
}
