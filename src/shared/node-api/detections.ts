/**
 * Whose pixels coordinates are. A picture of `width × height` that was scaled by `scale` and moved by `padX`, `padY`
 * from the original: `x = originalX × scale + padX`. The original itself has scale 1 and no padding. `scaleY` differs
 * from `scale` only where a picture was stretched.
 */
export interface Space {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly scaleY: number;
  readonly padX: number;
  readonly padY: number;
  /** Size of the original picture, in its own pixels. */
  readonly originalWidth: number;
  readonly originalHeight: number;
}

/** The space of a picture that was neither scaled nor padded. */
export function ownSpace(width: number, height: number): Space {
  return { width, height, scale: 1, scaleY: 1, padX: 0, padY: 0, originalWidth: width, originalHeight: height };
}

/** What is known of how a model found detections. */
export interface Origin {
  /** Which candidate of the model's output each detection is: its mask and keypoints are found by it. */
  readonly candidates: Int32Array;
  /** The model gives every object once (DETR, end-to-end YOLO), so suppression would only lose objects that overlap. */
  readonly oneEach: boolean;
}

/** Objects found in a picture. Element i of each array belongs to detection i. */
export class Detections {
  /** 4 numbers a detection: left, top, right, bottom (xyxy), in pixels of `space`. */
  readonly boxes: Float32Array;
  /** 0–1. */
  readonly scores: Float32Array;
  readonly classIds: Int32Array;
  /** Name of each class id, by index; empty when the names are not known. */
  readonly labels: readonly string[];
  readonly space: Space;
  /** Null for detections that no model gave. */
  readonly origin: Origin | null;
  /** Number of the object that each detection is, the same in every picture of a stream; null before tracking. */
  readonly tracks: Int32Array | null;

  /** @throws RangeError when the arrays do not belong together. */
  constructor(
    boxes: Float32Array,
    scores: Float32Array,
    classIds: Int32Array,
    labels: readonly string[],
    space: Space,
    origin: Origin | null = null,
    tracks: Int32Array | null = null,
  ) {
    if (boxes.length !== scores.length * 4 || classIds.length !== scores.length) {
      throw new RangeError(
        `${scores.length} detections need ${scores.length * 4} box numbers and ${scores.length} class ids, not ${boxes.length} and ${classIds.length}.`,
      );
    }
    if (origin !== null && origin.candidates.length !== scores.length) {
      throw new RangeError(`${scores.length} detections cannot come from ${origin.candidates.length} candidates.`);
    }
    if (tracks !== null && tracks.length !== scores.length) {
      throw new RangeError(`${scores.length} detections cannot be in ${tracks.length} tracks.`);
    }
    this.boxes = boxes;
    this.scores = scores;
    this.classIds = classIds;
    this.labels = labels;
    this.space = space;
    this.origin = origin;
    this.tracks = tracks;
  }

  get count(): number {
    return this.scores.length;
  }

  /** Name of detection `index`, or `class 17` when the class has no name. */
  labelOf(index: number): string {
    const id = this.classIds[index];
    return this.labels[id] ?? `class ${id}`;
  }

  /** The detections at `indices`, in that order. */
  pick(indices: readonly number[]): Detections {
    const { tracks } = this;
    const boxes = new Float32Array(indices.length * 4);
    const scores = new Float32Array(indices.length);
    const classIds = new Int32Array(indices.length);
    indices.forEach((from, to) => {
      boxes.set(this.boxes.subarray(from * 4, from * 4 + 4), to * 4);
      scores[to] = this.scores[from];
      classIds[to] = this.classIds[from];
    });
    return new Detections(
      boxes,
      scores,
      classIds,
      this.labels,
      this.space,
      this.origin && picked(this.origin, indices),
      tracks && Int32Array.from(indices, (index) => tracks[index]),
    );
  }
}

function picked({ candidates, oneEach }: Origin, indices: readonly number[]): Origin {
  return { candidates: Int32Array.from(indices, (index) => candidates[index]), oneEach };
}
