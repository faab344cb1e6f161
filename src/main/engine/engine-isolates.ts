import type { Inference } from '../isolates/inference/inference.ts';
import type { Videos } from '../isolates/media/videos.ts';
import type { Arena } from '../store/arena.ts';
import type { EngineOptions } from './engine-options.ts';

/** What an engine has in processes of their own: models and videos. */
export class EngineIsolates {
  readonly #arena: Arena;
  readonly #options: Pick<EngineOptions, 'spawner' | 'refuseUnsupported'>;
  #inference: Promise<Inference> | null = null;
  #videos: Promise<Videos> | null = null;

  constructor(arena: Arena, options: Pick<EngineOptions, 'spawner' | 'refuseUnsupported'>) {
    this.#arena = arena;
    this.#options = options;
  }

  /** Its code is loaded with the first model: a graph without one starts faster. */
  inference(): Promise<Inference> {
    const { spawner, refuseUnsupported } = this.#options;
    this.#inference ??= import('../isolates/inference/inference.ts').then(
      ({ Inference }) => new Inference({ arena: this.#arena, spawner, refuseUnsupported }),
    );
    return this.#inference;
  }

  /** Loaded with the first video, like `inference`. */
  videos(): Promise<Videos> {
    const { spawner } = this.#options;
    this.#videos ??= import('../isolates/media/videos.ts').then(
      ({ Videos }) => new Videos({ arena: this.#arena, spawner }),
    );
    return this.#videos;
  }

  /** What still works for the run is to be killed. */
  giveUp(run: string): void {
    this.#inference?.then((inference) => inference.cancelRun(run, 0));
    this.#videos?.then((videos) => videos.giveUp(run));
  }

  async close(): Promise<void> {
    await (await this.#inference)?.close();
    await (await this.#videos)?.close();
  }
}
