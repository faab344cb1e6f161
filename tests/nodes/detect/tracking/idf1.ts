import { iou } from '../../../../nodes/detect/shared/iou.ts';
import { assign } from '../../../../nodes/detect/shared/tracking/assignment.ts';
import type { Detections } from '../../../../src/shared/node-api/detections.ts';
import type { SceneObject } from './scene.ts';

/** How far a box may be off and still be the object's. */
const OVERLAP = 0.5;

/**
 * Identity F1 (Ristani et al., 2016): objects and tracks are paired one to one over the whole scene so that they agree in
 * as many pictures as can be; the score counts those against all sightings of both. Objects that cannot be seen do not
 * count in the pictures in which they are hidden.
 */
export function idf1(truth: readonly (readonly SceneObject[])[], tracked: readonly Detections[]): number {
  const objects = new Set(truth.flat().map(({ id }) => id)).size;
  const tracks = Math.max(0, ...tracked.flatMap(({ tracks: ids }) => [...(ids ?? [])]));
  const agreed = new Float64Array(objects * tracks);
  let sightings = 0;
  let claims = 0;
  truth.forEach((picture, k) => {
    const { boxes, tracks: ids } = tracked[k];
    const hidden = new Set<number>();
    for (const { id, box, visible } of picture) {
      const seen = visible > 0.3;
      if (seen) sightings++;
      ids?.forEach((track, i) => {
        const pair = Float32Array.of(...box, ...boxes.subarray(i * 4, i * 4 + 4));
        if (iou(pair, 0, 1) < OVERLAP) return;
        if (seen) agreed[id * tracks + track - 1]++;
        else hidden.add(i);
      });
    }
    claims += (ids?.length ?? 0) - [...hidden].filter((i) => !overlapsSeen(picture, boxes, i)).length;
  });
  const most = truth.length + 1;
  const pairs = assign(
    agreed.map((count) => most - count),
    objects,
    tracks,
    most,
  );
  const right = pairs.reduce((sum, track, object) => sum + (track < 0 ? 0 : agreed[object * tracks + track]), 0);
  return (2 * right) / (sightings + claims);
}

function overlapsSeen(picture: readonly SceneObject[], boxes: Float32Array, i: number): boolean {
  return picture.some(({ box, visible }) => {
    const pair = Float32Array.of(...box, ...boxes.subarray(i * 4, i * 4 + 4));
    return visible > 0.3 && iou(pair, 0, 1) >= OVERLAP;
  });
}
