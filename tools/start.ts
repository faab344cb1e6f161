import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { isBuilt } from './build-state.ts';
import { electronBinary } from './electron-binary.ts';
import { sandboxFlags, systemBrowser } from './system-browser.ts';

// `npm start [GRAPH]`: the desktop app under Electron; where Electron cannot be had the same editor, served by `weft
// serve`, in a window of the system's browser; where there is no screen or no browser, its address.

const ROOT = join(import.meta.dirname, '..');
/** How `weft serve` says where it is. */
const ADDRESS = /^The editor is at (\S+)/;

const running = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, endAll);
process.exitCode = await start(process.argv.slice(2).map((graph) => resolve(graph)));

async function start(graphs: readonly string[]): Promise<number> {
  if (!isBuilt(ROOT)) {
    const builder = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
    console.log('Building the editor, which takes a moment.');
    const status = await ended(
      run(process.execPath, [builder, 'build', '--ignoreConfigWarning', '--logLevel', 'warn']),
    );
    if (status !== 0) return status;
  }
  if (!hasScreen()) return serve(graphs, null);
  const electron = electronBinary();
  if (electron !== null) return ended(run(electron, [ROOT, ...graphs, ...sandboxFlags()]));
  const browser = systemBrowser();
  if (browser !== null) console.log("Electron's program is not here: the editor opens in a window of the browser.");
  return serve(graphs, browser);
}

/** Serves the editor, until the window of `browser` is closed; without a browser until it is interrupted. */
async function serve(graphs: readonly string[], browser: string | null): Promise<number> {
  const cli = join(ROOT, 'bin', 'weft.js');
  const server = run(process.execPath, [cli, 'serve', ...graphs], ['ignore', 'pipe', 'inherit']);
  // It was asked for as a pipe.
  const lines = createInterface(server.stdout as Readable);
  lines.on('line', (line) => {
    const [, url] = ADDRESS.exec(line) ?? [];
    if (browser === null) console.log(line);
    else if (url !== undefined) void showWindow(browser, url).finally(endAll);
  });
  return ended(server);
}

/** Resolves when the person has closed the window. */
async function showWindow(browser: string, url: string): Promise<void> {
  // A profile of its own: with the person's, their running browser would take over, and nobody would know when it ends.
  const profile = mkdtempSync(join(tmpdir(), 'weft-window-'));
  const flags = ['--no-first-run', '--no-default-browser-check', ...sandboxFlags()];
  try {
    await ended(run(browser, [`--app=${url}`, `--user-data-dir=${profile}`, ...flags], 'ignore'));
  } finally {
    // The browser's last helpers may still write into it.
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

function run(command: string, args: readonly string[], stdio: StdioOptions = 'inherit'): ChildProcess {
  // Ctrl-C in a terminal reaches a whole group of processes, and a second signal means to end at once: children get one,
  // from here.
  const child = spawn(command, args, { stdio, detached: process.platform !== 'win32' });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** The exit status; 1 for a process that was ended by a signal. */
async function ended(child: ChildProcess): Promise<number> {
  const [code]: (number | null)[] = await once(child, 'exit');
  return code ?? 1;
}

function endAll(): void {
  for (const child of running) child.kill('SIGTERM');
}

function hasScreen(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
