import type { Space } from './detections.ts';

/** One plane over a picture: u8 (0 or 255, or a class id) or f32 (0–1); row-major, `space.height × space.width`. */
export class Mask {
  readonly data: Uint8Array | Float32Array;
  readonly space: Space;

  /** @throws RangeError when `data` has not exactly one sample a pixel of `space`. */
  constructor(data: Uint8Array | Float32Array, space: Space) {
    if (data.length !== space.width * space.height) {
      throw new RangeError(
        `A ${space.width}×${space.height} mask has ${space.width * space.height} samples, not ${data.length}.`,
      );
    }
    this.data = data;
    this.space = space;
  }
}
