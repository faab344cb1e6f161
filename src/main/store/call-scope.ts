import { Image, type ImageArrays, type ImageChannels, type ImageDepth } from '../../shared/node-api/image.ts';
import { byteLength, elementCount, NUMERIC_ARRAYS, type NumericDType, Tensor } from '../../shared/node-api/tensor.ts';
import type { Arena } from './arena.ts';
import type { Slab } from './slab.ts';

const IMAGE_ARRAYS: {
  readonly [K in ImageDepth]: {
    readonly BYTES_PER_ELEMENT: number;
    new (buffer: ArrayBufferLike, byteOffset: number, length: number): ImageArrays[K];
  };
} = { u8: Uint8Array, u16: Uint16Array, f32: Float32Array };

/**
 * What one call of a node's body allocates. Its slabs are held until the call ends; emitting or keeping a value adds
 * holds.
 */
export class CallScope {
  readonly #arena: Arena;
  readonly #slabs: Slab[] = [];

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  get slabs(): readonly Slab[] {
    return this.#slabs;
  }

  /** @throws E_MEMORY */
  tensor<D extends NumericDType>(dtype: D, shape: readonly number[]): Tensor<D> {
    const slab = this.#allocate(byteLength(dtype, shape));
    const data = new NUMERIC_ARRAYS[dtype](slab.buffer, slab.byteOffset, elementCount(shape));
    return new Tensor(dtype, shape, data);
  }

  /** @throws E_MEMORY */
  image<K extends ImageDepth>(depth: K, width: number, height: number, channels: ImageChannels): Image<K> {
    const samples = width * height * channels;
    const slab = this.#allocate(samples * IMAGE_ARRAYS[depth].BYTES_PER_ELEMENT);
    const data = new IMAGE_ARRAYS[depth](slab.buffer, slab.byteOffset, samples);
    return new Image(depth, width, height, channels, data);
  }

  /**
   * Releases what was neither emitted nor kept. To be called when the body has really ended: one that was given up, but
   * goes on, may still write.
   */
  close(): void {
    for (const slab of this.#slabs.splice(0)) this.#arena.release(slab);
  }

  #allocate(bytes: number): Slab {
    const slab = this.#arena.allocate(bytes);
    this.#slabs.push(slab);
    return slab;
  }
}
