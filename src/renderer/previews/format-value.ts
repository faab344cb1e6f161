import type { PinView, Preview, Statistics } from '../../shared/protocol/preview.ts';

/** One line of what is known of a value. */
export interface Fact {
  readonly name: string;
  readonly text: string;
  /** It needs a line of its own. */
  readonly isLong?: true;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `512 B`, `12.8 MB`: in powers of 1000, as disks and networks count. */
export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(bytes || 1) / 3)));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}

/** A number in about five digits, so that columns of them stay narrow. */
export function formatSample(value: number | string): string {
  if (typeof value === 'string' || Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  return String(Number(value.toPrecision(5)));
}

/** What stands in the header of a look at a pin: its type as people read it. */
export function typeOf(view: PinView): string | null {
  if (view.state === 'value') return view.preview.type;
  return 'last' in view ? view.last.type : null;
}

/** The facts of a value beside its type, in the order in which people look for them. */
export function factsOf({ bytes, item, content }: Preview): Fact[] {
  const facts: Fact[] = [];
  if (content.kind === 'tensor') facts.push({ name: 'dtype', text: content.dtype });
  if (content.kind === 'picture') facts.push({ name: 'depth', text: `${content.depth} × ${content.channels}` });
  if ('total' in content) facts.push({ name: 'count', text: String(content.total) });
  facts.push({ name: 'size', text: formatBytes(bytes) });
  if (content.kind === 'tensor') facts.push({ name: 'shape', text: `[${content.shape.join(', ')}]`, isLong: true });
  if (item !== null) facts.push({ name: 'item', text: String(item) });
  if ('statistics' in content && content.statistics !== null) facts.push(...statisticFacts(content.statistics));
  return facts;
}

function statisticFacts({ range, nan, inf, exact }: Statistics): Fact[] {
  const about = exact ? '' : '≈ ';
  const facts: Fact[] = [];
  if (range !== null) {
    for (const name of ['min', 'max', 'mean'] as const) {
      facts.push({ name, text: about + formatSample(range[name]) });
    }
  }
  // Always told: that there are none is what one looks for.
  facts.push({ name: 'NaN, Inf', text: `${about}${nan}, ${about}${inf}` });
  return facts;
}
