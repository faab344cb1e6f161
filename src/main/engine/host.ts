import type { BackendStatus } from '../../shared/node-api/backend.ts';
import type { CameraNews, CameraRequest } from '../../shared/protocol/camera.ts';
import type {
  Catalogue,
  Explanation,
  GraphRequest,
  RunRequest,
  Validation,
} from '../../shared/protocol/engine-calls.ts';
import type { PinView, PinWatch, PreviewMessage, PreviewRequest } from '../../shared/protocol/preview.ts';
import type { RunEvent, RunSummary } from '../../shared/protocol/run-events.ts';
import type { RunMemory, RunProfile } from '../../shared/protocol/run-report.ts';
import type {
  CallName,
  EngineCalls,
  EngineSettings,
  FromEngine,
  ToEngine,
} from '../../shared/protocol/thread-messages.ts';
import type { ModelSignature } from '../../shared/types/pin-type.ts';
import type { IsolateSpawner } from '../isolates/spawn.ts';
import { nodeSpawner } from '../isolates/spawn-node.ts';
import { SegmentPool } from '../store/segment-pool.ts';
import { CANCEL_GRACE } from './cancel-grace.ts';
import { EngineThread } from './engine-thread.ts';
import type { Busy } from './heartbeat.ts';
import { type LossReason, lossSentence, type RunUnderWay } from './lost-run.ts';
import { type AboutCall, type OnEvents, type PendingCall, PendingCalls } from './pending-calls.ts';
import type { StopReason } from './stop-error.ts';

/** ms between two looks at the engine's heartbeat. */
const WATCH_EVERY = 100;
/** ms that the engine has, after the grace of its nodes, to say that a cancelled run has ended. */
const ANSWER_GRACE = 300;

/** Told what to show at the pins that a window watches; the window answers each with `acknowledgePreview`. */
export type OnPreview = (window: string, message: PreviewMessage) => void;

/** Told what a run needs of the cameras of its window; the window answers with `tellCamera`. */
export type OnCamera = (window: string, request: CameraRequest) => void;

/** `restarted`: the thread had to be stopped or died, and these runs ended with it. */
export type EngineNews =
  | { readonly state: 'ready' }
  | { readonly state: 'restarted'; readonly message: string; readonly runs: readonly string[] };

/** What differs from host to host: a process of Node is taken for granted. */
export interface HostProcess {
  /** Starts the engine's isolates. */
  readonly spawner?: IsolateSpawner;
  /** Most bytes of the arena; as much as there is when left out. */
  readonly arenaLimitBytes?: number;
}

/**
 * The engine's owner on the main thread: starts the engine's thread, makes its memory and its isolates, and stops and
 * starts it again when a node holds it up. This thread itself never computes, so neither a window nor Ctrl-C waits.
 */
export class EngineHost {
  readonly #segments: SegmentPool;
  readonly #spawner: IsolateSpawner;
  readonly #settings: EngineSettings;
  readonly #pending = new PendingCalls();
  /** What each window watches, for the thread that follows one which was lost. */
  readonly #watches = new Map<string, readonly PinWatch[]>();
  /** Watches by window whose messages it has shown, until the engine is told. */
  readonly #shown = new Map<string, string[]>();
  readonly #onPreview = new Set<OnPreview>();
  readonly #onCamera = new Set<OnCamera>();
  readonly #onEngine = new Set<(news: EngineNews) => void>();
  #ready = false;
  /** Null until it is needed, and again when it has ended. */
  #thread: EngineThread | null = null;
  /** Resolves when nobody writes any more into the memory of the threads that have ended. */
  #reclaimed: Promise<void> = Promise.resolve();
  #watch: NodeJS.Timeout | undefined;
  /** What the thread was at work on at the last look. */
  #busy: Busy | null = null;

  /** The engine's thread starts at once, to be ready when the first call comes. */
  constructor(settings: EngineSettings = {}, { spawner = nodeSpawner(), arenaLimitBytes }: HostProcess = {}) {
    this.#segments = new SegmentPool({ limitBytes: arenaLimitBytes });
    this.#spawner = spawner;
    this.#settings = settings;
    this.#running();
  }

  /** Runs a graph; `onEvent` is told what happens. A run that fails or is refused resolves too: see its status. */
  run(request: RunRequest, onEvent: (event: RunEvent) => void): Promise<RunSummary> {
    return this.runInBatches(request, (events) => events.forEach(onEvent));
  }

