import type { Detections } from 'weft';
import { iou } from '../iou.ts';
import { assign } from './assignment.ts';
import { Motion } from './motion.ts';

export interface TrackSettings {
  /** Detections from this score on are sure: they are matched first, and only they begin tracks. */
  readonly sure: number;
  /** Less sure ones from this score on may go on with a track that was seen in the last item. */
  readonly least: number;
  /** Items that a track is remembered for while it is not seen. */
  readonly memory: number;
}

interface Track {
  readonly classId: number;
  readonly motion: Motion;
  /** Null until a second sighting confirms that it is no flicker. */
  id: number | null;
  /** Items since it was last seen. */
  unseen: number;
}

/** How much sureness a detection needs beyond `sure` to begin a track. */
const NEW_TRACK_MARGIN = 0.1;
/** Most that a pair may cost, 1 − overlap, in the three rounds of matching. */
const SURE_LIMIT = 0.8;
const UNSURE_LIMIT = 0.5;
const TENTATIVE_LIMIT = 0.7;

/**
 * Follows objects from picture to picture: ByteTrack (Zhang et al., ECCV 2022). Every detection counts, also the unsure
 * ones, because an object that is half hidden is still where its track expects it. Objects of different classes are
 * never taken for one another.
 */
export class ByteTrack {
  #tracks: Track[] = [];
  #started = false;
  #lastId = 0;

  /** Number of objects so far. */
  get count(): number {
    return this.#lastId;
  }

  /** Takes the detections of the next picture. @returns for each the number of its object, or -1 where it has none. */
  update(detections: Detections, { sure, least, memory }: TrackSettings): Int32Array {
    const ids = new Int32Array(detections.count).fill(-1);
    const { scores } = detections;
    const all = Array.from(scores.keys());
    const high = all.filter((i) => scores[i] >= sure);
    const low = all.filter((i) => scores[i] >= least && scores[i] < sure);
    for (const track of this.#tracks) track.motion.predict(track.unseen === 0);
    for (const track of this.#tracks) track.unseen++;

    const confirmed = this.#tracks.filter((track) => track.id !== null);
    const tentative = this.#tracks.filter((track) => track.id === null);
    const first = this.#match(confirmed, high, detections, ids, SURE_LIMIT, true);
    const lately = first.tracks.filter((track) => track.unseen === 1);
    this.#match(lately, low, detections, ids, UNSURE_LIMIT, false);
    const second = this.#match(tentative, first.detections, detections, ids, TENTATIVE_LIMIT, true);

    const dropped = new Set(second.tracks);
    this.#tracks = this.#tracks.filter((track) => !dropped.has(track) && track.unseen <= memory);
    for (const i of second.detections) {
      if (scores[i] < sure + NEW_TRACK_MARGIN) continue;
      const track: Track = {
        classId: detections.classIds[i],
        motion: new Motion(boxAt(detections.boxes, i)),
        id: null,
        unseen: 0,
      };
      // Nothing came before the first picture that could confirm what is in it.
      if (!this.#started) ids[i] = track.id = ++this.#lastId;
      this.#tracks.push(track);
    }
    this.#started = true;
    return ids;
  }

  /** Pairs tracks with detections and returns those of both that were left. */
  #match(
    tracks: readonly Track[],
    candidates: readonly number[],
    { boxes, scores, classIds }: Detections,
    ids: Int32Array,
    limit: number,
    weighted: boolean,
  ): { tracks: Track[]; detections: number[] } {
    const costs = new Float64Array(tracks.length * candidates.length);
    const pair = new Float32Array(8);
    tracks.forEach((track, row) => {
      pair.set(track.motion.box, 0);
      candidates.forEach((i, column) => {
        pair.set(boxAt(boxes, i), 4);
        const overlap = iou(pair, 0, 1) * (weighted ? scores[i] : 1);
        costs[row * candidates.length + column] = track.classId === classIds[i] ? 1 - overlap : 1;
      });
    });
    const columns = assign(costs, tracks.length, candidates.length, limit);
    const taken = new Set<number>();
    const left: Track[] = [];
    tracks.forEach((track, row) => {
      if (columns[row] < 0) {
        left.push(track);
        return;
      }
      const i = candidates[columns[row]];
      taken.add(i);
      track.motion.correct(boxAt(boxes, i));
      track.unseen = 0;
      track.id ??= ++this.#lastId;
      ids[i] = track.id;
    });
    return { tracks: left, detections: candidates.filter((i) => !taken.has(i)) };
  }
}

function boxAt(boxes: Float32Array, index: number): Float32Array {
  return boxes.subarray(index * 4, index * 4 + 4);
}
