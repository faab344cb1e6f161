/** How the samples of a frame stand for colours. */
export interface FrameColour {
  readonly matrix: 'bt601' | 'bt709' | 'bt2020';
  /** Samples use all of 0–255, as in JPEG; otherwise 16–235, and 16–240 for U and V. */
  readonly full: boolean;
}

export interface YuvPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  readonly colour: FrameColour;
}

/** Shares of red and blue in the luma (ITU-R BT.601-7, BT.709-6, BT.2020-2). */
const LUMA_SHARES: Readonly<Record<FrameColour['matrix'], readonly [red: number, blue: number]>> = {
  bt601: [0.299, 0.114],
  bt709: [0.2126, 0.0722],
  bt2020: [0.2627, 0.0593],
};

/** How much one step of each sample changes the colours of its pixel, 0–255, and which samples stand for nothing. */
export interface YuvSteps {
  readonly luma: number;
  readonly redOfV: number;
  readonly greenOfU: number;
  readonly greenOfV: number;
  readonly blueOfU: number;
  /** The luma of black: 0, or 16. The U and V of grey are always 128. */
  readonly black: number;
}

/** `red = (y − black) × luma + (v − 128) × redOfV`, and so on. */
export function yuvSteps({ matrix, full }: FrameColour): YuvSteps {
  const [red, blue] = LUMA_SHARES[matrix];
  const green = 1 - red - blue;
  const chroma = full ? 1 : 255 / 224;
  return {
    luma: full ? 1 : 255 / 219,
    redOfV: 2 * (1 - red) * chroma,
    greenOfU: (-2 * (1 - blue) * blue * chroma) / green,
    greenOfV: (-2 * (1 - red) * red * chroma) / green,
    blueOfU: 2 * (1 - blue) * chroma,
    black: full ? 0 : 16,
  };
}

/** What each sample adds to the colours of its pixel. */
interface YuvTables {
  readonly luma: Float32Array;
  readonly redOfV: Float32Array;
  readonly greenOfU: Float32Array;
  readonly greenOfV: Float32Array;
  readonly blueOfU: Float32Array;
}

const made = new Map<string, YuvTables>();

/** `red = luma[y] + redOfV[v]`, `green = luma[y] + greenOfU[u] + greenOfV[v]`, `blue = luma[y] + blueOfU[u]`; 0–255. */
function yuvTables(colour: FrameColour): YuvTables {
  const key = `${colour.matrix} ${colour.full}`;
  let tables = made.get(key);
  if (tables === undefined) {
    const steps = yuvSteps(colour);
    const table = (step: number, zero: number) => Float32Array.from({ length: 256 }, (_, k) => (k - zero) * step);
    tables = {
      luma: table(steps.luma, steps.black),
      redOfV: table(steps.redOfV, 128),
      greenOfU: table(steps.greenOfU, 128),
      greenOfV: table(steps.greenOfV, 128),
      blueOfU: table(steps.blueOfU, 128),
    };
    made.set(key, tables);
  }
  return tables;
}

/** One colour, 0–1 a share, as samples of a frame. */
export function rgbToYuv(
  [red, green, blue]: readonly [red: number, green: number, blue: number],
  { matrix, full }: FrameColour,
): readonly [luma: number, u: number, v: number] {
  const [redShare, blueShare] = LUMA_SHARES[matrix];
  const light = redShare * red + (1 - redShare - blueShare) * green + blueShare * blue;
  const u = (blue - light) / (2 * (1 - blueShare));
  const v = (red - light) / (2 * (1 - redShare));
  const [black, range, chroma] = full ? [0, 255, 255] : [16, 219, 224];
  return [sample(black + light * range), sample(128 + u * chroma), sample(128 + v * chroma)];
}

/** The bluest blue of the full range is half a step beyond it. */
function sample(value: number): number {
  return Math.min(255, Math.round(value));
}

/** RGB, interleaved. Each U and V stands for its block of two by two pixels. */
export function yuvToRgb({ width, height, data, colour }: YuvPicture): Uint8Array {
  const { luma, redOfV, greenOfU, greenOfV, blueOfU } = yuvTables(colour);
  // Clamping by the array is several times as fast as two comparisons a sample.
  const rgb = new Uint8ClampedArray(width * height * 3);
  const chromaWidth = (width + 1) >> 1;
  const uPlane = width * height;
  const vPlane = uPlane + chromaWidth * ((height + 1) >> 1);
  for (let y = 0; y < height; y++) {
    const chromaRow = (y >> 1) * chromaWidth;
    let at = y * width * 3;
    for (let x = 0; x < width; x++, at += 3) {
      const u = data[uPlane + chromaRow + (x >> 1)];
      const v = data[vPlane + chromaRow + (x >> 1)];
      const light = luma[data[y * width + x]];
      rgb[at] = light + redOfV[v];
      rgb[at + 1] = light + greenOfU[u] + greenOfV[v];
      rgb[at + 2] = light + blueOfU[u];
    }
  }
  return new Uint8Array(rgb.buffer);
}