  /** The same for a window, which must not be flooded: however much happens, it is told at most 60 times a second. */
  runInBatches(request: RunRequest, onEvents: OnEvents): Promise<RunSummary> {
    const call = this.#post('run', request, { onEvents });
    // Sound: what a call of this name is answered with.
    const running = call.answered.promise as Promise<RunSummary>;
    if (request.timeoutMs === undefined) return running;
    // The engine keeps the limit itself, unless a node holds it up.
    const timer = setTimeout(() => {
      call.expired = true;
      if (call.run !== null) this.#expectEnd(call.run, 'timeout', running);
    }, request.timeoutMs);
    return running.finally(() => clearTimeout(timer));
  }

  validate(request: GraphRequest): Promise<Validation> {
    return this.#call('validate', request);
  }

  explain(request: RunRequest): Promise<Explanation> {
    return this.#call('explain', request);
  }

  nodes(query?: string): Promise<Catalogue> {
    return this.#call('nodes', query === undefined ? {} : { query });
  }

  /**
   * What a model takes and gives.
   * @param path as a graph in `folder` says it, or the name of a model
   * @throws E_MODEL_MISSING, E_MODEL_LOAD, E_MODEL_UNSUPPORTED, E_FILE_READ
   */
  modelSignature(path: string, folder: string): Promise<ModelSignature> {
    return this.#call('modelSignature', { path, folder });
  }

  /** Every backend for models, and whether this machine has it. */
  backends(): Promise<readonly BackendStatus[]> {
    return this.#call('backends', {});
  }

  doctor(): Promise<Readonly<Record<string, string>>> {
    return this.#call('doctor', {});
  }

  /** Ends the live sources of a run: what they have given passes through, and the run is done. False when there is no such run. */
  finish(run: string): Promise<boolean> {
    return this.#call('finish', { run });
  }

  /** A changed literal of a running graph; false when it can only count from the next run. */
  setLiteral(run: string, node: string, pin: string, value: unknown): Promise<boolean> {
    return this.#call('setLiteral', { run, node, pin, value });
  }

  /** The pins that a window shows from now on, in place of those before: `onPreview` is told what lies at them. */
  watchPins(window: string, watches: readonly PinWatch[]): void {
    this.#watches.set(window, watches);
    this.#ask('watch', { window, watches });
  }

  /** The window has shown the last message about this watch, and is ready for another. */
  acknowledgePreview(window: string, watch: string): void {
    const shown = this.#shown.get(window);
    if (shown !== undefined) {
      shown.push(watch);
      return;
    }
    // What a window has shown of one round goes to the engine together.
    this.#shown.set(window, [watch]);
    queueMicrotask(() => {
      const watches = this.#shown.get(window) ?? [];
      this.#shown.delete(window);
      this.#ask('acknowledge', { window, watches });
    });
  }

  /** One look at a pin, in the last run of the graph, also after it. */
  previewOf(window: string, request: PreviewRequest): Promise<PinView> {
    return this.#call('preview', { window, request });
  }

  /** The window is gone: it watches nothing, and the values that were held for it go. */
  closeWindow(window: string): void {
    this.#watches.delete(window);
    this.#ask('forget', { window });
  }

  /** The function that it returns ends it. */
  onPreview(listener: OnPreview): () => void {
    this.#onPreview.add(listener);
    return () => this.#onPreview.delete(listener);
  }

  /** What a window tells of a camera of its own. The bytes of a frame are taken away from the caller. */
  tellCamera(window: string, news: CameraNews): void {
    this.#ask('camera', { window, news }, news.news === 'frame' ? [news.planes.buffer] : []);
  }

  /** The function that it returns ends it. */
  onCamera(listener: OnCamera): () => void {
    this.#onCamera.add(listener);
    return () => this.#onCamera.delete(listener);
  }

  /** Tells when the engine can be asked, at once if it can already. While anybody listens, a lost thread is replaced at once. */
  onEngine(listener: (news: EngineNews) => void): () => void {
    this.#onEngine.add(listener);
    if (this.#ready) listener({ state: 'ready' });
    return () => this.#onEngine.delete(listener);
  }

  /** When the nodes of a recorded run were at work. @throws E_VALUE when nothing is known of the run */
  runProfile(run: string): Promise<RunProfile> {
    return this.#call('runProfile', { run });
  }

  /** What the values of a run that is shown in a window hold. @throws E_VALUE when nothing is known of the run */
  runMemory(run: string): Promise<RunMemory> {
    return this.#call('runMemory', { run });
  }

  /** Empties the cache of results; gives the bytes that were freed. */
  emptyCache(): Promise<number> {
    return this.#call('emptyCache', {});
  }

  /** Ends a run within 3 s, whatever its nodes do: if need be by stopping the engine's thread. */
  cancel(run: string): void {
    const call = this.#pending.ofRun(run);
    if (call?.run == null || call.run.stopping !== null) return;
    // Only a thread that died has no answer, and then the run has ended as well.
    this.#call('cancel', { run }).catch(() => {});
    this.#expectEnd(call.run, 'cancelled', call.answered.promise);
  }

  /** Ends the engine's thread and all its isolates; runs under way are cancelled. */
  async close(): Promise<void> {
    this.#onEngine.clear();
    this.#pending.cancelRuns();
    this.#lose({ why: 'stopped' });
    await this.#reclaimed;
  }

  #call<K extends CallName>(call: K, ask: EngineCalls[K]['ask']): Promise<EngineCalls[K]['answer']> {
    // Sound: `K` ties the call to its answer.
    return this.#post(call, ask).answered.promise as Promise<EngineCalls[K]['answer']>;
  }

