import type { ReadRequest, VideoReader, VideoSource } from '../../shared/node-api/media.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { CameraNews, CameraRequest } from '../../shared/protocol/camera.ts';
import type { CallContext } from './call-context.ts';
import { WindowCamera } from './window-camera.ts';

/** Asks a window for something of its cameras; it answers through `WindowCameras.take`. */
export type AskCamera = (window: string, request: CameraRequest) => void;

/** The cameras of windows that runs see with: a window captures, and sends a frame when it is asked for one. */
export class WindowCameras {
  readonly #ask: AskCamera;
  readonly #open = new Map<string, WindowCamera>();

  constructor(ask: AskCamera) {
    this.#ask = ask;
  }

  /** See `Media.open`. The source that reads it is asked for an item only when one may enter the stream. */
  async open(
    window: string,
    source: Extract<VideoSource, { kind: 'camera' }>,
    { live: _, ...request }: ReadRequest,
    context: CallContext,
  ): Promise<VideoReader> {
    if (Object.keys(request).length > 0) {
      throw new WeftError('E_VALUE', 'A camera has no beginning and gives its frames as they are: set size and rate.');
    }
    const camera: WindowCamera = new WindowCamera({
      source,
      window,
      context,
      ask: (what) => this.#ask(window, what),
      ended: () => this.#open.delete(camera.capture),
    });
    this.#open.set(camera.capture, camera);
    await camera.open();
    context.keepsBack = camera;
    return camera;
  }

  /** What a window tells; of a capture that is none of its own, or has ended, it is too late. */
  take(window: string, news: CameraNews): void {
    const camera = this.#open.get(news.capture);
    if (camera?.window === window) camera.take(news);
  }

  /** Nobody reads any more for this run. */
  endRun(run: string): void {
    for (const camera of [...this.#open.values()]) if (camera.run === run) void camera.close();
  }

  /** The window is gone, and its cameras with it. */
  forget(window: string): void {
    for (const camera of [...this.#open.values()]) if (camera.window === window) camera.windowGone();
  }
}
