import type { NumberSeries } from '../../shared/protocol/preview.ts';
import { formatSample } from './format-value.ts';
import type { Size } from './picture-frame.ts';

interface Point {
  readonly x: number;
  /** Null for a value that is not finite. */
  readonly y: number | null;
  readonly item: number;
  readonly value: number;
}

/** Numbers over items, placed in an area; everything in its pixels. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Of SVG. A number that is not finite leaves a gap. */
  readonly path: string;
  /** Numbers that stand alone, which no line leads to. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
  readonly firstItem: number;
  readonly lastItem: number;
  /** Of the finite numbers; null when there are none. */
  readonly least: number | null;
  readonly greatest: number | null;
  /** The point whose item is nearest to a place across. */
  nearest(x: number): Point | null;
}

export function plotOf({ items, values }: NumberSeries, { width, height }: Size): Plot {
  const finite = values.filter((value) => Number.isFinite(value));
  const least = finite.length === 0 ? null : finite.reduce((a, b) => Math.min(a, b));
  const greatest = finite.length === 0 ? null : finite.reduce((a, b) => Math.max(a, b));
  const ticks = ticksOf(least ?? 0, greatest ?? 1, Math.max(2, Math.floor(height / TICK_SPACE)));
  const left = 8 + DIGIT_WIDTH * Math.max(...ticks.map((tick) => formatSample(tick).length));
  const area = { left, right: Math.max(left + 1, width - 6), top: 8, bottom: Math.max(9, height - 18) };
  const [low, high] = [Math.min(ticks[0], least ?? 0), Math.max(ticks[ticks.length - 1], greatest ?? 1)];
  const firstItem = items[0] ?? 0;
  const lastItem = items[items.length - 1] ?? 0;
  const across = (item: number) =>
    area.left + ((item - firstItem) / Math.max(1, lastItem - firstItem)) * (area.right - area.left);
  // Halved, for the difference of the greatest numbers there are would be infinite.
  const down = (value: number) =>
    area.bottom - ((value / 2 - low / 2) / (high / 2 - low / 2)) * (area.bottom - area.top);
  const points = Array.from(items, (item, k): Point => {
    const value = values[k];
    return { x: across(item), y: Number.isFinite(value) ? down(value) : null, item, value };
  });
  return {
    ...area,
    ...linesOf(points),
    ticks: ticks.map((tick) => ({ y: down(tick), text: formatSample(tick) })),
    firstItem,
    lastItem,
    least,
    greatest,
    nearest: (x) =>
      points.reduce<Point | null>(
        (best, point) => (best === null || Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best),
        null,
      ),
  };
}

/** Between two ticks, and of one digit beside them, in pixels. */
const TICK_SPACE = 36;
const DIGIT_WIDTH = 6.5;

/** Round numbers (1, 2 or 5 times a power of ten apart) around a range; at least two. */
function ticksOf(least: number, greatest: number, most: number): number[] {
  const half = greatest / 2 - least / 2 || Math.abs(least) / 2 || 0.5;
  const rough = (half / most) * 2;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(least / step);
  const last = Math.max(first + 1, Math.ceil(greatest / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
  return ticks.filter(Number.isFinite);
}

function linesOf(points: readonly Point[]): Pick<Plot, 'path' | 'dots'> {
  const dots: { x: number; y: number }[] = [];
  let path = '';
  points.forEach(({ x, y }, k) => {
    if (y === null) return;
    const begins = (points[k - 1]?.y ?? null) === null;
    path += `${begins ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    if (begins && (points[k + 1]?.y ?? null) === null) dots.push({ x, y });
  });
  return { path, dots };
}
