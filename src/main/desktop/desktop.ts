import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { app, dialog, nativeTheme, session } from 'electron';
import { z } from 'zod';
import { EngineHost } from '../engine/host.ts';
import { requireBuiltPage } from '../server/page-files.ts';
import { AllowedFolders } from '../window/allowed-folders.ts';
import { stateFolder } from '../window/state-folder.ts';
import { Workspace } from '../window/workspace.ts';
import { setAppMenu } from './app-menu.ts';
import { registerScheme, servePage } from './app-page.ts';
import { DesktopWindow } from './desktop-window.ts';
import { restrictPermissions } from './permissions.ts';
import { utilitySpawner } from './spawn-utility.ts';
import { onScreen, openWindowPlace } from './window-place.ts';

/** What `npm run build` makes, as absolute paths. */
export interface BuiltFiles {
  /** The folder of the page. */
  readonly page: string;
  /** The preload script. */
  readonly preload: string;
}

/** V8's memory cage in Electron bounds the sum of all buffers. */
const ARENA_LIMIT = 4 * 2 ** 30;

/** ms that quitting may take; nodes have 2 s of it. */
const QUIT_LIMIT = 2_800;

/** What a second instance of the app says to the first. */
const letterSchema = z.object({ files: z.array(z.string()) });

/** Runs the app in this process, unless it runs already: then that one opens the files that this one was given. */
export function runDesktop(built: BuiltFiles): void {
  const files = filesIn(process.argv.slice(app.isPackaged ? 1 : 2));
  if (!app.requestSingleInstanceLock({ files })) return app.quit();
  registerScheme();
  const desktop = new Desktop(built, files);
  app.on('second-instance', (_event, _argv, _folder, letter) => desktop.open(letterSchema.parse(letter).files));
  // A double click on a file, on a Mac.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    desktop.open([path]);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    event.preventDefault();
    void Promise.race([desktop.close(), delay(QUIT_LIMIT)])
      .catch((error: unknown) => console.error(error))
      .finally(() => app.exit());
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => desktop.end());
  desktop.start().catch((error: unknown) => {
    console.error(error);
    dialog.showErrorBox('Weft could not start', error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
}

class Desktop {
  readonly #built: BuiltFiles;
  /** Files that the first page opens. */
  readonly #waiting: string[];
  #workspace: Workspace | null = null;
  #window: DesktopWindow | null = null;
  #placeKept: Promise<void> = Promise.resolve();

  constructor(built: BuiltFiles, files: readonly string[]) {
    this.#built = built;
    this.#waiting = [...files];
  }

  async start(): Promise<void> {
    requireBuiltPage(this.#built.page);
    await app.whenReady();
    servePage(this.#built.page);
    const folder = stateFolder(process.env);
    const place = await openWindowPlace(folder);
    const workspace = await Workspace.open({
      host: 'desktop',
      stateFolder: folder,
      allowed: AllowedFolders.everywhere(),
      openFirst: this.#waiting.splice(0),
      onSettings: ({ theme }) => {
        nativeTheme.themeSource = theme;
      },
      startEngine: (settings) => new EngineHost(settings, { spawner: utilitySpawner(), arenaLimitBytes: ARENA_LIMIT }),
    });
    this.#workspace = workspace;
    this.#window = new DesktopWindow({
      place: onScreen(place.value),
      preload: this.#built.preload,
      serve: (port, window) => workspace.connect(port, window),
      closing: (left) => {
        this.#placeKept = place.set(left);
      },
    });
    // Those that were asked for in the meantime.
    this.open(this.#waiting.splice(0));
    setAppMenu((id) => this.#window?.tell({ event: 'action', id }));
    restrictPermissions(session.defaultSession, () => workspace.usesCamera);
    await this.#window.load();
  }

  /** Opens files in the window; before there is one, they wait for it. */
  open(files: readonly string[]): void {
    if (this.#window === null) return void this.#waiting.push(...files);
    this.#window.focus();
    for (const path of files) this.#window.tell({ event: 'open.requested', path });
  }

  /** Ends the app without asking: unsaved work stays in the backups. */
  end(): void {
    this.#window?.close();
    app.quit();
  }

  /** Ends runs, whose files are finalised, and the engine. */
  async close(): Promise<void> {
    await this.#workspace?.close();
    await this.#placeKept;
  }
}

/** The files that a command line names, as absolute paths. */
function filesIn(words: readonly string[]): string[] {
  return words.filter((word) => !word.startsWith('-')).map((word) => resolve(word));
}
