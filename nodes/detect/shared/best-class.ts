import type { NodeContext } from 'weft';
import { type BestClasses, BestClassKernel, type Scores } from './best-class-kernel.ts';

/** Where the scores of candidates lie among the elements of an output. */
export interface ScoreLayout extends Scores {
  readonly candidates: number;
  /** What follows what in memory, with the next class or the next candidate right beside. */
  readonly rows: 'classes' | 'candidates';
}

/** The last kernel: those of a stream are all alike. */
let kernel: BestClassKernel | null = null;

/** The best class of each candidate, and its score. */
export function bestClasses(values: Float32Array, layout: ScoreLayout, ctx: NodeContext): BestClasses {
  const { candidates, classCount, rows } = layout;
  const best = {
    scores: ctx.tensor('float32', [candidates]).data,
    classIds: ctx.tensor('int32', [candidates]).data,
  };
  const rowBytes = classCount * 4;
  if (kernel?.takes(rowBytes) !== true) kernel = new BestClassKernel(rowBytes);
  if (rows === 'classes') kernel.ofClasses(values, layout, best);
  else kernel.ofCandidates(values, layout, best);
  return best;
}

/** The same for rows of four numbers of a box, objectness, and scores of the classes, which it multiplies. */
export function bestClassesOfObjects(
  values: Float32Array,
  candidates: number,
  features: number,
  ctx: NodeContext,
): BestClasses {
  const layout = { start: 5, candidates, classCount: features - 5, stride: features, rows: 'candidates' } as const;
  const { scores, classIds } = bestClasses(values, layout, ctx);
  for (let i = 0, at = 4; i < candidates; i++, at += features) scores[i] *= values[at];
  return { scores, classIds };
}

/** Scores of logits; a score of 0.5 stands at 0. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
