import { Detections, ownSpace } from '../../../../src/shared/node-api/detections.ts';

export interface SceneObject {
  readonly id: number;
  readonly classId: number;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
  /** The part of it that nothing hides, 0–1. */
  readonly visible: number;
}

const WIDTH = 640;
const HEIGHT = 480;

/**
 * A scene of objects that walk about and hide one another, drawn picture by picture; those with a higher id are nearer.
 * Each bounces off the edges, so that all stay in view.
 */
export function sceneOf(seed: number, objects: number, pictures: number): SceneObject[][] {
  const random = randomOf(seed);
  const walkers = Array.from({ length: objects }, (_, id) => {
    const [width, height] = [40 + 40 * random(), 60 + 60 * random()];
    return {
      id,
      classId: id % 2,
      width,
      height,
      x: width / 2 + random() * (WIDTH - width),
      y: height / 2 + random() * (HEIGHT - height),
      vx: (random() - 0.5) * 12,
      vy: (random() - 0.5) * 4,
    };
  });
  return Array.from({ length: pictures }, () => {
    for (const walker of walkers) {
      walker.x += walker.vx;
      walker.y += walker.vy;
      if (walker.x < walker.width / 2 || walker.x > WIDTH - walker.width / 2) walker.vx *= -1;
      if (walker.y < walker.height / 2 || walker.y > HEIGHT - walker.height / 2) walker.vy *= -1;
    }
    const boxes = walkers.map(({ x, y, width, height }): SceneObject['box'] => [
      x - width / 2,
      y - height / 2,
      x + width / 2,
      y + height / 2,
    ]);
    return walkers.map(({ id, classId }) => ({
      id,
      classId,
      box: boxes[id],
      visible: visiblePart(boxes[id], boxes.slice(id + 1)),
    }));
  });
}

/** What a detector makes of a picture of the scene: noise, low scores and cut boxes where objects are hidden, and flickers. */
export function detect(picture: readonly SceneObject[], seed: number): Detections {
  const random = randomOf(seed);
  const noise = () => (random() - 0.5) * 4;
  const found = picture
    .filter(({ visible }) => visible > 0.3)
    .map(({ box, classId, visible }) => ({
      box: box.map((edge) => edge + noise()),
      classId,
      score: Math.min(1, 0.15 + 0.75 * visible + 0.1 * random()),
    }));
  if (random() < 0.2) {
    const [x, y] = [random() * (WIDTH - 50), random() * (HEIGHT - 50)];
    found.push({ box: [x, y, x + 50, y + 50], classId: 0, score: 0.2 + 0.5 * random() });
  }
  return new Detections(
    Float32Array.from(found.flatMap(({ box }) => box)),
    Float32Array.from(found, ({ score }) => score),
    Int32Array.from(found, ({ classId }) => classId),
    ['person', 'dog'],
    ownSpace(WIDTH, HEIGHT),
  );
}

/** Over a grid of points of the box. */
export function visiblePart(box: SceneObject['box'], nearer: readonly SceneObject['box'][]): number {
  const STEPS = 12;
  let visible = 0;
  for (let i = 0; i < STEPS * STEPS; i++) {
    const x = box[0] + ((box[2] - box[0]) * ((i % STEPS) + 0.5)) / STEPS;
    const y = box[1] + ((box[3] - box[1]) * (Math.floor(i / STEPS) + 0.5)) / STEPS;
    if (!nearer.some(([left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom)) visible++;
  }
  return visible / (STEPS * STEPS);
}

/** mulberry32 */
function randomOf(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
