/** A stroke of a glyph: a line through these points, x and y by turns, in units of the font. */
type Stroke = readonly number[];

/** A glyph at a size: how much of each pixel the strokes cover, 0–1, row by row. */
export interface Glyph {
  readonly width: number;
  readonly coverage: Float32Array;
  /** Pixels to the next glyph. */
  readonly advance: number;
}

/** In units of the font: the height of capitals, of the part below the line, and the space between glyphs. */
export const CAPITAL = 6;
export const DESCENDER = 2;
const GAP = 1.75;
/** Room for the ends of strokes on every side of a glyph, which are round and one unit wide. */
const MARGIN = 1;

/** Weft's own font for labels in pictures: the same on every machine, sharp at every size, ASCII only. */
export class StrokeFont {
  /** Pixels to a unit; a whole number, so that upright strokes fall on whole pixels. */
  readonly unit: number;
  /** Of every glyph, in pixels. */
  readonly height: number;
  /** Where in a glyph's rows and columns its top left corner lies. */
  readonly margin: number;
  readonly #glyphs = new Map<string, Glyph>();

  constructor(unit: number) {
    this.unit = unit;
    this.margin = MARGIN * unit;
    this.height = (CAPITAL + DESCENDER + 2 * MARGIN) * unit;
  }

  /** The glyphs of a text; letters lose their accents, and what the font lacks becomes a box. */
  glyphs(text: string): Glyph[] {
    return [...text.normalize('NFD').replace(/\p{M}/gu, '')].map((character) => {
      let glyph = this.#glyphs.get(character);
      if (glyph === undefined) {
        glyph = this.#draw(STROKES[character] ?? MISSING);
        this.#glyphs.set(character, glyph);
      }
      return glyph;
    });
  }

  #draw(encoded: string): Glyph {
    const strokes = encoded === '' ? [] : encoded.split(' ').map(decode);
    const right = Math.max(0, ...strokes.flatMap((stroke) => stroke.filter((_, i) => i % 2 === 0)));
    const width = (right + 2 * MARGIN) * this.unit;
    const coverage = new Float32Array(width * this.height);
    for (const stroke of strokes) this.#cover(stroke, coverage, width);
    return { width, coverage, advance: Math.round((encoded === '' ? 2 : right + GAP) * this.unit) };
  }

  #cover(stroke: Stroke, coverage: Float32Array, width: number): void {
    const radius = this.unit / 2;
    const pixels = stroke.map((value) => (value + MARGIN) * this.unit);
    // A stroke of one point is a dot.
    for (let i = 0; i === 0 || i + 3 < pixels.length; i += 2) {
      const [x0, y0, x1 = x0, y1 = y0] = pixels.slice(i, i + 4);
      const left = Math.floor(Math.min(x0, x1) - radius);
      const end = Math.min(width - 1, Math.ceil(Math.max(x0, x1) + radius));
      const bottom = Math.min(this.height - 1, Math.ceil(Math.max(y0, y1) + radius));
      for (let y = Math.floor(Math.min(y0, y1) - radius); y <= bottom; y++) {
        for (let x = left; x <= end; x++) {
          const covered = Math.min(Math.max(radius + 0.5 - distance(x, y, x0, y0, x1, y1), 0), 1);
          const at = y * width + x;
          if (covered > coverage[at]) coverage[at] = covered;
        }
      }
    }
  }
}

/** From a point to the nearest point of a line. */
function distance(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const along = Math.min(Math.max(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1), 0), 1);
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}

/** `0040`: from (0, 0) to (4, 0). `~004046`: the quadratic B-spline that these points control. */
function decode(encoded: string): Stroke {
  const curved = encoded.startsWith('~');
  const points = [...encoded.slice(curved ? 1 : 0)].map(Number);
  return curved ? flatten(points) : points;
}

