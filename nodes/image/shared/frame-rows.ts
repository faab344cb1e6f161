import { type Frame, type Image, yuvTables } from 'weft';
import { cellsOf } from './bilinear.ts';
import type { Region, RowWriter, Scaling } from './placement.ts';

/** Fills a region of an RGB picture with a frame, scaled. */
export function resampleFrame(frame: Frame, target: Image, region: Region, scaling: Scaling): void {
  const writeRow = frameRows(frame, region, scaling);
  for (let y = 0; y < region.height; y++) {
    writeRow(y, target.data, ((region.top + y) * target.width + region.left) * target.channels);
  }
}

/**
 * The rows of a frame in RGB, scaled straight from its planes: light with the bilinear kernel, colour from the sample
 * that the pixel lies on, which is as fine as a frame has it. Only the pixels of the result are converted.
 */
export function frameRows(frame: Frame, size: Pick<Region, 'width' | 'height'>, scaling: Scaling): RowWriter {
  const { width, height, data, colour } = frame;
  const { luma, redOfV, greenOfU, greenOfV, blueOfU } = yuvTables(colour);
  const across = cellsOf(size.width, width, scaling.scaleX, scaling.originX ?? 0);
  const down = cellsOf(size.height, height, scaling.scaleY, scaling.originY ?? 0);
  const { first: lefts, weight: weights } = across;
  const right = width > 1 ? 1 : 0;
  const below = height > 1 ? width : 0;
  const chromaWidth = Math.ceil(width / 2);
  const chromaBytes = chromaWidth * Math.ceil(height / 2);
  const columns = Int32Array.from(lefts, (left, x) => Math.round(left + weights[x]) >> 1);

  const rgb = new Uint8ClampedArray(size.width * 3);
  return (y, into, at) => {
    const start = down.first[y] * width;
    const weightBelow = down.weight[y];
    const chromaRow = width * height + (Math.round(down.first[y] + weightBelow) >> 1) * chromaWidth;
    for (let x = 0, to = 0; x < size.width; x++, to += 3) {
      const from = start + lefts[x];
      const weight = weights[x];
      const upper = data[from] + (data[from + right] - data[from]) * weight;
      const lower = data[from + below] + (data[from + below + right] - data[from + below]) * weight;
      const light = luma[(upper + (lower - upper) * weightBelow + 0.5) | 0];
      const u = data[chromaRow + columns[x]];
      const v = data[chromaRow + chromaBytes + columns[x]];
      rgb[to] = light + redOfV[v];
      rgb[to + 1] = light + greenOfU[u] + greenOfV[v];
      rgb[to + 2] = light + blueOfU[u];
    }
    into.set(rgb, at);
  };
}
