import { type Frame, yuvTables } from 'weft';
import { cellsOf } from './bilinear.ts';
import type { Region, RowWriter, Scaling } from './placement.ts';

/**
 * The rows of a frame in RGB, scaled with the bilinear kernel straight from its planes: light and colour are scaled each
 * in its own size, and only the pixels of the result are converted.
 */
export function frameRows(frame: Frame, size: Pick<Region, 'width' | 'height'>, scaling: Scaling): RowWriter {
  const { width, height, data, colour } = frame;
  const { luma, redOfV, greenOfU, greenOfV, blueOfU } = yuvTables(colour);
  const chromaWidth = Math.ceil(width / 2);
  const chromaHeight = Math.ceil(height / 2);
  const light = plane(data.subarray(0, width * height), width, height, size, scaling);
  const half: Scaling = {
    scaleX: scaling.scaleX * 2,
    scaleY: scaling.scaleY * 2,
    originX: (scaling.originX ?? 0) / 2,
    originY: (scaling.originY ?? 0) / 2,
  };
  const chromaBytes = chromaWidth * chromaHeight;
  const chroma = (start: number) =>
    plane(data.subarray(start, start + chromaBytes), chromaWidth, chromaHeight, size, half);
  const uRows = chroma(width * height);
  const vRows = chroma(width * height + chromaBytes);

  const lightRow = new Uint8Array(size.width);
  const uRow = new Uint8Array(size.width);
  const vRow = new Uint8Array(size.width);
  const rgb = new Uint8ClampedArray(size.width * 3);
  return (y, into, at) => {
    light(y, lightRow);
    uRows(y, uRow);
    vRows(y, vRow);
    for (let x = 0, to = 0; x < size.width; x++, to += 3) {
      const bright = luma[lightRow[x]];
      const u = uRow[x];
      const v = vRow[x];
      rgb[to] = bright + redOfV[v];
      rgb[to + 1] = bright + greenOfU[u] + greenOfV[v];
      rgb[to + 2] = bright + blueOfU[u];
    }
    into.set(rgb, at);
  };
}

/** Writes row `y` of a scaled plane: first between two rows, then between neighbours in the row. */
function plane(
  data: Uint8Array,
  width: number,
  height: number,
  size: Pick<Region, 'width' | 'height'>,
  { scaleX, scaleY, originX = 0, originY = 0 }: Scaling,
): (y: number, into: Uint8Array) => void {
  const across = cellsOf(size.width, width, scaleX, originX);
  const down = cellsOf(size.height, height, scaleY, originY);
  const between = new Float32Array(width + 1);
  const below = height > 1 ? width : 0;
  return (y, into) => {
    const start = down.first[y] * width;
    const weightBelow = down.weight[y];
    for (let x = 0; x < width; x++) {
      const upper = data[start + x];
      between[x] = upper + (data[start + below + x] - upper) * weightBelow;
    }
    between[width] = between[width - 1];
    for (let x = 0; x < into.length; x++) {
      const left = across.first[x];
      into[x] = between[left] + (between[left + 1] - between[left]) * across.weight[x] + 0.5;
    }
  };
}
