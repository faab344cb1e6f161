/** What a field for numbers allows. */
export interface NumberRange {
  readonly whole: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
}

/** How fast a number follows the pointer: as it is, ten times finer, ten times coarser. */
export type Pace = 'normal' | 'fine' | 'coarse';

export type ParsedNumber =
  | { readonly ok: true; readonly value: number }
  /** `reason` is one sentence. */
  | { readonly ok: false; readonly reason: string };

const NOT_A_NUMBER = 'Write a number or a short sum, such as 0.25 or 640/2.';

/**
 * Reads what a person typed: a number with a point or a comma, or a sum with `+ - * / ( )`, as 3D editors do.
 * Spaces and a unit behind the number are let pass.
 */
export function parseNumber(text: string, unit?: string): ParsedNumber {
  const bare = unit !== undefined && text.trimEnd().endsWith(unit) ? text.trimEnd().slice(0, -unit.length) : text;
  const value = new Sum(bare.replaceAll(/(\d),(\d)/g, '$1.$2')).read();
  if (value === null) return { ok: false, reason: NOT_A_NUMBER };
  if (!Number.isFinite(value))
    return { ok: false, reason: 'The sum has no finite result: divide by something else than 0.' };
  return { ok: true, value };
}

/** The number as a field shows it: no more digits than tell it apart, `0.3` rather than `0.30000000000000004`. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(7)));
}

/** The value `steps` steps from `value`, on the grid of the step and inside the range. */
export function stepNumber(value: number, steps: number, range: NumberRange): number {
  return settle(value + steps * stepOf(value, range), range, stepOf(value, range));
}

/**
 * The value after the pointer was dragged `pixels` to the right since it was `start`. A range is crossed in
 * `RANGE_PIXELS`; without one each few pixels are a step.
 */
export function scrubNumber(start: number, pixels: number, pace: Pace, range: NumberRange): number {
  const step = stepOf(start, range);
  const { min, max } = range;
  const perPixel =
    min !== undefined && max !== undefined ? Math.min((max - min) / RANGE_PIXELS, step * 10) : step / PIXELS_A_STEP;
  const grid = pace === 'fine' && !range.whole ? step / 10 : step;
  return settle(start + pixels * perPixel * PACES[pace], range, grid);
}

/** Where a value lies in its range, 0–1; null without a range on both sides. */
export function fractionOf(value: number, { min, max }: NumberRange): number | null {
  if (min === undefined || max === undefined || max <= min) return null;
  return Math.min(1, Math.max(0, (value - min) / (max - min)));
}

/** The distance that one press of an arrow key goes. */
function stepOf(value: number, { whole, min, max, step }: NumberRange): number {
  if (step !== undefined) return step;
  if (whole) return 1;
  if (min !== undefined && max !== undefined) return 10 ** Math.floor(Math.log10((max - min) / 50));
  return 10 ** (Math.floor(Math.log10(Math.abs(value) || 1)) - 1);
}

const RANGE_PIXELS = 200;
const PIXELS_A_STEP = 4;
const PACES: Readonly<Record<Pace, number>> = { normal: 1, fine: 0.1, coarse: 10 };

function settle(value: number, { whole, min = -Infinity, max = Infinity }: NumberRange, grid: number): number {
  const onGrid = Math.round(value / grid) * grid;
  const whole_ = whole ? Math.round(onGrid) : Number(onGrid.toPrecision(12));
  return Math.min(max, Math.max(min, whole_));
}

/** Reads sums by precedence climbing; null from `read` when the text is none. */
class Sum {
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(text: string) {
    const tokens = text.match(/\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|\S/gi);
    this.#tokens = tokens ?? [];
  }

  read(): number | null {
    const value = this.#terms();
    return this.#next === this.#tokens.length ? value : null;
  }

  #terms(): number | null {
    let value = this.#factors();
    while (value !== null && (this.#is('+') || this.#is('-'))) {
      const sign = this.#tokens[this.#next++] === '+' ? 1 : -1;
      const other = this.#factors();
      value = other === null ? null : value + sign * other;
    }
    return value;
  }

  #factors(): number | null {
    let value = this.#atom();
    while (value !== null && (this.#is('*') || this.#is('/'))) {
      const times = this.#tokens[this.#next++] === '*';
      const other = this.#atom();
      value = other === null ? null : times ? value * other : value / other;
    }
    return value;
  }

  #atom(): number | null {
    const token = this.#tokens[this.#next++];
    if (token === undefined) return null;
    if (token === '-' || token === '+') {
      const value = this.#atom();
      return value === null ? null : token === '-' ? -value : value;
    }
    if (token === '(') {
      const value = this.#terms();
      return this.#is(')') && this.#next++ >= 0 ? value : null;
    }
    return /^[\d.]/.test(token) && token !== '.' ? Number(token) : null;
  }

  #is(token: string): boolean {
    return this.#tokens[this.#next] === token;
  }
}
