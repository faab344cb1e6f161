import app from '../../../package.json' with { type: 'json' };
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { Port } from '../../shared/protocol/port.ts';
import type { EngineSettings } from '../../shared/protocol/thread-messages.ts';
import type { HostDescription, Settings, WindowEvent } from '../../shared/protocol/window-calls.ts';
import type { EngineHost } from '../engine/host.ts';
import type { AllowedFolders } from './allowed-folders.ts';
import type { Backups } from './backups.ts';
import { GraphFiles } from './graph-files.ts';
import type { HostWindow } from './host-window.ts';
import { type KeptState, openKeptState } from './kept-state.ts';
import { ModelShelf } from './model-shelf.ts';
import type { RecentFiles } from './recent-files.ts';
import { SAMPLE_VIDEO } from './samples.ts';
import { applyFolders } from './settings-file.ts';
import type { StateFile } from './state-file.ts';
import type { TrustedGraphs } from './trusted-graphs.ts';
import type { WindowServices } from './window-services.ts';
import { WindowSession } from './window-session.ts';

export interface WorkspaceOptions {
  readonly host: HostDescription['host'];
  /** Where settings, recent files and backups lie (`state-folder.ts`). */
  readonly stateFolder: string;
  readonly allowed: AllowedFolders;
  /** Graphs that the first window opens: absolute paths. */
  readonly openFirst: readonly string[];
  /** Told the settings at the start and whenever they change: what a host shows beside the page follows them too. */
  onSettings?(settings: Settings): void;
  /** Each host has its own way to start processes for the engine. */
  startEngine(settings: EngineSettings): EngineHost;
}

/** A host's windows, and what they share: the engine, graph files, backups, recent files, settings and models. */
export class Workspace implements WindowServices {
  readonly engine: EngineHost;
  readonly files: GraphFiles;
  readonly recent: RecentFiles;
  readonly trusted: TrustedGraphs;
  readonly backups: Backups;
  readonly models: ModelShelf;
  readonly allowed: AllowedFolders;
  readonly stateFolder: string;
  readonly #host: HostDescription['host'];
  readonly #onSettings: (settings: Settings) => void;
  readonly #settings: StateFile<Settings>;
  readonly #sessions = new Set<WindowSession>();
  #openFirst: readonly string[];
  /** What the first window is told of files that were damaged. */
  #damage: readonly WeftError[];

  private constructor(options: WorkspaceOptions, { settings, recent, trusted, backups, damage }: KeptState) {
    this.stateFolder = options.stateFolder;
    this.allowed = options.allowed;
    this.#host = options.host;
    this.#onSettings = (changed) => options.onSettings?.(changed);
    this.#onSettings(settings.value);
    this.#openFirst = options.openFirst;
    this.#settings = settings;
    this.#damage = damage;
    this.recent = recent;
    this.trusted = trusted;
    this.backups = backups;
    this.files = new GraphFiles(options.allowed, trusted, options.stateFolder);
    this.models = new ModelShelf((model) => this.#tellAll({ event: 'model', model }));
    const { memoryBudget } = settings.value;
    this.engine = options.startEngine(memoryBudget === null ? {} : { budgetBytes: memoryBudget * 2 ** 20 });
  }

  /** @throws what `openKeptState` throws */
  static async open(options: WorkspaceOptions): Promise<Workspace> {
    const state = await openKeptState(options.stateFolder);
    applyFolders(state.settings.value, process.env);
    return new Workspace(options, state);
  }

  /** Serves the window at the other end of `port`. */
  connect(port: Port, window: HostWindow): WindowSession {
    const session = new WindowSession(port, window, this);
    this.#sessions.add(session);
    void session.ended.then(() => this.#sessions.delete(session));
    for (const error of this.#damage) session.tell({ event: 'host.failed', error: error.toReport() });
    this.#damage = [];
    return session;
  }

  describe({ dialogs }: HostWindow): HostDescription {
    const openFirst = this.#openFirst;
    this.#openFirst = [];
    return {
      host: this.#host,
      version: app.version,
      platform: platform(),
      dialogs: dialogs !== null,
      sampleVideo: SAMPLE_VIDEO,
      openFirst,
    };
  }

  get settings(): Settings {
    return this.#settings.value;
  }

  async changeSettings(settings: Settings): Promise<void> {
    await this.#settings.set(settings);
    this.#onSettings(settings);
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

function platform(): HostDescription['platform'] {
  const { platform: own } = process;
  if (own === 'linux' || own === 'darwin' || own === 'win32') return own;
  throw new WeftError('E_INTERNAL', `Weft does not know the system ${own}: use Linux, macOS or Windows.`);
}
