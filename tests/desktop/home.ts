import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DesktopApp } from '../electron-standin/desktop-app.ts';
import { launchDesktop, startDesktop } from '../electron-standin/launch.ts';

const ROOT = join(import.meta.dirname, '../..');
const PROGRAM = join(import.meta.dirname, 'app.ts');

/** What apps that start one after another, or at the same time, share of a person's computer. */
export class Home implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'weft-desktop-'));

  /** Starts the app and waits until its window can be reached. */
  launch(...args: readonly string[]): Promise<DesktopApp> {
    return launchDesktop({ program: PROGRAM, args, env: this.#env });
  }

  /** Starts the app; resolves with its exit code when it has ended by itself. */
  async runToEnd(...args: readonly string[]): Promise<number | null> {
    const [code] = await once(startDesktop({ program: PROGRAM, args, env: this.#env }), 'exit');
    return code;
  }

  get #env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      XDG_CONFIG_HOME: join(this.#folder, 'config'),
      WEFT_STATE: join(this.#folder, 'state'),
      WEFT_NODES: join(ROOT, 'tests/acceptance/nodes'),
    };
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Builds the preload script by the configuration of the app. */
export function buildPreload(): void {
  const cli = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
  const config = join(import.meta.dirname, 'preload.config.ts');
  const args = ['build', '--ignoreConfigWarning', '--logLevel', 'error', '-c', config];
  execFileSync(process.execPath, [cli, ...args], { cwd: ROOT });
}
