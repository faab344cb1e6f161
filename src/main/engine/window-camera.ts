import { randomUUID } from 'node:crypto';
import { Frame, frameBytes } from '../../shared/node-api/frame.ts';
import type { ReadTally, VideoReader, VideoSource } from '../../shared/node-api/media.ts';
import type { VideoDescription } from '../../shared/node-api/video-description.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { CameraFailure, CameraNews, CameraRequest, CapturedFrame } from '../../shared/protocol/camera.ts';
import { malformed } from '../../shared/protocol/payload.ts';
import { unlessAborted } from '../isolates/unless-aborted.ts';
import type { CallContext } from './call-context.ts';
import type { KeepsBack } from './keeps-back.ts';

type CameraSource = Extract<VideoSource, { kind: 'camera' }>;
type Opened = Extract<CameraNews, { news: 'opened' }>;

export interface WindowCameraOptions {
  readonly source: CameraSource;
  readonly window: string;
  /** Of the source that reads it. */
  readonly context: CallContext;
  ask(request: CameraRequest): void;
  /** It was closed. */
  ended(): void;
}

/** What a node takes when it wishes for nothing. */
const USUAL = { width: 640, height: 480, fps: 30 };

/** The frames of a camera that a window captures. A frame comes over only when it is read: nothing queues up. */
export class WindowCamera implements VideoReader, KeepsBack {
  readonly capture: string = randomUUID();
  readonly #options: WindowCameraOptions;
  readonly #opened = Promise.withResolvers<Opened>();
  #video: VideoDescription | null = null;
  /** When the first frame was captured, ms since the epoch by the window's clock. */
  #beganAt = 0;
  #label = '';
  /** Who reads; null resolves it when it was closed meanwhile. */
  #reading: PromiseWithResolvers<CapturedFrame | null> | null = null;
  #failure: WeftError | null = null;
  #closed = false;
  #captured = 0;
  #leftOut = 0;

  constructor(options: WindowCameraOptions) {
    this.#options = options;
    // Nobody may be waiting yet, or any more, when it fails.
    this.#opened.promise.catch(() => {});
  }

  get run(): string {
    return this.#options.context.run;
  }

  get window(): string {
    return this.#options.window;
  }

  get video(): VideoDescription {
    if (this.#video === null) throw new Error('A camera was used before it was open.');
    return this.#video;
  }

  get tally(): ReadTally {
    return { decoded: this.#captured, lost: 0, damaged: 0, resized: 0 };
  }

  /** Frames that were captured before the last one that came over, and not sent. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** @throws E_CAMERA, E_CAMERA_DENIED, E_CAMERA_MISSING, E_CAMERA_BUSY */
  async open(): Promise<void> {
    const { source, context, ask } = this.#options;
    const { device, width = USUAL.width, height = USUAL.height, fps = USUAL.fps } = source;
    try {
      context.signal.throwIfAborted();
      ask({ ask: 'open', capture: this.capture, device, width, height, fps });
      const opened = await unlessAborted(this.#opened.promise, this.#options.context.signal);
      this.#beganAt = opened.beganAt;
      this.#label = opened.name;
      this.#video = {
        path: null,
        container: 'camera',
        codec: 'rawvideo',
        width: opened.width,
        height: opened.height,
        fps: opened.fps,
        frames: null,
        seconds: null,
        rotation: 0,
        audio: null,
      };
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async read(): Promise<Frame | null> {
    const { context, ask } = this.#options;
    context.signal.throwIfAborted();
    if (this.#failure !== null) throw this.#failure;
    if (this.#closed) return null;
    const reading = Promise.withResolvers<CapturedFrame | null>();
    this.#reading = reading;
    ask({ ask: 'frame', capture: this.capture });
    const frame = await unlessAborted(reading.promise, this.#options.context.signal).finally(() => {
      this.#reading = null;
    });
    return frame === null ? null : this.#frameOf(frame);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#reading?.resolve(null);
    this.#options.ask({ ask: 'close', capture: this.capture });
    this.#options.ended();
  }

  take(news: CameraNews): void {
    switch (news.news) {
      case 'opened':
        return this.#opened.resolve(news);
      case 'frame':
        return this.#reading?.resolve(news);
      case 'lost':
        return this.#options.context.waits(lostError(this.#name));
      case 'back':
        return this.#options.context.waits(null);
      case 'failed':
        return this.#fail(openError(this.#name, news.why));
    }
  }

  windowGone(): void {
    this.#fail(new WeftError('E_CAMERA', `${this.#name} went away with its window: open it and run again.`));
  }

  /** As the browser names it, once it has. */
  get #name(): string {
    return this.#label || `Camera ${this.#options.source.device}`;
  }

  #fail(error: WeftError): void {
    this.#failure ??= error;
    this.#opened.reject(error);
    this.#reading?.reject(error);
  }

  /** Copies the planes once, into the arena. */
  #frameOf({ index, seconds, width, height, colour, planes }: CapturedFrame): Frame {
    const { video } = this;
    if (index < this.#captured || width !== video.width || height !== video.height) {
      throw malformed('a camera has given a frame out of order or of another size');
    }
    this.#leftOut += index - this.#captured;
    this.#captured = index + 1;
    const { data } = this.#options.context.tensor('uint8', [frameBytes(width, height)]);
    data.set(planes);
    const duration = 1 / (video.fps ?? USUAL.fps);
    const takenAt = this.#beganAt + seconds * 1000;
    return new Frame({ width, height, colour, index, seconds, duration, video, takenAt }, data);
  }
}

function lostError(name: string): WeftError {
  return new WeftError(
    'E_CAMERA_LOST',
    `${name} was unplugged: plug it in again and the run goes on, or stop the run.`,
  );
}

function openError(name: string, why: CameraFailure): WeftError {
  switch (why) {
    case 'denied':
      return new WeftError(
        'E_CAMERA_DENIED',
        `${name} may not be used: allow the camera for this page, or for this program in the system's settings, and try again.`,
      );
    case 'missing':
      return new WeftError(
        'E_CAMERA_MISSING',
        `${name} is not there: plug it in and try again, or choose another camera.`,
      );
    case 'busy':
      return new WeftError(
        'E_CAMERA_BUSY',
        `${name} is used by another program: close that and try again, or choose another camera.`,
      );
    case 'insecure':
      return new WeftError(
        'E_CAMERA',
        `${name} cannot be used from here: a browser gives cameras only to pages of https or localhost, so open the editor through one of these.`,
      );
    case 'unsupported':
      return new WeftError(
        'E_CAMERA',
        `${name} cannot be read by this browser: use a newer Chromium, Chrome or Edge, or the desktop app.`,
      );
  }
}
