import { mkdir } from 'node:fs/promises';
import app from '../../../package.json' with { type: 'json' };
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { Port } from '../../shared/protocol/port.ts';
import type { EngineSettings } from '../../shared/protocol/thread-messages.ts';
import type { HostDescription, Settings, WindowEvent } from '../../shared/protocol/window-calls.ts';
import type { EngineHost } from '../engine/host.ts';
import type { AllowedFolders } from './allowed-folders.ts';
import { Backups } from './backups.ts';
import { GraphFiles } from './graph-files.ts';
import type { HostWindow } from './host-window.ts';
import { ModelShelf } from './model-shelf.ts';
import { RecentFiles } from './recent-files.ts';
import { applyFolders, openSettings } from './settings-file.ts';
import type { StateFile } from './state-file.ts';
import { TrustedGraphs } from './trusted-graphs.ts';
import { WindowSession } from './window-session.ts';

export interface WorkspaceOptions {
  readonly host: HostDescription['host'];
  /** Where settings, recent files and backups lie (`state-folder.ts`). */
  readonly stateFolder: string;
  readonly allowed: AllowedFolders;
  /** Graphs that the first window opens: absolute paths. */
  readonly openFirst: readonly string[];
  /** Each host has its own way to start processes for the engine. */
  startEngine(settings: EngineSettings): EngineHost;
}

/** What all windows of a host share: the engine, graph files, backups, recent files, settings and models. */
export class Workspace {
  readonly engine: EngineHost;
  readonly files: GraphFiles;
  readonly recent: RecentFiles;
  readonly backups: Backups;
  readonly models: ModelShelf;
  readonly allowed: AllowedFolders;
  readonly stateFolder: string;
  readonly #host: HostDescription['host'];
  readonly #settings: StateFile<Settings>;
  readonly #sessions = new Set<WindowSession>();
  #openFirst: readonly string[];

  private constructor(options: WorkspaceOptions, settings: StateFile<Settings>, kept: KeptState) {
    this.stateFolder = options.stateFolder;
    this.allowed = options.allowed;
    this.#host = options.host;
    this.#openFirst = options.openFirst;
    this.#settings = settings;
    this.recent = kept.recent;
    this.backups = kept.backups;
    this.files = new GraphFiles(options.allowed, kept.trusted);
    this.models = new ModelShelf((name, bytes, total) =>
      this.#tellAll({ event: 'model.progress', name, bytes, total }),
    );
    const { memoryBudget } = settings.value;
    this.engine = options.startEngine(memoryBudget === null ? {} : { budgetBytes: memoryBudget * 2 ** 20 });
  }

  static async open(options: WorkspaceOptions): Promise<Workspace> {
    const { stateFolder } = options;
    // What a person works on is nobody else's business.
    await mkdir(stateFolder, { recursive: true, mode: 0o700 });
    const settings = await openSettings(stateFolder);
    applyFolders(settings.value, process.env);
    return new Workspace(options, settings, {
      recent: await RecentFiles.open(stateFolder),
      backups: await Backups.open(stateFolder),
      trusted: await TrustedGraphs.open(stateFolder),
    });
  }

  /** Serves the window at the other end of `port`. */
  connect(port: Port, window: HostWindow): WindowSession {
    const session = new WindowSession(port, window, this);
    this.#sessions.add(session);
    void session.ended.finally(() => this.#sessions.delete(session));
    const { damage } = this.#settings;
    if (damage !== null) session.tell({ event: 'host.failed', error: damage.toReport() });
    return session;
  }

  /** What a window is told first. Only the first window opens the files that the host was asked to open. */
  describe({ dialogs }: HostWindow): HostDescription {
    const openFirst = this.#openFirst;
    this.#openFirst = [];
    return { host: this.#host, version: app.version, platform: platform(), dialogs: dialogs !== null, openFirst };
  }

  get settings(): Settings {
    return this.#settings.value;
  }

  /** Every window is told, so that all look alike. @throws E_FILE_WRITE */
  async changeSettings(settings: Settings): Promise<void> {
    await this.#settings.set(settings);
    this.#tellAll({ event: 'settings', settings });
  }

  /** Whether a run of any window reads a camera. */
  get usesCamera(): boolean {
    return [...this.#sessions].some(({ usesCamera }) => usesCamera);
  }

  /** Ends all windows and their runs, whose outputs are finalised, within 3 s. */
  async close(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.close()));
    await this.models.close();
    await this.engine.close();
  }

  #tellAll(event: WindowEvent): void {
    for (const session of this.#sessions) session.tell(event);
  }
}

interface KeptState {
  readonly recent: RecentFiles;
  readonly backups: Backups;
  readonly trusted: TrustedGraphs;
}

function platform(): HostDescription['platform'] {
  const { platform: own } = process;
  if (own === 'linux' || own === 'darwin' || own === 'win32') return own;
  throw new WeftError('E_INTERNAL', `Weft does not know the system ${own}: use Linux, macOS or Windows.`);
}
