import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const ON_PATH = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const IN_APPLICATIONS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const IN_PROGRAM_FILES = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];

/** The program of a browser of the Chromium family that this machine has; null when it has none. */
export function systemBrowser(): string | null {
  return candidates().find((path) => existsSync(path)) ?? null;
}

function candidates(): string[] {
  const { PATH, ProgramFiles, LOCALAPPDATA, HOME } = process.env;
  const under = (folders: readonly (string | undefined)[], names: readonly string[]) =>
    folders.flatMap((folder) => (folder ? names.map((name) => join(folder, name)) : []));
  switch (process.platform) {
    case 'win32':
      return under([ProgramFiles, process.env['ProgramFiles(x86)'], LOCALAPPDATA], IN_PROGRAM_FILES);
    case 'darwin':
      return under(['/Applications', HOME && join(HOME, 'Applications')], IN_APPLICATIONS);
    default:
      return under((PATH ?? '').split(delimiter), ON_PATH);
  }
}

/** Chromium's own sandbox refuses to run as root, which containers do; nowhere else is it given up. */
export function sandboxFlags(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
