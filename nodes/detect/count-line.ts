import { defineNode, pin } from 'weft';
import { anchorOf, tracksOf } from './shared/tracking/tracked.ts';

const fraction = { min: 0, max: 1, step: 0.01, widget: 'slider', perItem: true } as const;

export default defineNode({
  type: 'detect/count-line',
  version: 1,
  title: 'Count across a line',
  summary: 'Counts the objects that cross a line, each way.',
  keywords: ['counter', 'crossing', 'traffic', 'people', 'tripwire'],
  inputs: {
    detections: pin.detections({ description: 'Objects with numbers, from detect/track.' }),
    fromX: pin.number({ ...fraction, default: 0, description: 'Start of the line, as a part of the width.' }),
    fromY: pin.number({ ...fraction, default: 0.5, description: 'Start of the line, as a part of the height.' }),
    toX: pin.number({ ...fraction, default: 1, description: 'End of the line, as a part of the width.' }),
    toY: pin.number({ ...fraction, default: 0.5, description: 'End of the line, as a part of the height.' }),
    anchor: pin.enum(['centre', 'bottom'], {
      default: 'centre',
      perItem: true,
      description: 'The point of a box that crosses: its middle, or the middle of its lower edge.',
    }),
  },
  outputs: {
    crossing: pin.detections({ description: 'The objects that cross in this picture.' }),
    forward: pin.integer({
      description: 'Crossings so far from the left to the right of someone who goes along the line: down, by default.',
    }),
    backward: pin.integer({ description: 'Crossings so far the other way.' }),
    perLabel: pin.json({ description: 'The same by label: {person: {forward, backward}}.' }),
  },
  open() {
    const lastSeen = new Map<number, readonly [number, number]>();
    const perLabel = new Map<string, { forward: number; backward: number }>();
    let [forward, backward] = [0, 0];
    return {
      process({ detections, fromX, fromY, toX, toY, anchor }) {
        const tracks = tracksOf(detections, 'Count across a line');
        const { width, height } = detections.space;
        const line: Line = [fromX * width, fromY * height, toX * width, toY * height];
        const crossing: number[] = [];
        tracks.forEach((track, i) => {
          const now = anchorOf(detections.boxes, i, anchor);
          const before = lastSeen.get(track);
          lastSeen.set(track, now);
          const way = before === undefined ? 0 : crossed(before, now, line);
          if (way === 0) return;
          crossing.push(i);
          const label = detections.labelOf(i);
          const counts = perLabel.get(label) ?? { forward: 0, backward: 0 };
          perLabel.set(label, counts);
          if (way > 0) {
            forward++;
            counts.forward++;
          } else {
            backward++;
            counts.backward++;
          }
        });
        const byLabel = Object.fromEntries([...perLabel].map(([label, counts]) => [label, { ...counts }]));
        return { crossing: detections.pick(crossing), forward, backward, perLabel: byLabel };
      },
    };
  },
});

type Line = readonly [fromX: number, fromY: number, toX: number, toY: number];
type Point = readonly [x: number, y: number];

/**
 * 1 for a step from the line's left to its right, -1 for the other way, 0 for none. A point on the line counts as right
 * of it, so that stopping on the line and going on is one crossing.
 */
function crossed(before: Point, now: Point, line: Line): number {
  const wasRight = side(line, before) >= 0;
  const isRight = side(line, now) >= 0;
  if (wasRight === isRight) return 0;
  // The step meets the line's ends from both sides, or it passes beside the line.
  const step: Line = [...before, ...now];
  if (side(step, [line[0], line[1]]) * side(step, [line[2], line[3]]) > 0) return 0;
  return isRight ? 1 : -1;
}

/** Above 0 to the right of the line, with y down. */
function side([fromX, fromY, toX, toY]: Line, [x, y]: Point): number {
  return (toX - fromX) * (y - fromY) - (toY - fromY) * (x - fromX);
}
