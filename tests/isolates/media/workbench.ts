import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type VideoCall, Videos } from '../../../src/main/isolates/media/videos.ts';
import { nodeSpawner } from '../../../src/main/isolates/spawn-node.ts';
import { Arena } from '../../../src/main/store/arena.ts';
import { HeapBacking } from '../../../src/main/store/backing.ts';
import { CallScope } from '../../../src/main/store/call-scope.ts';
import { SegmentPool } from '../../../src/main/store/segment-pool.ts';
import type { Media, ReadRequest, VideoReader, WriteRequest } from '../../../src/shared/node-api/media.ts';
import type { Frame } from '../../../src/shared/node-api/weft.ts';

// Segments last as long as the process, so all workbenches of a test file use the same.
const shared = new SegmentPool();
const unshared = new SegmentPool({ backing: new HeapBacking('a test') });

/** An arena that poisons what is freed, videos on it, and a folder. Frames stay until the end. */
export class MediaWorkbench implements AsyncDisposable {
  readonly arena: Arena;
  readonly videos: Videos;
  readonly folder = mkdtempSync(join(tmpdir(), 'weft-test-'));
  /** What was said of files that were written. */
  readonly told: { readonly state: 'begun' | 'complete'; readonly path: string }[] = [];
  readonly #abort = new AbortController();
  readonly #scope: CallScope;
  readonly #segments: SegmentPool;

  constructor({ sharing = true }: { sharing?: boolean } = {}) {
    this.#segments = sharing ? shared : unshared;
    this.arena = new Arena(this.#segments, { budgetBytes: 2 ** 28, poison: true });
    this.videos = new Videos({ arena: this.arena, spawner: nodeSpawner() });
    this.#scope = new CallScope(this.arena);
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  get call(): VideoCall {
    return {
      runId: 'run',
      signal: this.#abort.signal,
      allocate: (bytes) => this.#scope.tensor('uint8', [bytes]).data,
      fileIs: (state, path) => this.told.push({ state, path }),
    };
  }

  /** As nodes see it. */
  get media(): Media {
    return {
      open: (source, request = {}) => this.videos.open(source, request, this.call),
      create: async (path, request) => this.videos.create(path, request, this.call),
      cameras: () => this.videos.cameras(),
    };
  }

  abort(reason: Error): void {
    this.#abort.abort(reason);
  }

  open(path: string, request: ReadRequest = {}): Promise<VideoReader> {
    return this.videos.open({ kind: 'file', path }, request, this.call);
  }

  /** All frames of a video, and what was told of it at the end. */
  async read(path: string, request: ReadRequest = {}): Promise<{ frames: Frame[]; reader: VideoReader }> {
    const reader = await this.open(path, request);
    const frames: Frame[] = [];
    try {
      for (let frame = await reader.read(); frame !== null; frame = await reader.read()) frames.push(frame);
    } finally {
      await reader.close();
    }
    return { frames, reader };
  }

  create(name: string, request: Partial<WriteRequest> = {}) {
    return this.videos.create(this.file(name), { quality: 'medium', fps: 10, audio: false, ...request }, this.call);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.videos.close();
    this.#scope.close();
    this.#segments.reclaim();
    rmSync(this.folder, { recursive: true });
  }
}