function flatten(points: readonly number[]): Stroke {
  const STEPS = 8;
  const line = points.slice(0, 2);
  const last = points.length - 2;
  for (let i = 2; i < last; i += 2) {
    const [startX, startY] = line.slice(-2);
    const [controlX, controlY, nextX, nextY] = points.slice(i, i + 4);
    const ends = i + 2 === last;
    const endX = ends ? nextX : (controlX + nextX) / 2;
    const endY = ends ? nextY : (controlY + nextY) / 2;
    for (let step = 1; step <= STEPS; step++) {
      const t = step / STEPS;
      line.push((1 - t) ** 2 * startX + 2 * t * (1 - t) * controlX + t * t * endX);
      line.push((1 - t) ** 2 * startY + 2 * t * (1 - t) * controlY + t * t * endY);
    }
  }
  return line;
}

const MISSING = '0040460600';

/** x from 0 at the left; y 0 at the top of capitals, 2 of small letters, 6 on the line, 8 at the bottom of g. */
const STROKES: Readonly<Record<string, string>> = {
  ' ': '',
  '!': '0004 06',
  '"': '0002 2022',
  '#': '1016 3036 0242 0444',
  $: '~4140000343460605 2026',
  '%': '4006 ~100002222010 ~342426464434',
  '&': '~461210303204063643',
  "'": '0002',
  '(': '~20020426',
  ')': '~00222406',
  '*': '2125 0244 4204',
  '+': '2125 0343',
  ',': '1607',
  '-': '0333',
  '.': '06',
  '/': '3006',
  0: '~200006464020',
  1: '012026',
  2: '~0100404306 0646',
  3: '~0100404313 ~1343460605',
  4: '36300444',
  5: '400003 ~030242460605',
  6: '~300004 ~220206464222',
  7: '004016',
  8: '~200003434020 ~230306464323',
  9: '~240400404424 ~424616',
  ':': '03 06',
  ';': '13 1607',
  '<': '410345',
  '=': '0242 0444',
  '>': '014305',
  '?': '~010040432324 26',
  '@': '~4546060040443432 ~32121434',
  A: '062046 1434',
  B: '0006 ~00404303 ~03434606',
  C: '~414000064645',
  D: '0006 ~00404606',
  E: '40000646 0333',
  F: '400006 0333',
  G: '~414000064643 4323',
  H: '0006 4046 0343',
  I: '0006',
  J: '3034 ~34360605',
  K: '0006 4004 1346',
  L: '000646',
  M: '0600244046',
  N: '06004640',
  O: '~200006464020',
  P: '0006 ~00404303',
  Q: '~200006464020 2446',
  R: '0006 ~00404303 2346',
  S: '~4140000343460605',
  T: '0040 2026',
  U: '0003 ~03064643 4340',
  V: '002640',
  W: '0016315660',
  X: '0046 4006',
  Y: '002340 2326',
  Z: '00400646',
  '[': '10000616',
  '\\': '0036',
  ']': '00101606',
  '^': '022042',
  _: '0747',
  '`': '0011',
  a: '~220206464222 4246',
  b: '0006 ~220206464222',
  c: '~434202064645',
  d: '4046 ~220206464222',
  e: '0444 ~444202064645',
  f: '~301012 1216 0232',
  g: '~220206464222 4246 ~46480807',
  h: '0006 ~04024244 4446',
  i: '0206 00',
  j: '1216 ~161808 10',
  k: '0006 3205 1436',
  l: '0005 ~050616',
  m: '0206 ~04023234 3436 ~34326264 6466',
  n: '0206 ~04024244 4446',
  o: '~220206464222',
  p: '0208 ~220206464222',
  q: '4248 ~220206464222',
  r: '0206 ~040232',
  s: '~3332020434360605',
  t: '1015 ~151636 0232',
  u: '0204 ~04064644 4246',
  v: '022642',
  w: '0216325662',
  x: '0236 3206',
  y: '0226 4218',
  z: '02320636',
  '{': '~20101303 ~03131626',
  '|': '0007',
  '}': '~00101323 ~23131606',
  '~': '~04024442',
};
