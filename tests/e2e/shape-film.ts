import { renderFilm } from './camera-film.ts';

/** What the camera of a test sees: a circle and a star that walk from side to side, each picture with its number. */
export const WIDTH = 640;
export const HEIGHT = 480;
export const PICTURES = 64;

/** Steps from one side to the other. */
const STEPS = 12;
const [LEFT, RIGHT] = [90, 550];

/** Each step is almost a third of a shape's width. */
const CIRCLE = { radius: 60, y: 130, begins: 0 };
const STAR = { radius: 66, y: 320, begins: 7 };

/** BT.601, 16–235: light grey, dark blue, dark red. */
const BACKGROUND = [190, 128, 128] as const;
const CIRCLE_COLOUR = [70, 160, 115] as const;
const STAR_COLOUR = [70, 115, 175] as const;

/** The number of a picture as black and white cells side by side at its lower edge, the highest bit first. In pixels. */
export const CODE = { bits: 6, left: 24, top: 452, width: 40, height: 16 };

/** Writes it for the fake camera of a browser. */
export function renderShapeFilm(path: string, fps: number): void {
  renderFilm(path, { width: WIDTH, height: HEIGHT, fps, frames: PICTURES }, (planes, index) => {
    fill(planes, { x: 0, y: 0, width: WIDTH, height: HEIGHT }, BACKGROUND, () => true);
    const circle = middleOf(CIRCLE, index);
    const isInCircle = (x: number, y: number) => (x - circle.x) ** 2 + (y - circle.y) ** 2 < CIRCLE.radius ** 2;
    fill(planes, around(circle, CIRCLE.radius), CIRCLE_COLOUR, isInCircle);
    const star = middleOf(STAR, index);
    const corners = starAround(star, STAR.radius);
    fill(planes, around(star, STAR.radius), STAR_COLOUR, (x, y) => isInside(corners, x, y));
    for (let bit = 0; bit < CODE.bits; bit++) {
      const isSet = (index >> (CODE.bits - 1 - bit)) & 1;
      const cell = { x: CODE.left + bit * CODE.width, y: CODE.top, width: CODE.width, height: CODE.height };
      fill(planes, cell, [isSet === 1 ? 235 : 16, 128, 128], () => true);
    }
  });
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Point = readonly [x: number, y: number];

function middleOf({ y, begins }: { y: number; begins: number }, index: number): { x: number; y: number } {
  const step = (index + begins) % (2 * STEPS);
  const along = step < STEPS ? step : 2 * STEPS - step;
  return { x: LEFT + ((RIGHT - LEFT) * along) / STEPS, y };
}

function around({ x, y }: { x: number; y: number }, radius: number): Box {
  return { x: Math.floor(x - radius), y: Math.floor(y - radius), width: 2 * radius + 2, height: 2 * radius + 2 };
}

function starAround({ x, y }: { x: number; y: number }, radius: number): Point[] {
  return Array.from({ length: 10 }, (_, k) => {
    const distance = k % 2 === 0 ? radius : radius * 0.42;
    const angle = (Math.PI * k) / 5 - Math.PI / 2;
    return [x + distance * Math.cos(angle), y + distance * Math.sin(angle)];
  });
}

function isInside(corners: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  for (const [k, [x1, y1]] of corners.entries()) {
    const [x2, y2] = corners[(k + 1) % corners.length];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

/** Fills what is inside, in the planes Y, U and V. */
function fill(
  planes: Uint8Array,
  { x: left, y: top, width, height }: Box,
  [luma, u, v]: readonly [number, number, number],
  isIn: (x: number, y: number) => boolean,
): void {
  const chroma = WIDTH * HEIGHT;
  for (let y = Math.max(0, top); y < Math.min(HEIGHT, top + height); y++) {
    for (let x = Math.max(0, left); x < Math.min(WIDTH, left + width); x++) {
      if (!isIn(x, y)) continue;
      planes[y * WIDTH + x] = luma;
      const small = (y >> 1) * (WIDTH / 2) + (x >> 1);
      planes[chroma + small] = u;
      planes[chroma + chroma / 4 + small] = v;
    }
  }
}
