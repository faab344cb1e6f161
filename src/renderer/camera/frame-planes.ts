import { frameBytes } from '../../shared/node-api/frame.ts';
import type { FrameColour } from '../../shared/node-api/yuv.ts';
import { type PictureSize, planesFromNv12, planesFromRgba } from './planar.ts';

interface Planes {
  /** Good until the next call. */
  readonly planes: Uint8Array<ArrayBuffer>;
  readonly colour: FrameColour;
}

/** Takes the planes out of captured frames, all of one size; memory is made once. */
export class FramePlanes {
  readonly size: PictureSize;
  readonly #planes: Uint8Array<ArrayBuffer>;
  /** For frames whose samples lie in another order. */
  #samples = new Uint8Array(0);
  #canvas: OffscreenCanvas | null = null;

  constructor(size: PictureSize) {
    this.size = size;
    this.#planes = new Uint8Array(frameBytes(size.width, size.height));
  }

  async of(frame: VideoFrame): Promise<Planes> {
    const { width, height } = this.size;
    if (frame.visibleRect?.width !== width || frame.visibleRect.height !== height) return this.#ofScaled(frame);
    switch (frame.format) {
      case 'I420':
        await frame.copyTo(this.#planes, { layout: planeLayout(this.size) });
        return { planes: this.#planes, colour: colourOf(frame) };
      case 'NV12': {
        const samples = this.#samplesOf(this.#planes.length);
        const [luma] = planeLayout(this.size);
        const stride = 2 * Math.ceil(width / 2);
        await frame.copyTo(samples, { layout: [luma, { offset: width * height, stride }] });
        planesFromNv12(samples, this.#planes, this.size);
        return { planes: this.#planes, colour: colourOf(frame) };
      }
      default: {
        const samples = this.#samplesOf(width * height * 4);
        await frame.copyTo(samples, { format: 'RGBA', colorSpace: 'srgb' });
        planesFromRgba(samples, this.#planes, this.size);
        return { planes: this.#planes, colour: { matrix: 'bt601', full: false } };
      }
    }
  }

  /** A camera that was plugged in again may have another size than before. */
  #ofScaled(frame: VideoFrame): Promise<Planes> {
    const { width, height } = this.size;
    this.#canvas ??= new OffscreenCanvas(width, height);
    this.#canvas.getContext('2d')?.drawImage(frame, 0, 0, width, height);
    const scaled = new VideoFrame(this.#canvas, { timestamp: frame.timestamp });
    return this.of(scaled).finally(() => scaled.close());
  }

  #samplesOf(bytes: number): Uint8Array<ArrayBuffer> {
    if (this.#samples.length !== bytes) this.#samples = new Uint8Array(bytes);
    return this.#samples;
  }
}

function planeLayout({ width, height }: PictureSize): PlaneLayout[] {
  const stride = Math.ceil(width / 2);
  const chroma = stride * Math.ceil(height / 2);
  return [
    { offset: 0, stride: width },
    { offset: width * height, stride },
    { offset: width * height + chroma, stride },
  ];
}

/** A camera that does not say is one of standard definition. */
function colourOf({ colorSpace }: VideoFrame): FrameColour {
  const { fullRange } = colorSpace;
  // TypeScript does not know all that browsers name.
  const matrix: string | null = colorSpace.matrix;
  const known = matrix === 'bt709' ? matrix : matrix === 'bt2020-ncl' ? 'bt2020' : 'bt601';
  return { matrix: known, full: fullRange ?? false };
}
