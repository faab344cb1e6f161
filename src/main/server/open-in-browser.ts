import { spawn } from 'node:child_process';

/** Opens an address in the browser that the person uses; where there is none, the printed address has to do. */
export function openInBrowser(url: string): void {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  opener.on('error', () => process.stderr.write('No browser could be opened: open the address yourself.\n'));
  opener.unref();
}

const OPENERS: Readonly<Record<string, readonly string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
