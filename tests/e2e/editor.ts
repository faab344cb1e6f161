import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { EditorDesktop } from './editor-desktop.ts';
import { EditorServer } from './editor-server.ts';
import { onDesktop } from './which-host.ts';

export interface EditorOptions {
  /** Folder of the person; its state and files are in it. A fresh one, removed at the end, when left out. */
  readonly home?: string;
  /** Folder with nodes of the person's own. */
  readonly nodes?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** The editor of one person, on either host. */
export interface Editor extends AsyncDisposable {
  /** The person's folder. */
  readonly home: string;
  /** Where graphs of the person lie, and where the file dialog begins. */
  readonly files: string;
  /**
   * Opens a window.
   * @param newPerson a person's place in a browser, for a host whose windows are pages of one
   */
  open(
    options: BrowserContextOptions,
    newPerson: (options: BrowserContextOptions) => Promise<BrowserContext>,
  ): Promise<Page>;
  /** Closes a window without asking, and ends with it what the person has started by opening it. */
  leave(page: Page): Promise<void>;
  /** Drops the unsaved work of windows that are closed: the next one offers none. */
  forgetUnsaved(): Promise<void>;
  /** Ends the process of the host, as a crash or the system would. */
  kill(): Promise<void>;
}

export function startEditor(options: EditorOptions = {}): Promise<Editor> {
  return onDesktop ? EditorDesktop.start(options) : EditorServer.start(options);
}
