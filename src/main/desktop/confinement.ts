import { shell, type WebContents } from 'electron';
import { isOwnPage } from './app-page.ts';

/** Keeps a window on its own page: it opens no others, goes nowhere else and embeds nothing. */
export function confine(contents: WebContents): void {
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    // A link in a note or in the help belongs into the person's browser.
    if (new URL(url).protocol === 'https:') void shell.openExternal(url);
    return { action: 'deny' };
  });
}
