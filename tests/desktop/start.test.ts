import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { electronBinary } from '../../tools/electron-binary.ts';

const ROOT = join(import.meta.dirname, '../..');
const GRAPH = join(ROOT, 'resources/graphs/detect-image.weft.json');
const ADDRESS = /^The editor is at (http:\/\/localhost:\d+\/\?token=\S+)$/m;

/** `npm start` in a home of its own, on a machine that has no browser but the given one. */
class Start implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'weft-start-'));
  readonly ended: Promise<number | null>;
  readonly #child;
  #output = '';

  /** @param browser a shell script, in place of the system's browser */
  constructor({ display, browser }: { display: string; browser?: string }, ...args: readonly string[]) {
    if (browser !== undefined) writeFileSync(join(this.#folder, 'chromium'), browser, { mode: 0o755 });
    const env = {
      ...process.env,
      DISPLAY: display,
      WAYLAND_DISPLAY: '',
      PATH: [this.#folder, dirname(process.execPath)].join(delimiter),
      WEFT_STATE: join(this.#folder, 'state'),
      STARTED_WITH: this.pathOf('arguments'),
    };
    const program = join(ROOT, 'tools/start.ts');
    this.#child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#output += chunk.toString();
    });
    this.ended = once(this.#child, 'exit').then(([code]: (number | null)[]) => code);
  }

  get output(): string {
    return this.#output;
  }

  pathOf(name: string): string {
    return join(this.#folder, name);
  }

  interrupt(): void {
    this.#child.kill('SIGINT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.interrupt();
    await this.ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const isLinux = process.platform === 'linux';

describe.skipIf(!isLinux)('npm start', () => {
  test('prints the address where there is no screen, and ends with Ctrl-C', async () => {
    await using start = new Start({ display: '' }, GRAPH);
    await expect.poll(() => start.output, { timeout: 50_000 }).toMatch(ADDRESS);
    const [, url] = ADDRESS.exec(start.output) ?? [];
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
    start.interrupt();
    expect(await start.ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  test.skipIf(electronBinary() !== null)(
    'opens the editor as an app window of the browser where there is no Electron, and says so',
    async () => {
      const browser = '#!/bin/sh\necho "$@" > "$STARTED_WITH"\nexec /bin/sleep 600\n';
      await using start = new Start({ display: ':99', browser }, GRAPH);
      await expect.poll(() => existsSync(start.pathOf('arguments')), { timeout: 50_000 }).toBe(true);
      expect(start.output).toMatch(/^Electron's program is not here: .*\n$/m);
      await expect
        .poll(() => readFileSync(start.pathOf('arguments'), 'utf8'))
        .toMatch(/--app=http:\/\/localhost:\d+\/\?token=\S+ --user-data-dir=\S+/);
    },
  );

  test.skipIf(electronBinary() !== null)('ends when the person closes the window', async () => {
    await using start = new Start({ display: ':99', browser: '#!/bin/sh\nexit 0\n' });
    expect(await start.ended).toBe(0);
  });

  test('prints the address where there is no browser', async () => {
    await using start = new Start({ display: ':99' });
    await expect.poll(() => start.output, { timeout: 50_000 }).toMatch(ADDRESS);
  });
});
