import sharp from 'sharp';
import { type SceneObject, visiblePart } from '../nodes/detect/tracking/scene.ts';

export const WIDTH = 640;
export const HEIGHT = 480;
export const PICTURES = 120;

type Point = readonly [x: number, y: number];

interface Walker {
  readonly colour: string;
  /** Around the middle, the furthest corner at a distance of 1. */
  readonly outline: readonly Point[];
  readonly radius: number;
  readonly y: number;
  /** In the first picture, and what it grows by to the next one. */
  readonly x: number;
  readonly speed: number;
}

const CIRCLE = star(48);
const SQUARE = star(4);
const STAR = star(5, 0.45);
const HEXAGON = star(6);

/**
 * Shapes that walk along in rows; where two meet, the one that comes later in this list hides the other one altogether:
 * one of its own kind, of a kind much like it, and of one quite unlike it.
 */
const WALKERS: readonly Walker[] = [
  { colour: '#c0392b', outline: CIRCLE, radius: 42, y: 66, x: 580, speed: -4.3 },
  { colour: '#1f5fa8', outline: CIRCLE, radius: 46, y: 66, x: 60, speed: 4.3 },
  { colour: '#8e44ad', outline: STAR, radius: 44, y: 182, x: 585, speed: -3.7 },
  { colour: '#2e8b57', outline: SQUARE, radius: 56, y: 182, x: 70, speed: 4.1 },
  { colour: '#d35400', outline: HEXAGON, radius: 43, y: 300, x: 590, speed: -4.4 },
  { colour: '#16707a', outline: CIRCLE, radius: 48, y: 300, x: 64, speed: 3.9 },
  { colour: '#7a5c12', outline: STAR, radius: 46, y: 416, x: 90, speed: 3.6 },
];

/** What is where in each picture. */
export const PASSING: readonly (readonly SceneObject[])[] = Array.from({ length: PICTURES }, (_, k) => {
  const boxes = WALKERS.map((walker) => boxOf(cornersOf(walker, k)));
  return boxes.map((box, id) => ({ id, classId: 0, box, visible: visiblePart(box, boxes.slice(id + 1)) }));
});

/** How often shapes' middles get from the left of `x` to its right, and from its right to its left. */
export function crossingsOf(x: number): { readonly toTheRight: number; readonly toTheLeft: number } {
  const ways = WALKERS.map((walker) => {
    const [began, ended] = [walker.x, walker.x + walker.speed * (PICTURES - 1)];
    return Math.sign(ended - x) - Math.sign(began - x);
  });
  return { toTheRight: ways.filter((way) => way > 0).length, toTheLeft: ways.filter((way) => way < 0).length };
}

/** A picture of the scene, as a PNG file. */
export function render(picture: number): Promise<Buffer> {
  const shapes = WALKERS.map((walker) => {
    const points = cornersOf(walker, picture).map((corner) => corner.join());
    return `<polygon points="${points.join(' ')}" fill="${walker.colour}" stroke="#222" stroke-width="3"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="100%" height="100%" fill="#e9e4d8"/>${shapes.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

function cornersOf({ outline, radius, x, y, speed }: Walker, picture: number): Point[] {
  return outline.map(([dx, dy]) => [x + speed * picture + radius * dx, y + radius * dy]);
}

function boxOf(corners: readonly Point[]): SceneObject['box'] {
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** A regular star; without `inner`, the distance of its inner corners, a regular polygon. */
function star(points: number, inner = 1): Point[] {
  const count = inner === 1 ? points : 2 * points;
  return Array.from({ length: count }, (_, k) => {
    const angle = (2 * Math.PI * k) / count - Math.PI / 2;
    const distance = k % 2 === 1 ? inner : 1;
    return [distance * Math.cos(angle), distance * Math.sin(angle)];
  });
}
