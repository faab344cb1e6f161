import {
  Frame,
  type FrameColour,
  frameBytes,
  rgbToYuv,
  type VideoDescription,
} from '../../../src/shared/node-api/weft.ts';

const BT601: FrameColour = { matrix: 'bt601', full: false };

/** A frame whose samples `sample` gives, by their place in its planes; grey when it is left out. */
export function frameOf(
  width: number,
  height: number,
  sample: (index: number) => number = () => 128,
  parts: { colour?: FrameColour; seconds?: number; index?: number; takenAt?: number } = {},
): Frame {
  const data = Uint8Array.from({ length: frameBytes(width, height) }, (_, index) => sample(index));
  const { colour = BT601, seconds = 0, index = 0, takenAt } = parts;
  const video: VideoDescription = {
    path: null,
    container: 'test',
    codec: 'test',
    width,
    height,
    fps: 25,
    frames: null,
    seconds: null,
    rotation: 0,
    audio: null,
  };
  return new Frame({ width, height, colour, index, seconds, duration: 0.04, takenAt, video }, data);
}

/** A frame of one colour, 0–1 a share. */
export function plainFrame(
  width: number,
  height: number,
  rgb: readonly [number, number, number],
  colour: FrameColour = BT601,
): Frame {
  const [luma, u, v] = rgbToYuv(rgb, colour);
  const pixels = width * height;
  const chroma = Math.ceil(width / 2) * Math.ceil(height / 2);
  return frameOf(width, height, (index) => (index < pixels ? luma : index < pixels + chroma ? u : v), { colour });
}

/** Light and colour that change slowly, so that how colour at half the size is spread makes no difference. */
export function smoothFrame(width: number, height: number): Frame {
  const pixels = width * height;
  return frameOf(width, height, (index) => {
    if (index < pixels) return 60 + 100 * ((index % width) / width);
    const chromaWidth = Math.ceil(width / 2);
    const chroma = (index - pixels) % (chromaWidth * Math.ceil(height / 2));
    return 90 + 60 * (Math.floor(chroma / chromaWidth) / (height / 2));
  });
}
