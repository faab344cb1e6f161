import type { ChildProcess } from 'node:child_process';
import { systemBrowser } from '../../tools/system-browser.ts';
import type { DesktopApp, LaunchOptions } from './desktop-app.ts';
import { launchElectron, startElectron } from './launch-electron.ts';
import { launchStandin, startStandin } from './launch-standin.ts';

/** `npm run test:electron` sets it; without it tests run over the stand-in, wherever they run. */
const IS_REAL = process.env.WEFT_TEST_ELECTRON === '1';

/** Whether this machine has what the desktop app runs on; tests are skipped where it has not, and say so. */
export function canLaunch(): boolean {
  const can = IS_REAL || systemBrowser() !== null;
  if (!can) console.log('skipped: no Chromium');
  return can;
}

/** Starts the desktop app. Resolves when its window can be reached. */
export function launchDesktop(options: LaunchOptions): Promise<DesktopApp> {
  return IS_REAL ? launchElectron(options) : launchStandin(options);
}

/** Starts the desktop app and leaves it to itself. */
export function startDesktop(options: LaunchOptions): ChildProcess {
  return IS_REAL ? startElectron(options) : startStandin(options);
}
