import { defineNode, pin, WeftError } from 'weft';
import { z } from 'zod';
import { anchorOf } from './shared/tracking/tracked.ts';

const polygonSchema = z.array(z.tuple([z.number(), z.number()])).min(3);
type Polygon = z.infer<typeof polygonSchema>;

export default defineNode({
  type: 'detect/zone',
  version: 1,
  title: 'Detections in a zone',
  summary: 'Keeps the detections that are in a part of the picture, and counts them.',
  keywords: ['region', 'polygon', 'area', 'inside', 'occupied', 'roi'],
  inputs: {
    detections: pin.detections({ description: 'The detections to choose from.' }),
    polygon: pin.json({
      default: [
        [0.25, 0.25],
        [0.75, 0.25],
        [0.75, 0.75],
        [0.25, 0.75],
      ],
      description: 'Corners of the zone, [x, y] each, as parts of the width and height.',
    }),
    anchor: pin.enum(['centre', 'bottom'], {
      default: 'bottom',
      description: 'The point of a box that has to be inside: its middle, or the middle of its lower edge.',
    }),
  },
  outputs: {
    inside: pin.detections({ description: 'Those in the zone.' }),
    outside: pin.detections({ description: 'The others.' }),
    count: pin.integer({ description: 'How many are in the zone.' }),
  },
  run({ detections, polygon, anchor }) {
    const { width, height } = detections.space;
    const corners = cornersOf(polygon).map(([x, y]): [number, number] => [x * width, y * height]);
    const inside: number[] = [];
    const outside: number[] = [];
    for (let i = 0; i < detections.count; i++) {
      (contains(corners, anchorOf(detections.boxes, i, anchor)) ? inside : outside).push(i);
    }
    return { inside: detections.pick(inside), outside: detections.pick(outside), count: inside.length };
  },
});

function cornersOf(value: unknown): Polygon {
  const polygon = polygonSchema.safeParse(value);
  if (polygon.success) return polygon.data;
  throw new WeftError('E_VALUE', 'The zone is no polygon: give at least three corners as [[x, y], …].', {
    pin: 'polygon',
  });
}

/** Even–odd rule: a line from the point to the right crosses the border an odd number of times. */
function contains(corners: Polygon, [x, y]: readonly [number, number]): boolean {
  let inside = false;
  corners.forEach(([x1, y1], i) => {
    const [x2, y2] = corners[(i + 1) % corners.length];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  });
  return inside;
}
