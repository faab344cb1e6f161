import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bench = fileURLToPath(new URL('..', import.meta.url));

/** The programs that Weft is measured against are installed on first use, in `bench/node_modules`. */
export function installPeers(): void {
  if (existsSync(`${bench}/node_modules/.package-lock.json`)) return;
  process.stderr.write('Installing litegraph.js and Node-RED for the comparison, once…\n');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: bench,
    // npm is a script on Windows, which only a shell can start.
    shell: process.platform === 'win32',
    // What npm says must not get between the lines of --json.
    stdio: ['ignore', process.stderr, process.stderr],
  });
  if (status !== 0) throw new Error(`npm ci in ${bench} failed with ${status}: see its messages above.`);
}
