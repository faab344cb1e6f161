import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { StandinApp } from './app.ts';
import { strict } from './strict.ts';
import { StandinEvent, StrictEvents } from './strict-events.ts';
import { StandinWebContents } from './web-contents.ts';

type Provided =
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'getTitle'
  | 'isDestroyed'
  | 'isMaximized'
  | 'isMinimized'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'setDocumentEdited'
  | 'setTitle'
  | 'show';

export class StandinBrowserWindow extends StrictEvents implements Pick<BrowserWindow, Provided> {
  readonly webContents: StandinWebContents;
  #title = '';
  #isDestroyed = false;
  #isMaximized = false;
  #bounds: Rectangle;

  static getAllWindows(): StandinBrowserWindow[] {
    return [...StandinApp.theOne.windows];
  }

  constructor(options: BrowserWindowConstructorOptions) {
    super('BrowserWindow', ['close', 'closed', 'page-title-updated', 'unresponsive']);
    const { x = 0, y = 0, width = 800, height = 600, webPreferences = {} } = options;
    this.#bounds = { x, y, width, height };
    const app = StandinApp.theOne;
    this.webContents = strict('webContents', new StandinWebContents(app.browser.context, webPreferences));
    app.windows.add(this);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  close(): void {
    if (this.#isDestroyed) return;
    const event = new StandinEvent();
    this.emit('close', event);
    if (event.defaultPrevented) StandinApp.theOne.quitWasPrevented();
    else this.destroy();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.emit('closed');
    void this.webContents.destroy().then(() => StandinApp.theOne.windowIsGone(this));
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getNormalBounds(): Rectangle {
    return this.#bounds;
  }

  setBounds(bounds: Rectangle): void {
    this.#bounds = bounds;
  }

  isMaximized(): boolean {
    return this.#isMaximized;
  }

  maximize(): void {
    this.#isMaximized = true;
  }

  isMinimized(): boolean {
    return false;
  }

  // A headless browser has no screen on which these could be seen.
  show(): void {}
  focus(): void {}
  restore(): void {}
  setDocumentEdited(): void {}
}
