import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripTypes } from './strip-types.ts';

// `npm run package -- [--linux | --win | --mac] [--dir]`: packages of the desktop app, into out/packages. Options go to
// electron-builder, which downloads Electron for the system it packages for.

const ROOT = join(import.meta.dirname, '..');

run('electron-vite/bin/electron-vite.js', ['build', '--ignoreConfigWarning']);
await stripTypes(ROOT, join(ROOT, 'out/app'));
run('electron-builder/cli.js', ['--config', 'electron-builder.yml', ...process.argv.slice(2)]);

function run(tool: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules', tool), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
