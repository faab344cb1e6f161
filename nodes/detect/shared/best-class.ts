import type { NodeContext } from 'weft';

/** Where the scores of candidates lie among the elements of an output. */
export interface ScoreLayout {
  /** Index of the first class of the first candidate. */
  readonly start: number;
  readonly candidates: number;
  readonly classCount: number;
  /** Elements from one candidate to the next. */
  readonly candidateStride: number;
  /** Elements from one class of a candidate to its next. */
  readonly classStride: number;
}

/** Below every score, so that one comparison finds the best; a comparison with NaN never holds. */
const NONE = Number.NEGATIVE_INFINITY;

export interface BestClasses {
  /** NaN for a candidate without a number; a class of NaN never wins. */
  readonly scores: Float32Array;
  readonly classIds: Int32Array;
}

/** The best class of each candidate, and its score. */
export function bestClasses(values: Float32Array, layout: ScoreLayout, ctx: NodeContext): BestClasses {
  const scores = ctx.tensor('float32', [layout.candidates]).data.fill(NONE);
  const classIds = ctx.tensor('int32', [layout.candidates]).data.fill(0);
  // In the order of memory, which is several times as fast as across it.
  if (layout.classStride > layout.candidateStride) compareByClass(values, layout, scores, classIds);
  else compareByCandidate(values, layout, scores, classIds);
  for (let i = 0; i < scores.length; i++) if (scores[i] === NONE) scores[i] = Number.NaN;
  return { scores, classIds };
}

/** The same for rows of four numbers of a box, objectness, and scores of the classes, which it multiplies. */
export function bestClassesOfObjects(
  values: Float32Array,
  candidates: number,
  features: number,
  ctx: NodeContext,
): BestClasses {
  const layout = { start: 5, candidates, classCount: features - 5, candidateStride: features, classStride: 1 };
  const { scores, classIds } = bestClasses(values, layout, ctx);
  for (let i = 0, at = 4; i < candidates; i++, at += features) scores[i] *= values[at];
  return { scores, classIds };
}

function compareByClass(values: Float32Array, layout: ScoreLayout, scores: Float32Array, classIds: Int32Array): void {
  const { start, candidates, classCount, candidateStride, classStride } = layout;
  for (let id = 0; id < classCount; id++) {
    for (let i = 0, at = start + id * classStride; i < candidates; i++, at += candidateStride) {
      const score = values[at];
      if (score > scores[i]) {
        scores[i] = score;
        classIds[i] = id;
      }
    }
  }
}

function compareByCandidate(
  values: Float32Array,
  layout: ScoreLayout,
  scores: Float32Array,
  classIds: Int32Array,
): void {
  const { start, candidates, classCount, candidateStride, classStride } = layout;
  for (let i = 0; i < candidates; i++) {
    let best = NONE;
    for (let id = 0, at = start + i * candidateStride; id < classCount; id++, at += classStride) {
      if (values[at] > best) {
        best = values[at];
        classIds[i] = id;
      }
    }
    scores[i] = best;
  }
}

/** Scores of logits; a score of 0.5 stands at 0. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
