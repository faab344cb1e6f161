import type { Space } from './detections.ts';

/** Points found on the objects of a picture: as many for each object, in an order that the model defines. */
export class Keypoints {
  /** x and y of each point, in pixels of `space`; all points of the first object first. */
  readonly points: Float32Array;
  /** 0–1, one a point. */
  readonly scores: Float32Array;
  readonly perObject: number;
  readonly space: Space;

  /** @throws RangeError when the arrays do not belong together. */
  constructor(points: Float32Array, scores: Float32Array, perObject: number, space: Space) {
    if (points.length !== scores.length * 2 || !Number.isInteger(scores.length / perObject)) {
      throw new RangeError(
        `Objects of ${perObject} keypoints cannot have ${points.length} coordinates and ${scores.length} scores.`,
      );
    }
    this.points = points;
    this.scores = scores;
    this.perObject = perObject;
    this.space = space;
  }

  /** Number of objects. */
  get count(): number {
    return this.scores.length / this.perObject;
  }
}
