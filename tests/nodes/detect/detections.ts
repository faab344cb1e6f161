import { Detections, ownSpace, type Space } from '../../../src/shared/node-api/detections.ts';

export interface Found {
  /** Left, top, right, bottom. */
  readonly box: readonly [number, number, number, number];
  readonly score: number;
  readonly classId?: number;
}

export const LABELS = ['person', 'bus', 'knife'];

/** Detections written out one by one; class 0 and a 640×480 original where nothing else is said. */
export function detectionsOf(found: readonly Found[], space: Space = ownSpace(640, 480), labels = LABELS): Detections {
  return new Detections(
    Float32Array.from(found.flatMap(({ box }) => box)),
    Float32Array.from(found, ({ score }) => score),
    Int32Array.from(found, ({ classId }) => classId ?? 0),
    labels,
    space,
  );
}

/** A 640×640 letterbox of a 768×432 picture would have scale .8333; this one is of 1280×720, at scale .5. */
export const LETTERBOXED: Space = {
  width: 640,
  height: 640,
  scale: 0.5,
  scaleY: 0.5,
  padX: 0,
  padY: 140,
  originalWidth: 1280,
  originalHeight: 720,
};
