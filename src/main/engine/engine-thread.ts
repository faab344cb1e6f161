import { MessageChannel, Worker } from 'node:worker_threads';
import type { EngineSettings, EngineThreadData, FromEngine, ToEngine } from '../../shared/protocol/thread-messages.ts';
import type { IsolateSpawner } from '../isolates/spawn.ts';
import { serveSpawns } from '../isolates/spawn-relay.ts';
import type { SegmentPool } from '../store/segment-pool.ts';
import { serveSegments } from '../store/segment-request.ts';
import { Heartbeat } from './heartbeat.ts';

interface ThreadListener {
  message(message: FromEngine): void;
  /** The thread ended by itself. */
  died(error: Error): void;
}

/** One life of the engine's thread, with the ports that serve it. */
export class EngineThread {
  readonly heartbeat = new Heartbeat();
  readonly #worker: Worker;
  readonly #ready: Promise<void>;
  readonly #spawnsServed: Promise<void>;
  readonly #ports: MessageChannel[];
  #stopping: Promise<void> | null = null;

  /** `ready`: the memory of the thread before may be used again. What is posted earlier waits for it. */
  constructor(
    segments: SegmentPool,
    spawner: IsolateSpawner,
    settings: EngineSettings,
    ready: Promise<void>,
    listener: ThreadListener,
  ) {
    this.#ready = ready;
    const segmentPorts = new MessageChannel();
    const spawnPorts = new MessageChannel();
    this.#ports = [segmentPorts, spawnPorts];
    const segmentAnswered = new Int32Array(new SharedArrayBuffer(4));
    const workerData: EngineThreadData<MessageChannel['port1']> = {
      segments: segmentPorts.port2,
      segmentAnswered,
      spawns: spawnPorts.port2,
      heartbeat: this.heartbeat.buffer,
      settings,
    };
    this.#worker = new Worker(new URL('./engine-worker.ts', import.meta.url), {
      workerData,
      transferList: [segmentPorts.port2, spawnPorts.port2],
    });
    serveSegments(segmentPorts.port1, segments, segmentAnswered);
    this.#spawnsServed = serveSpawns(spawnPorts.port1, spawner);
    this.#worker.on('message', (message: FromEngine) => listener.message(message));
    let cause: Error | undefined;
    this.#worker.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    this.#worker.on('exit', (code) => {
      if (this.#stopping === null) listener.died(cause ?? new Error(`The engine thread exited with ${code}.`));
    });
  }

  /** Buffers in `transfer` go over instead of being copied. */
  post(message: ToEngine, transfer: readonly ArrayBuffer[] = []): void {
    void this.#ready.then(() => this.#worker.postMessage(message, transfer));
  }

  /** Resolves when the thread has ended and the last of its isolates is dead. */
  stop(): Promise<void> {
    this.#stopping ??= this.#end();
    return this.#stopping;
  }

  async #end(): Promise<void> {
    await this.#worker.terminate();
    for (const { port1 } of this.#ports) port1.close();
    await this.#spawnsServed;
  }
}
