export type ImageDepth = 'u8' | 'u16' | 'f32';
export type ImageChannels = 1 | 3 | 4;

export interface ImageArrays {
  u8: Uint8Array;
  u16: Uint16Array;
  f32: Float32Array;
}

/**
 * A picture: interleaved, unpadded rows; 1 (grey), 3 (RGB) or 4 (RGBA, straight alpha) channels; sRGB; EXIF orientation
 * already applied. u8 0–255, u16 0–65535, f32 0–1.
 */
export class Image<K extends ImageDepth = ImageDepth> {
  readonly depth: K;
  readonly width: number;
  readonly height: number;
  readonly channels: ImageChannels;
  /** `height × width × channels` samples. */
  readonly data: ImageArrays[K];

  /** @throws RangeError when `data` has not exactly `width × height × channels` samples. */
  constructor(depth: K, width: number, height: number, channels: ImageChannels, data: ImageArrays[K]) {
    if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
      throw new RangeError(`A picture is at least 1×1 pixels, not ${width}×${height}.`);
    }
    if (data.length !== width * height * channels) {
      throw new RangeError(
        `A ${width}×${height}×${channels} picture has ${width * height * channels} samples, not ${data.length}.`,
      );
    }
    this.depth = depth;
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.data = data;
  }

  is<D extends ImageDepth>(depth: D): this is Image<D> {
    return (this.depth as ImageDepth) === depth;
  }

  /** `image 640×480×3`, as people read it. */
  toString(): string {
    return `image ${this.width}×${this.height}×${this.channels}`;
  }
}
