import type { Tensor } from 'weft';
import { bestClasses } from '../best-class.ts';
import { setCorners } from '../boxes.ts';
import {
  canBe,
  checkClassCount,
  type Family,
  floatsOf,
  type OutputForm,
  type Outputs,
  type Size,
  wrongForm,
} from '../family.ts';
import { cellCount, forEachCell } from '../grid.ts';

const STRIDES = [8, 16, 32];
/** Bins of a distribution stand for distances of 0 to 7 strides. */
const BINS = 8;
const SIDES = 4;

/**
 * NanoDet-m: for each of the strides 8, 16 and 32 scores of the classes, float [1, cells, classes], 0–1 already, and
 * distances from the centre of the cell to left, top, right and bottom, float [1, cells, 4 × 8]: logits of 8 bins, whose
 * mean, in strides, is the distance. The outputs are matched by their sizes, since their order and names differ.
 * Source: Li et al., Generalized Focal Loss (arXiv:2006.04388); nanodet/model/head/gfl_head.py and
 * config/legacy_v0.x_configs/nanodet-m-416.yml of RangiLyu/nanodet.
 */
export const nanodet: Family = {
  title: 'NanoDet',
  form: 'scores and distances for each of the strides 8, 16 and 32',
  preparation: {
    fit: 'centre',
    padding: 0,
    channels: 'bgr',
    scale: 1,
    mean: [103.53, 116.28, 123.675],
    std: [57.375, 57.12, 58.395],
  },
  recognises(form) {
    return (
      form.outputs.length === 2 * STRIDES.length &&
      STRIDES.every((stride) => pairAt(form.outputs, cellCount(form, [stride])) !== undefined)
    );
  },
  decode(outputs, input, classes, ctx) {
    const levels = STRIDES.map((stride) => levelAt(outputs, input, stride));
    const [{ scores: finest }] = levels;
    const classCount = finest.shape[2];
    if (levels.some(({ scores }) => scores.shape[2] !== classCount)) refuseForm(outputs);
    checkClassCount(finest, classCount, classes);

    const candidates = cellCount(input, STRIDES);
    const boxes = ctx.tensor('float32', [candidates, 4]).data;
    const scores = ctx.tensor('float32', [candidates]).data;
    const classIds = ctx.tensor('int32', [candidates]).data;
    let start = 0;
    for (const level of levels) {
      const cells = level.scores.shape[1];
      const layout = { start: 0, candidates: cells, classCount, stride: classCount, rows: 'candidates' } as const;
      const best = bestClasses(floatsOf(level.scores), layout, ctx);
      scores.set(best.scores, start);
      classIds.set(best.classIds, start);
      writeBoxes(floatsOf(level.distances), input, level.stride, boxes.subarray(start * 4));
      start += cells;
    }
    return { boxes, scores, classIds, classCount };
  },
};

/** What the model gives for the cells of one stride. */
interface Level {
  readonly stride: number;
  readonly scores: Tensor;
  readonly distances: Tensor;
}

function levelAt(outputs: Outputs, input: Size, stride: number): Level {
  const named = [...outputs].map(([name, tensor]) => ({ name, shape: tensor.shape, tensor }));
  const pair = pairAt(named, cellCount(input, [stride])) ?? refuseForm(outputs);
  return { stride, scores: pair[0].tensor, distances: pair[1].tensor };
}

function refuseForm(outputs: Outputs): never {
  return wrongForm(outputs, 'NanoDet-m', `[1, cells, classes] and [1, cells, ${SIDES * BINS}] for each stride`);
}

/** The two outputs of the feature map with this many cells. With 32 classes both look alike; scores come first. */
function pairAt<T extends OutputForm>(outputs: readonly T[], cells: number | undefined): [T, T] | undefined {
  if (cells === undefined) return undefined;
  const pair = outputs.filter((output) => output.shape?.[1] === cells && canBe(output.shape, [1, cells, null]));
  if (pair.length !== 2) return undefined;
  const [a, b] = pair;
  if (canBe(b.shape, [1, cells, SIDES * BINS])) return [a, b];
  return canBe(a.shape, [1, cells, SIDES * BINS]) ? [b, a] : undefined;
}

function writeBoxes(logits: Float32Array, input: Size, levelStride: number, boxes: Float32Array): void {
  forEachCell(input, [levelStride], (i, column, row, stride) => {
    const distance = (side: number) => meanBin(logits, (i * SIDES + side) * BINS) * stride;
    const x = (column + 0.5) * stride;
    const y = (row + 0.5) * stride;
    setCorners(boxes, i, x - distance(0), y - distance(1), x + distance(2), y + distance(3));
  });
}

/** The mean of the bin numbers 0–7, weighted by the softmax of their logits. */
function meanBin(logits: Float32Array, start: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let bin = 0; bin < BINS; bin++) largest = Math.max(largest, logits[start + bin]);
  let sum = 0;
  let weighted = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const weight = Math.exp(logits[start + bin] - largest);
    sum += weight;
    weighted += weight * bin;
  }
  return weighted / sum;
}
