import type { CameraNews, CameraRequest } from '../../shared/protocol/camera.ts';
import { FramePlanes } from './frame-planes.ts';
import { FrameRhythm } from './frame-rhythm.ts';
import { CameraRefusal, openCamera, reopenCamera } from './open-camera.ts';
import { framesOf } from './track-frames.ts';

type OpenRequest = Extract<CameraRequest, { ask: 'open' }>;
/** As distributed over the union: news without the name of the capture. */
type News = CameraNews extends infer N ? (N extends CameraNews ? Omit<N, 'capture'> : never) : never;

interface Captured {
  readonly frame: VideoFrame;
  readonly index: number;
  readonly seconds: number;
}

/** ms until a camera that has given nothing yet is given up. */
const FIRST_WITHIN = 10_000;
/** ms between two looks for a camera that was unplugged. */
const LOOK_EVERY = 1000;

/** One camera that is open for a node. It holds its newest frame, and lets go of it when a newer one comes. */
export class Capture {
  readonly #request: OpenRequest;
  readonly #tell: (news: CameraNews) => void;
  /** Null until the first frame says how large they are. */
  #planes: FramePlanes | null = null;
  #track: MediaStreamTrack | null = null;
  #newest: Captured | null = null;
  readonly #rhythm = new FrameRhythm();
  #wanted = false;
  /** Until the next frame, where that is worth waiting for. */
  #waiting: number | undefined;
  #closed = false;
  #count = 0;
  /** Of the first frame, ms since the epoch. */
  #beganAt = 0;
  /** Added to the times of the track's frames, in seconds from the first frame. */
  #shift = 0;

  /** @param tell must have read a frame's planes when it returns */
  constructor(request: OpenRequest, tell: (news: CameraNews) => void) {
    this.#request = request;
    this.#tell = tell;
  }

  /** Captures until `close`, or until it turns out that the camera cannot be used. */
  async run(): Promise<void> {
    try {
      let track: MediaStreamTrack | null = await openCamera(this.#request.device, this.#request);
      while (track !== null) {
        const gave = await this.#read(track);
        if (this.#closed) return;
        if (gave) this.#news({ news: 'lost' });
        // What other programs use may open all the same, and then give nothing.
        else if (this.#planes === null) throw new CameraRefusal('busy');
        track = await this.#waitFor(track);
      }
    } catch (error) {
      if (!(error instanceof CameraRefusal)) throw error;
      if (!this.#closed) this.#news({ news: 'failed', why: error.why });
    }
  }

  /** The engine has room for one frame: it gets the newest, or the next where that comes soon. */
  want(): void {
    this.#wanted = true;
    const within = this.#newest === null ? null : this.#rhythm.nextWithin(performance.now());
    if (within === null) void this.#send();
    else this.#waiting = window.setTimeout(() => void this.#send(), within);
  }

  close(): void {
    this.#closed = true;
    window.clearTimeout(this.#waiting);
    this.#track?.stop();
    this.#letGo();
  }

  /** Reads a track to its end; false when it has given no frame. */
  async #read(track: MediaStreamTrack): Promise<boolean> {
    this.#track = track;
    if (this.#closed) track.stop();
    if (track.readyState === 'ended') return false;
    const frames = framesOf(track).getReader();
    const timer = setTimeout(() => track.stop(), FIRST_WITHIN);
    let gave = false;
    for (let next = await frames.read(); !next.done; next = await frames.read()) {
      if (this.#closed) next.value.close();
      else {
        if (!gave) this.#begin(track, next.value);
        gave = true;
        clearTimeout(timer);
        this.#captured(next.value);
      }
    }
    clearTimeout(timer);
    return gave;
  }

  /** The first frame of a track. A camera that comes back goes on in the time of the first one. */
  #begin(track: MediaStreamTrack, frame: VideoFrame): void {
    const now = Date.now();
    if (this.#planes === null) {
      const { width, height } = sizeOf(frame);
      this.#planes = new FramePlanes({ width, height });
      this.#beganAt = now;
      const { frameRate: fps = null } = track.getSettings();
      this.#news({ news: 'opened', name: track.label, width, height, fps, beganAt: now });
    } else {
      this.#news({ news: 'back' });
    }
    this.#shift = (now - this.#beganAt) / 1000 - frame.timestamp / 1e6;
  }

  #captured(frame: VideoFrame): void {
    this.#letGo();
    this.#rhythm.beat(performance.now());
    this.#newest = { frame, index: this.#count++, seconds: Math.max(0, frame.timestamp / 1e6 + this.#shift) };
    void this.#send();
  }

  async #send(): Promise<void> {
    window.clearTimeout(this.#waiting);
    if (!this.#wanted || this.#newest === null || this.#planes === null) return;
    const { frame, index, seconds } = this.#newest;
    this.#newest = null;
    this.#wanted = false;
    try {
      const { planes, colour } = await this.#planes.of(frame);
      const { width, height } = this.#planes.size;
      if (!this.#closed) this.#news({ news: 'frame', index, seconds, width, height, colour, planes });
    } catch {
      // Its samples cannot be read, and neither can those of the next.
      if (!this.#closed) this.#news({ news: 'failed', why: 'unsupported' });
      this.close();
    } finally {
      frame.close();
    }
  }

  #letGo(): void {
    this.#newest?.frame.close();
    this.#newest = null;
  }

  /** The camera, once it can be used again; null when it is closed meanwhile. */
  async #waitFor(lost: MediaStreamTrack): Promise<MediaStreamTrack | null> {
    const { deviceId = '' } = lost.getSettings();
    const { label } = lost;
    while (!this.#closed) {
      await aWhile();
      const track = await reopenCamera({ deviceId, label }, this.#request).catch((error) => {
        // It takes a moment until one that was just plugged in can be used.
        if (error instanceof CameraRefusal && error.why !== 'denied') return null;
        throw error;
      });
      if (track !== null) return track;
    }
    return null;
  }

  #news(news: News): void {
    this.#tell({ ...news, capture: this.#request.capture } as CameraNews);
  }
}

function sizeOf({ visibleRect, codedWidth, codedHeight }: VideoFrame): { width: number; height: number } {
  return visibleRect ?? { width: codedWidth, height: codedHeight };
}

/** Until cameras come or go, or some time has passed. */
async function aWhile(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, LOOK_EVERY);
  const onChange = () => resolve();
  navigator.mediaDevices.addEventListener('devicechange', onChange);
  await promise;
  navigator.mediaDevices.removeEventListener('devicechange', onChange);
  clearTimeout(timer);
}