  #post<K extends CallName>(
    call: K,
    ask: EngineCalls[K]['ask'],
    { onEvents, transfer = [] }: { onEvents?: OnEvents; transfer?: readonly ArrayBuffer[] } = {},
  ): PendingCall {
    const pending = this.#pending.add(onEvents);
    // Sound: `K` ties the call to what it asks for; the compiler does not follow that through a union.
    this.#running().post({ id: pending.id, call, ask } as ToEngine, transfer);
    return pending;
  }

  /** Asks for something without an answer. A thread that is lost meanwhile has lost what this was about as well. */
  #ask<K extends 'watch' | 'acknowledge' | 'camera' | 'forget'>(
    call: K,
    ask: EngineCalls[K]['ask'],
    transfer: readonly ArrayBuffer[] = [],
  ): void {
    this.#post(call, ask, { transfer }).answered.promise.catch(() => {});
  }

  /** The engine's thread; a new one when there is none. */
  #running(): EngineThread {
    if (this.#thread !== null) return this.#thread;
    const thread: EngineThread = new EngineThread(this.#segments, this.#spawner, this.#settings, this.#reclaimed, {
      message: (message) => this.#received(message),
      died: (error) => {
        if (this.#thread === thread) this.#lose({ why: 'died', error });
      },
    });
    this.#thread = thread;
    for (const [window, watches] of this.#watches) this.#ask('watch', { window, watches });
    return thread;
  }

  /** Stops the thread if the run has not ended when it should have. */
  #expectEnd(run: RunUnderWay, why: StopReason, ended: Promise<unknown>): void {
    run.stopping = why;
    const asked = this.#thread;
    const timer = setTimeout(() => {
      if (this.#thread === asked) this.#lose({ why: 'stopped' });
    }, CANCEL_GRACE + ANSWER_GRACE);
    const settled = () => clearTimeout(timer);
    ended.then(settled, settled);
  }

  #received(message: FromEngine): void {
    switch (message.tell) {
      case 'ready':
        this.#ready = true;
        return this.#tell({ state: 'ready' });
      case 'previews':
        for (const { window, message: told } of message.previews) {
          for (const listener of this.#onPreview) listener(window, told);
        }
        return;
      case 'camera':
        for (const listener of this.#onCamera) listener(message.window, message.request);
        return;
      default:
        return this.#receivedAbout(message);
    }
  }

  #receivedAbout(message: AboutCall): void {
    const call = this.#pending.received(message);
    if (message.tell === 'started' && call?.run != null) {
      this.#watch ??= setInterval(() => this.#look(), WATCH_EVERY);
      if (call.expired) this.#expectEnd(call.run, 'timeout', call.answered.promise);
    }
    if (message.tell === 'answer' || message.tell === 'failed') this.#restIfIdle();
  }

  /** Where no run is under way, nothing can hold the thread up for long. */
  #restIfIdle(): void {
    if (this.#pending.haveRuns) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  /** A body that does not let go of the thread cannot be stopped from within: only its thread can, from here. */
  #look(): void {
    const busy = this.#thread?.heartbeat.busy ?? null;
    const before = this.#busy;
    this.#busy = busy;
    if (busy === null) return;
    if (busy.overdue) this.#lose({ why: 'overdue', run: busy.run });
    else if (busy.run === before?.run && busy.node === before.node) this.#pending.isBusy(busy);
  }

  /** Stops the thread and ends its runs; the next call starts a new one. */
  #lose(reason: LossReason): void {
    const thread = this.#thread;
    if (thread === null) return;
    const busy = thread.heartbeat.busy;
    this.#thread = null;
    this.#busy = null;
    const wasReady = this.#ready;
    this.#ready = false;
    this.#reclaimed = thread.stop().then(() => this.#segments.reclaim());
    const { runs, held } = this.#pending.lost(reason, busy);
    this.#restIfIdle();
    this.#tell({ state: 'restarted', message: lossSentence(reason, held), runs });
    // One that never got ready would not the next time.
    if (wasReady && this.#onEngine.size > 0) this.#running();
  }

  #tell(news: EngineNews): void {
    for (const listener of this.#onEngine) listener(news);
  }
}
