import { BrowserWindow, dialog, nativeTheme } from 'electron';
import type { Port } from '../../shared/protocol/port.ts';
import type { WindowEvent } from '../../shared/protocol/window-calls.ts';
import type { Dialogs, HostWindow } from '../window/host-window.ts';
import type { WindowSession } from '../window/window-session.ts';
import { PAGE_URL } from './app-page.ts';
import { confine } from './confinement.ts';
import { dialogsOf } from './dialogs.ts';
import { acceptPorts } from './ipc-port.ts';
import type { WindowPlace } from './window-place.ts';

interface DesktopWindowOptions {
  readonly place: WindowPlace;
  /** File of the preload script. */
  readonly preload: string;
  /** A page has loaded and speaks. */
  serve(port: Port, window: HostWindow): WindowSession;
  /** The window is about to go. */
  closing(place: WindowPlace): void;
}

/** What a window shows until its page is there. */
const BACKGROUND = { dark: '#18181b', light: '#fafafa' };

/** The one window of the app, and what becomes of it when its page hangs or dies. */
export class DesktopWindow implements HostWindow {
  readonly dialogs: Dialogs;
  readonly #window: BrowserWindow;
  readonly #options: DesktopWindowOptions;
  /** Null while no page answers: before the first word of one, and after its process died. */
  #session: WindowSession | null = null;
  /** What a page is told when it speaks. */
  readonly #untold: WindowEvent[] = [];

  constructor(options: DesktopWindowOptions) {
    this.#options = options;
    const { place, preload } = options;
    const window = new BrowserWindow({
      ...place.bounds,
      minWidth: 640,
      minHeight: 400,
      title: 'Weft',
      // The page has a menu of its own; the native one is for a Mac, and for whoever presses Alt.
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
      },
    });
    this.#window = window;
    this.dialogs = dialogsOf(window);
    confine(window.webContents);
    acceptPorts(window.webContents, (port) => this.#accept(port));
    if (place.maximized) window.maximize();
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('unresponsive', () => void this.#offerToEndPage());
    window.webContents.on('render-process-gone', (_event, { reason }) => void this.#offerToReload(reason));
    window.on('close', (event) => this.#askPage(event));
  }

  async load(): Promise<void> {
    await this.#window.loadURL(PAGE_URL);
  }

  /** While no page answers, the next one that does is told. */
  tell(event: WindowEvent): void {
    if (this.#session === null) this.#untold.push(event);
    else this.#session.tell(event);
  }

  setTitle(title: string, unsaved: boolean): void {
    this.#window.setTitle(unsaved ? `• ${title}` : title);
    this.#window.setDocumentEdited(unsaved);
  }

  /** Closes without asking. */
  close(): void {
    if (this.#window.isDestroyed()) return;
    this.#options.closing({ bounds: this.#window.getNormalBounds(), maximized: this.#window.isMaximized() });
    this.#window.destroy();
  }

  focus(): void {
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  #accept(port: Port): void {
    const session = this.#options.serve(port, this);
    this.#session = session;
    for (const event of this.#untold.splice(0)) session.tell(event);
    port.onClose(() => {
      if (this.#session === session) this.#session = null;
    });
  }

  /** The page asks about unsaved work, and answers with `closeWindow`; a page that is not there has nothing to ask. */
  #askPage(event: { preventDefault(): void }): void {
    event.preventDefault();
    if (this.#session === null) this.close();
    else this.#session.tell({ event: 'close.requested' });
  }

  async #offerToEndPage(): Promise<void> {
    const { response } = await dialog.showMessageBox(this.#window, {
      type: 'warning',
      message: 'The window does not answer.',
      detail: 'Runs go on while it is busy. Unsaved work is in the backup.',
      buttons: ['Wait', 'End'],
      defaultId: 0,
      cancelId: 0,
    });
    if (response === 1 && !this.#window.isDestroyed()) this.#window.webContents.forcefullyCrashRenderer();
  }

  async #offerToReload(reason: string): Promise<void> {
    if (this.#window.isDestroyed()) return;
    const { response } = await dialog.showMessageBox(this.#window, {
      type: 'error',
      message: `The page of the window ended (${reason}).`,
      detail: 'Its runs were stopped. Unsaved work is in the backup, which is offered after a reload.',
      buttons: ['Reload', 'Close'],
      defaultId: 0,
      cancelId: 1,
    });
    if (response === 0) this.#window.webContents.reload();
    else this.close();
  }
}
