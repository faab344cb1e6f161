import { type KernelMemory, KernelPlaces, openKernel } from '../../image/shared/wasm-kernel.ts';
import { BEST_CLASS_CODE } from './best-class-code.ts';

/** Where the scores of classes lie among the elements of an output. */
export interface Scores {
  /** Index of the first class of the first candidate. */
  readonly start: number;
  readonly classCount: number;
  /** Elements from one row to the next: rows are classes, or candidates. */
  readonly stride: number;
}

/** Of each candidate. */
export interface BestClasses {
  /** NaN for a candidate without a number; a class of NaN never wins. */
  readonly scores: Float32Array;
  readonly classIds: Int32Array;
}

/** `tools/kernels/best-class.ts`, compiled. */
interface Exports extends KernelMemory {
  takeClass(values: number, count: number, id: number, scores: number, ids: number): void;
  takeRows(values: number, rows: number, stride: number, classes: number, scores: number, ids: number): void;
}

/** Bytes of values that are looked at in one go: what the fastest cache holds beside the results. */
const BLOCK = 16384;
const MOST_CANDIDATES = BLOCK / 4;

/**
 * Looks for the best class of a block of candidates after the other, four scores at a time. WebAssembly sees its own memory
 * alone, so scores are copied in.
 */
export class BestClassKernel {
  readonly #kernel: Exports;
  readonly #memory: Buffer;
  readonly #values: number;
  readonly #rowBytes: number;
  readonly #scores: Float32Array;
  readonly #ids: Int32Array;

  /** @param rowBytes the longest row of a candidate that it is to be used for */
  constructor(rowBytes: number) {
    const places = new KernelPlaces();
    this.#rowBytes = rowBytes;
    this.#values = places.take(Math.max(BLOCK, rowBytes));
    const [scores, ids] = [places.take(BLOCK), places.take(BLOCK)];
    this.#kernel = openKernel<Exports>(BEST_CLASS_CODE, places.end);
    const { buffer } = this.#kernel.memory;
    this.#memory = Buffer.from(buffer);
    this.#scores = new Float32Array(buffer, scores, MOST_CANDIDATES);
    this.#ids = new Int32Array(buffer, ids, MOST_CANDIDATES);
  }

  takes(rowBytes: number): boolean {
    return rowBytes <= Math.max(BLOCK, this.#rowBytes);
  }

  /** Scores that lie class by class. */
  ofClasses(values: Float32Array, { start, stride, classCount }: Scores, best: BestClasses): void {
    const bytes = asBytes(values);
    const { length } = best.scores;
    for (let first = 0; first < length; first += MOST_CANDIDATES) {
      const count = Math.min(MOST_CANDIDATES, length - first);
      this.#scores.fill(Number.NEGATIVE_INFINITY, 0, count);
      this.#ids.fill(0, 0, count);
      for (let id = 0; id < classCount; id++) {
        const from = (start + id * stride + first) * 4;
        bytes.copy(this.#memory, this.#values, from, from + count * 4);
        this.#kernel.takeClass(this.#values, count, id, this.#scores.byteOffset, this.#ids.byteOffset);
      }
      this.#give(best, first, count);
    }
  }

  /** Scores that lie candidate by candidate. */
  ofCandidates(values: Float32Array, { start, stride, classCount }: Scores, best: BestClasses): void {
    const bytes = asBytes(values);
    const { length } = best.scores;
    const most = Math.max(1, Math.min(MOST_CANDIDATES, Math.floor(BLOCK / 4 / stride)));
    for (let first = 0; first < length; first += most) {
      const count = Math.min(most, length - first);
      const from = (start + first * stride) * 4;
      bytes.copy(this.#memory, this.#values, from, from + ((count - 1) * stride + classCount) * 4);
      const { byteOffset: scores } = this.#scores;
      this.#kernel.takeRows(this.#values, count, stride * 4, classCount, scores, this.#ids.byteOffset);
      this.#give(best, first, count);
    }
  }

  #give({ scores, classIds }: BestClasses, first: number, count: number): void {
    for (let i = 0; i < count; i++) {
      const score = this.#scores[i];
      scores[first + i] = score === Number.NEGATIVE_INFINITY ? Number.NaN : score;
      classIds[first + i] = this.#ids[i];
    }
  }
}

function asBytes({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
