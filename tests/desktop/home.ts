import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBuilt } from '../../tools/build-state.ts';
import type { DesktopApp } from '../electron-standin/desktop-app.ts';
import { launchDesktop, startDesktop } from '../electron-standin/launch.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The app with a page for tests of the host alone. */
const PROGRAM = join(import.meta.dirname, 'app.ts');
/** The app as people have it. */
export const EDITOR = join(ROOT, 'src/main/desktop/main.ts');

/** What apps that start one after another, or at the same time, share of a person's computer. */
export class Home implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'weft-desktop-'));
  readonly #program: string;

  constructor(program = PROGRAM) {
    this.#program = program;
  }

  /** Starts the app and waits until its window can be reached. */
  launch(...args: readonly string[]): Promise<DesktopApp> {
    return launchDesktop({ program: this.#program, args, env: this.#env });
  }

  /** Starts the app; resolves with its exit code when it has ended by itself. */
  async runToEnd(...args: readonly string[]): Promise<number | null> {
    const [code] = await once(startDesktop({ program: this.#program, args, env: this.#env }), 'exit');
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
  build('-c', join(import.meta.dirname, 'preload.config.ts'));
}

/** Builds the editor, unless that has been done. */
export function buildEditor(): void {
  if (!isBuilt(ROOT)) build();
}

function build(...options: readonly string[]): void {
  const cli = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
  const args = ['build', '--ignoreConfigWarning', '--logLevel', 'error', ...options];
  execFileSync(process.execPath, [cli, ...args], { cwd: ROOT });
}
