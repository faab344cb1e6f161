/** The engine's thread: answers the host's calls, one engine for as long as the thread lives. */
import { enableCompileCache } from 'node:module';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { PinView } from '../../shared/protocol/preview.ts';
import type {
  CallName,
  EngineCalls,
  EngineThreadData,
  FromEngine,
  ToEngine,
} from '../../shared/protocol/thread-messages.ts';

enableCompileCache();
const { Engine } = await import('./engine.ts');
const { buffersOf } = await import('./previews/buffers-of.ts');
const { readModelSignature } = await import('./model-signature.ts');
const { readablePath } = await import('./absolute-path.ts');
const { Heartbeat } = await import('./heartbeat.ts');
const { relayedSpawner } = await import('../isolates/spawn-relay.ts');
const { requestSegments } = await import('../store/segment-request.ts');
const { WeftError } = await import('../../shared/node-api/weft-error.ts');

const data: EngineThreadData<MessagePort> = workerData;
const engine = await Engine.open({
  ...data.settings,
  segments: requestSegments(data.segments, data.segmentAnswered),
  spawner: relayedSpawner(data.spawns),
  heartbeat: new Heartbeat(data.heartbeat),
  deliverPreviews: (previews) =>
    tell({ tell: 'previews', previews }, buffersOf(previews.map(({ message }) => message.view))),
  askCamera: (window, request) => tell({ tell: 'camera', window, request }),
});

const handlers: { [K in CallName]: (ask: EngineCalls[K]['ask'], id: number) => Promise<EngineCalls[K]['answer']> } = {
  run: (request, id) =>
    engine.run(request, {
      started: (run, serial, ids) => tell({ tell: 'started', id, run, serial, ids }),
      batch: (batch) => tell({ tell: 'batch', id, batch }),
    }),
  validate: (request) => engine.validate(request),
  explain: (request) => engine.explain(request),
  nodes: async ({ query }) => engine.catalogue(query),
  backends: async () => (await engine.isolates.inference()).backends(),
  doctor: async () => (await import('./doctor.ts')).examine(engine),
  cancel: async ({ run }) => engine.cancel(run),
  finish: async ({ run }) => engine.finish(run),
  setLiteral: async ({ run, node, pin, value }) => engine.setLiteral(run, node, pin, value),
  watch: async ({ window, watches }) => {
    engine.previews.watch(window, watches);
    return null;
  },
  acknowledge: async ({ window, watches }) => {
    engine.previews.acknowledge(window, watches);
    return null;
  },
  preview: async ({ window, request }) => engine.previews.look(window, request),
  camera: async ({ window, news }) => {
    engine.windowCameras?.take(window, news);
    return null;
  },
  forget: async ({ window }) => {
    engine.windowCameras?.forget(window);
    engine.previews.forget(window);
    return null;
  },
  runProfile: async ({ run }) => engine.runProfile(run),
  runMemory: async ({ run }) => engine.runMemory(run),
  emptyCache: async () => engine.forgetResults(),
  modelSignature: async ({ path, folder }) => readModelSignature(readablePath(path, folder)),
  close: async () => {
    await engine.close();
    return null;
  },
};

parentPort?.on('message', async (message: ToEngine) => {
  const handle = handlers[message.call] as (ask: unknown, id: number) => Promise<EngineCalls[CallName]['answer']>;
  try {
    const answer = await handle(message.ask, message.id);
    const transfer = message.call === 'preview' ? buffersOf([answer as PinView]) : [];
    tell({ tell: 'answer', id: message.id, answer }, transfer);
  } catch (error) {
    const known =
      error instanceof WeftError
        ? error
        : new WeftError('E_INTERNAL', `The engine made a mistake: ${error instanceof Error ? error.message : error}`, {
            cause: error,
          });
    tell({ tell: 'failed', id: message.id, error: known.toReport() });
  }
});

tell({ tell: 'ready' });

/** Buffers in `transfer` go over instead of being copied. */
function tell(message: FromEngine, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
