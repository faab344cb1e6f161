import { ROW_KERNEL_CODE } from './row-kernel-code.ts';
import { type KernelMemory, KernelPlaces, openKernel } from './wasm-kernel.ts';

/** How a pixel of a row gets its colours. All counted in samples of the frame's row. */
export interface RowPlan {
  /** Samples of light, and of each colour, in a row of the frame. */
  readonly width: number;
  readonly colourWidth: number;
  /** For each pixel: the sample of light to its left, the shares of that and the next, and the sample of its colours. */
  readonly left: Int32Array;
  readonly shares: { readonly left: Int16Array; readonly right: Int16Array };
  readonly colour: Int32Array;
  readonly factors: RgbFactors;
}

/** What U and V add to each colour, and what is added besides, in parts of 1/8192 of a level. */
export interface RgbFactors {
  readonly u: Rgb;
  readonly v: Rgb;
  readonly base: Rgb;
}

/** Of red, green and blue. */
type Rgb = readonly number[];

/** `tools/kernels/row-kernel.ts`, compiled. */
interface Exports extends KernelMemory {
  blendRows(upper: number, lower: number, below: number, width: number, light: number): void;
  pairColours(u: number, v: number, width: number, pairs: number): void;
  levels(...places: number[]): void;
  lookUp(table: number, levels: number, count: number, out: number): void;
}

const TABLE_BYTES = 4 * 256;

/**
 * Scales rows of a frame and converts them to RGB, several samples at a time. WebAssembly sees its own memory alone, so
 * rows of the frame are copied in, and rows of numbers out: they stay in the fastest cache meanwhile.
 */
export class RowKernel {
  readonly #kernel: Exports;
  readonly #plan: RowPlan;
  readonly #count: number;
  readonly #memory: Buffer;
  readonly #upper: number;
  readonly #lower: number;
  readonly #light: number;
  readonly #u: number;
  readonly #v: number;
  readonly #pairs: number;
  readonly #tables: number;
  readonly #floats: number;
  readonly #levelPlaces: readonly number[];
  readonly #levelsAt: number;
  readonly #stride: number;
  /** Red, green and blue of the last row, 0–255. */
  readonly levels: readonly [Uint8Array, Uint8Array, Uint8Array];

  constructor(plan: RowPlan) {
    this.#plan = plan;
    this.#count = plan.left.length;
    const places = new KernelPlaces();
    const place = (bytes: number) => places.take(bytes);
    this.#stride = (this.#count + 15) & ~15;
    this.#upper = place(plan.width);
    this.#lower = place(plan.width);
    this.#light = place(2 * plan.width + 32);
    this.#u = place(plan.colourWidth);
    this.#v = place(plan.colourWidth);
    this.#pairs = place(4 * plan.colourWidth + 64);
    const [at, weights, colourAt] = [0, 1, 2].map(() => place(4 * this.#stride));
    this.#levelsAt = place(3 * this.#stride);
    this.#tables = place(3 * TABLE_BYTES);
    this.#floats = place(3 * 4 * this.#stride);

    this.#kernel = openKernel<Exports>(ROW_KERNEL_CODE, places.end);
    const { memory } = this.#kernel;
    this.#memory = Buffer.from(memory.buffer);
    const { left, shares, colour, factors } = plan;
    const view = new DataView(memory.buffer);
    for (let i = 0; i < this.#count; i++) {
      view.setInt32(at + 4 * i, 2 * left[i], true);
      view.setInt16(weights + 4 * i, shares.left[i], true);
      view.setInt16(weights + 4 * i + 2, shares.right[i], true);
      view.setInt32(colourAt + 4 * i, 4 * colour[i], true);
    }
    const pairs = [0, 1, 2].map((k) => (factors.v[k] << 16) | (factors.u[k] & 0xffff));
    this.#levelPlaces = [
      ...[this.#light, this.#pairs, at, weights, colourAt, this.#count],
      ...[...pairs, ...factors.base, this.#levelsAt, this.#stride],
    ];
    const plane = (k: number) => new Uint8Array(memory.buffer, this.#levelsAt + k * this.#stride, this.#count);
    this.levels = [plane(0), plane(1), plane(2)];
  }

  /** The colours of the rows to come, from where their U and V begin in a frame. */
  takeColours(frame: Buffer, u: number, v: number): void {
    const { colourWidth } = this.#plan;
    frame.copy(this.#memory, this.#u, u, u + colourWidth);
    frame.copy(this.#memory, this.#v, v, v + colourWidth);
    this.#kernel.pairColours(this.#u, this.#v, colourWidth, this.#pairs);
  }

  /**
   * Fills `levels` from two rows of light, `upper` and `lower` bytes into a frame. `below`: the share of the lower one, in
   * parts of 1/32768, less than 1.
   */
  takeLight(frame: Buffer, upper: number, lower: number, below: number): void {
    const { width } = this.#plan;
    frame.copy(this.#memory, this.#upper, upper, upper + width);
    frame.copy(this.#memory, this.#lower, lower, lower + width);
    this.#kernel.blendRows(this.#upper, this.#lower, below, width, this.#light);
    this.#kernel.levels(...this.#levelPlaces);
  }

  /** What `writeFloats` makes of red, green or blue: a number for each level. */
  setTable(colour: number, table: Float32Array): void {
    this.#memory.set(new Uint8Array(table.buffer, table.byteOffset, TABLE_BYTES), this.#tables + colour * TABLE_BYTES);
  }

  /** Writes red, green or blue of the last row as numbers, `at` bytes into memory. */
  writeFloats(colour: number, into: Buffer, at: number): void {
    const [floats, levels] = [this.#floats + 4 * colour * this.#stride, this.#levelsAt + colour * this.#stride];
    this.#kernel.lookUp(this.#tables + colour * TABLE_BYTES, levels, this.#count, floats);
    this.#memory.copy(into, at, floats, floats + 4 * this.#count);
  }
}
