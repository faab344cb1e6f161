import { randomUUID } from 'node:crypto';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { Port } from '../../shared/protocol/port.ts';
import { type CallHandlers, serveCalls, type WindowLine } from '../../shared/protocol/serve-calls.ts';
import type { OpenedFile, SaveRequest, WindowEvent } from '../../shared/protocol/window-calls.ts';
import { readablePath } from '../engine/absolute-path.ts';
import type { EngineHost } from '../engine/host.ts';
import { writeFile } from '../engine/write-file.ts';
import { inspectModel } from '../models/inspect-model.ts';
import { comparisonGraph } from './comparison-graph.ts';
import { keepDroppedFile } from './dropped-files.ts';
import { FileWatch } from './file-watch.ts';
import { listFolder } from './folder-listing.ts';
import type { SavedGraph } from './graph-files.ts';
import { baseFolder, missingFiles, pathForGraph } from './graph-paths.ts';
import type { Dialogs, HostWindow } from './host-window.ts';
import { sampleGraphs } from './samples.ts';
import { SessionCameras } from './session-cameras.ts';
import { suggestedGraph } from './suggested-graph.ts';
import { WindowRuns } from './window-runs.ts';
import type { WindowServices } from './window-services.ts';

/** A host's side of one window: what it asks, runs and watches. All of it ends with the line to the window. */
export class WindowSession {
  /** Resolves when the line has ended, the runs of the window too, and its unsaved work is for the next; never rejects. */
  readonly ended: Promise<void>;
  /** Names it to the engine. */
  readonly #id = randomUUID();
  readonly #services: WindowServices;
  readonly #line: WindowLine;
  readonly #runs: WindowRuns;
  readonly #cameras: SessionCameras;
  readonly #openFiles: FileWatch;
  readonly #forgetEngine: () => void;

  constructor(port: Port, window: HostWindow, services: WindowServices) {
    this.#services = services;
    this.#runs = new WindowRuns(services.engine, this.#id, (ticket, events) =>
      this.tell({ event: 'run', ticket, events }),
    );
    this.#cameras = new SessionCameras(services.engine, this.#id, (request) => this.tell({ event: 'camera', request }));
    this.#openFiles = new FileWatch((path, version) => this.tell({ event: 'file.changed', path, version }));
    this.#line = serveCalls(port, this.#handlers(window), (watch) =>
      services.engine.acknowledgePreview(this.#id, watch),
    );
    this.#forgetEngine = this.#listenTo(services.engine);
    this.ended = this.#line.closed.then(() => this.#end());
  }

  tell(event: WindowEvent): void {
    this.#line.tell(event);
  }

  /** Whether a run of the window sees with a camera of it. */
  get usesCamera(): boolean {
    return this.#cameras.inUse;
  }

  close(): Promise<void> {
    this.#line.close();
    return this.ended;
  }

  #listenTo(engine: EngineHost): () => void {
    const ends = [
      engine.onPreview((window, message) => {
        if (window === this.#id) this.tell({ event: 'preview', message });
      }),
      engine.onEngine((news) => {
        this.tell({ event: 'engine', state: news.state, message: news.state === 'ready' ? null : news.message });
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  async #end(): Promise<void> {
    this.#forgetEngine();
    this.#cameras.close();
    this.#openFiles.close();
    await this.#runs.stopAll();
    this.#services.engine.closeWindow(this.#id);
    try {
      await this.#services.backups.release(this);
    } catch (error) {
      // There is no window to tell. The next one of this process is offered the work all the same.
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }

  #handlers(window: HostWindow): CallHandlers {
    const services = this.#services;
    const { engine, models, recent, backups, allowed } = services;
    return {
      hello: () => services.describe(window),

      catalogue: () => engine.nodes(),
      backends: () => engine.backends(),
      doctor: () => engine.doctor(),
      modelSignature: ({ path, folder }) => engine.modelSignature(path, baseFolder(folder)),
      inspectModel: ({ path, folder }) => inspectModel(readablePath(path, baseFolder(folder))),
      suggestGraph: ({ path, folder }) => suggestedGraph(path, baseFolder(folder)),
      compareGraph: ({ path, folder }) => comparisonGraph(path, baseFolder(folder)),
      models: () => models.list(),
      pullModel: ({ name }) => models.pull(name),
      cancelPull: ({ name }) => done(models.cancel(name)),
      removeModel: ({ name }) => done(models.remove(name)),

      run: (request) => this.#runs.start(request),
      stop: ({ run }) => done(this.#runs.stop(run)),
      finish: ({ run }) => done(this.#runs.finish(run)),
      tellCamera: (news) => done(this.#cameras.tell(news)),
      setLiteral: ({ run, node, pin, value }) => engine.setLiteral(run, node, pin, value),
      runProfile: ({ run }) => engine.runProfile(run),
      runMemory: ({ run }) => engine.runMemory(run),
      emptyCache: async () => ({ bytes: await engine.emptyCache() }),
      watch: ({ watches }) => done(engine.watchPins(this.#id, watches)),
      preview: (request) => engine.previewOf(this.#id, request),

      samples: () => sampleGraphs(),
      recent: () => recent.list(),
      forgetRecent: ({ path }) => done(recent.forget(path)),
      open: ({ path }) => this.#open(path),
      save: (request) => this.#save(request),
      backUp: (backup) => done(backups.keep(this, backup)),
      dropBackup: ({ id }) => done(backups.drop(id)),
      backups: () => backups.offer(this),

      pickFile: (request) => dialogsOf(window).pickFile(request),
      revealFile: async ({ path }) => done(dialogsOf(window).revealFile(await allowed.check(path))),
      listFolder: ({ path }) => listFolder(path, allowed),
      missingFiles: ({ folder, paths }) => missingFiles(paths, folder),
      relativePath: ({ folder, path }) => pathForGraph(path, folder),
      importFile: async ({ name, content }) => ({
        path: await keepDroppedFile(services.stateFolder, name, content),
      }),
      exportFile: async ({ path, content }) => done(writeFile(await allowed.check(path), content)),

      settings: () => services.settings,
      changeSettings: ({ settings }) => done(services.changeSettings(settings)),
      closeWindow: () => done(window.close()),
      setTitle: ({ title, unsaved }) => done(window.setTitle(title, unsaved)),
    };
  }

  async #open(path: string): Promise<OpenedFile> {
    const opened = await this.#services.files.open(path);
    if (opened.kind !== 'ok') return opened;
    await this.#openFiles.knows(opened.path, opened.version);
    if (!opened.readOnly) await this.#note(this.#services.recent.add(opened.path));
    return opened;
  }

  async #save(request: SaveRequest): Promise<SavedGraph> {
    const saved = await this.#openFiles.saving(() => this.#services.files.save(request));
    await this.#note(this.#services.recent.add(saved.path));
    await this.#note(this.#services.trusted.add(saved.version));
    return saved;
  }

  /** The file was opened or saved in any case; what cannot be noted of it is told. */
  async #note(written: Promise<void>): Promise<void> {
    try {
      await written;
    } catch (error) {
      if (!(error instanceof WeftError)) throw error;
      this.tell({ event: 'host.failed', error: error.toReport() });
    }
  }
}

/** The answer of calls that only do something. */
async function done(act: void | Promise<void>): Promise<null> {
  await act;
  return null;
}

function dialogsOf({ dialogs }: HostWindow): Dialogs {
  if (dialogs === null) throw new WeftError('E_PROTOCOL', 'This host has no file dialogs: list folders instead.');
  return dialogs;
}
