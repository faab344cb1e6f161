import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isBuilt } from './build-state.ts';
import { electronBinary } from './electron-binary.ts';

// `npm run test:electron`: the tests of the desktop app, and those of the editor on it, under Electron itself in place of
// its stand-in.

const ROOT = join(import.meta.dirname, '..');

if (electronBinary() === null) {
  console.error("Electron's program is not here: get it with `npx install-electron`.");
  process.exit(1);
}
if (!isBuilt(ROOT)) {
  const builder = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status } = spawnSync(process.execPath, [builder, 'build', '--ignoreConfigWarning'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}
const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', 'tests/desktop', 'tests/e2e'], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, WEFT_TEST_ELECTRON: '1', WEFT_E2E_HOST: 'desktop' },
});
process.exitCode = status ?? 1;
