import type { Measurement } from './interleave.ts';

/** Figures of one comparison, by name; the unit is the end of the name. */
export type Case = Readonly<Record<string, number | string>>;

export interface SuiteResult {
  readonly suite: string;
  readonly cases: Readonly<Record<string, Case>>;
}

/**
 * Medians of all sides, and the ratio of the first, which is Weft's, to each other one: below 1 Weft is the faster. The
 * second side's is called `ratio`, the others' `ratio_` with the name of the side.
 */
export function caseOf<Name extends string>(
  { rounds, timings }: Measurement<Name>,
  unit: 'ms' | 'us',
  extra: Case = {},
): Case {
  const [own, ...others] = Object.keys(timings) as Name[];
  const figures: Record<string, number | string> = {};
  for (const name of [own, ...others]) figures[`${name}_${unit}`] = rounded(timings[name].median);
  others.forEach((name, i) => {
    figures[i === 0 ? 'ratio' : `ratio_${name}`] = rounded(timings[own].median / timings[name].median);
  });
  for (const name of [own, ...others]) {
    figures[`${name}_min_${unit}`] = rounded(timings[name].min);
    figures[`${name}_max_${unit}`] = rounded(timings[name].max);
  }
  return { ...figures, ...extra, rounds };
}

/** Four significant digits: more would be noise. */
export function rounded(figure: number): number {
  return Number(figure.toPrecision(4));
}

/** A table for people, one row per figure. */
export function tableOf({ suite, cases }: SuiteResult): string {
  const rows = Object.entries(cases).flatMap(([name, figures]) => [
    `${suite} ${name}`,
    ...Object.entries(figures).map(([figure, value]) => `  ${figure.padEnd(24)}${String(value).padStart(12)}`),
  ]);
  return rows.join('\n');
}
