import { Image } from './image.ts';
import type { VideoDescription } from './video-description.ts';
import { type FrameColour, yuvToRgb } from './yuv.ts';

/** What a frame is beside its pixels. */
export interface FrameParts {
  /** In pixels, as the frame is shown: rotation and pixel shape are already applied. */
  readonly width: number;
  readonly height: number;
  readonly colour: FrameColour;
  /** Number of the frame among those that were decoded, from 0; a `step` leaves numbers out. */
  readonly index: number;
  /** When it is shown, from the beginning of its video. */
  readonly seconds: number;
  /** How long it is shown, in seconds. */
  readonly duration: number;
  /** When a camera took it, ms since the epoch; left out where nobody has told, and for frames of files. */
  readonly takenAt?: number | null;
  /** The video that it belongs to. */
  readonly video: VideoDescription;
}

/** A decoder's picture, in the planes that decoders give and encoders take: 4:2:0, 8 bits a sample. */
export class Frame {
  readonly width: number;
  readonly height: number;
  /** The planes Y, U and V one after the other, rows unpadded; U and V have half the width and height, rounded up. */
  readonly data: Uint8Array;
  readonly colour: FrameColour;
  readonly index: number;
  readonly seconds: number;
  readonly duration: number;
  readonly takenAt: number | null;
  readonly video: VideoDescription;
  #image: Image<'u8'> | null = null;

  /** @throws RangeError when `data` has not exactly the samples of such a frame. */
  constructor(parts: FrameParts, data: Uint8Array) {
    const bytes = frameBytes(parts.width, parts.height);
    if (data.length !== bytes) {
      throw new RangeError(`A frame of ${parts.width}×${parts.height} has ${bytes} samples, not ${data.length}.`);
    }
    this.width = parts.width;
    this.height = parts.height;
    this.data = data;
    this.colour = parts.colour;
    this.index = parts.index;
    this.seconds = parts.seconds;
    this.duration = parts.duration;
    this.takenAt = parts.takenAt ?? null;
    this.video = parts.video;
  }

  /** The frame as a picture in RGB: converted once, then kept for as long as the frame is. */
  image(): Image<'u8'> {
    this.#image ??= new Image('u8', this.width, this.height, 3, yuvToRgb(this));
    return this.#image;
  }

  /** A frame of the same video, time and size with other pixels. */
  withData(data: Uint8Array): Frame {
    return new Frame(this, data);
  }
}

/** Bytes that the planes of a frame take. */
export function frameBytes(width: number, height: number): number {
  return width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
}
