import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { electronBinary } from './electron-binary.ts';

// `npm run test:electron`: the tests of the desktop app under Electron itself, in place of its stand-in.

const ROOT = join(import.meta.dirname, '..');

if (electronBinary() === null) {
  console.error("Electron's program is not here: get it with `npx install-electron`.");
  process.exit(1);
}
const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', 'tests/desktop'], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, WEFT_TEST_ELECTRON: '1' },
});
process.exitCode = status ?? 1;
