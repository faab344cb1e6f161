import { median } from '../interleave.ts';
import type { CanvasPage } from './canvas-page.ts';

/** Times from frame to frame of both sides, ms, of equal number. */
export interface Frames {
  readonly weft: readonly number[];
  readonly plain: readonly number[];
}

interface Sides {
  readonly weft: CanvasPage;
  readonly plain: CanvasPage;
}

const MAX_ROUNDS = 24;
/** No round begins later. */
const MAX_SECONDS = 6;

/**
 * Does the same gesture on both sides by turns; the first round does not count.
 * @throws Error when they do not show the same part of the canvas: their times could not be compared
 */
export async function compareFrames(
  { weft, plain }: Sides,
  gesture: (page: CanvasPage) => Promise<number[]>,
): Promise<Frames> {
  await gesture(weft);
  await gesture(plain);
  const frames = { weft: [] as number[], plain: [] as number[] };
  const deadline = performance.now() + MAX_SECONDS * 1000;
  for (let round = 0; round < MAX_ROUNDS && (round === 0 || performance.now() < deadline); round++) {
    frames.weft.push(...(await gesture(weft)));
    frames.plain.push(...(await gesture(plain)));
  }
  await requireSameView(weft, plain);
  return frames;
}

async function requireSameView(weft: CanvasPage, plain: CanvasPage): Promise<void> {
  const views = await Promise.all(
    [weft, plain].map(async (page) => ({ ...(await page.area()), ...(await page.viewport()) })),
  );
  const [own, other] = views.map((view) => Object.entries(view));
  const differ = own.some(([, value], i) => Math.abs(value - other[i][1]) > 0.5);
  if (differ) throw new Error(`The two sides show different views: ${JSON.stringify(views)}`);
}

export interface FrameFigures {
  readonly weft_p50_ms: number;
  readonly weft_p95_ms: number;
  readonly plain_p50_ms: number;
  readonly plain_p95_ms: number;
  readonly ratio: number;
}

/** `ratio` is of the medians. */
export function figuresOf({ weft, plain }: Frames): FrameFigures {
  return {
    ratio: median(weft) / median(plain),
    weft_p50_ms: median(weft),
    weft_p95_ms: percentile(weft, 0.95),
    plain_p50_ms: median(plain),
    plain_p95_ms: percentile(plain, 0.95),
  };
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}
