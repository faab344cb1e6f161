import { byteLength, NUMERIC_ARRAYS, type NumericDType, Tensor } from '../../../shared/node-api/tensor.ts';
import type { Arena, Loan } from '../../store/arena.ts';
import type { Segment } from '../../store/segment.ts';
import type { CarriedTensor, MessageTensor, NumericHeader, PlacedTensor } from './messages.ts';

/** A tensor in the arena whose content is undefined. @throws E_MEMORY */
export type Allocate = (dtype: NumericDType, shape: readonly number[]) => Tensor<NumericDType>;

/**
 * The tensors of one call on their way to an isolate and back. Those in the arena are only named; every slab that a
 * message names is lent until `end`.
 */
export class Handover {
  /** What travels with the request. */
  readonly payload: Uint8Array[] = [];
  /** Segments that the call's messages name. */
  readonly segments = new Set<Segment>();
  /** Outputs that the isolate writes in place. */
  readonly placed = new Map<string, Tensor>();
  readonly #arena: Arena;
  readonly #allocate: Allocate;
  readonly #payloadLimit: number;
  readonly #loans: Loan[] = [];
  #payloadBytes = 0;

  /** Tensors of at most `payloadLimit` bytes travel in messages where they are not in shared memory already. */
  constructor(arena: Arena, allocate: Allocate, payloadLimit: number) {
    this.#arena = arena;
    this.#allocate = allocate;
    this.#payloadLimit = payloadLimit;
  }

  /** @throws E_MEMORY when the tensor must be copied into the arena and does not fit. */
  input(name: string, tensor: Tensor): CarriedTensor {
    if (tensor.is('string')) return { in: 'text', name, dtype: 'string', shape: tensor.shape, text: tensor.data };
    const numeric = tensor as Tensor<NumericDType>;
    const { dtype, shape } = numeric;
    const place = this.#lend(name, numeric);
    if (place !== null) return place;
    const bytes = bytesOf(numeric);
    if (bytes.byteLength > this.#payloadLimit) {
      const copy = this.#allocate(dtype, shape);
      bytesOf(copy).set(bytes);
      return this.#lendShared(name, copy);
    }
    const offset = this.#payloadBytes;
    this.payload.push(bytes);
    this.#payloadBytes += bytes.byteLength;
    return { in: 'payload', name, dtype, shape, offset };
  }

  /** A place for an output; null for one that may as well travel in the message. @throws E_MEMORY */
  place({ name, dtype, shape }: NumericHeader): PlacedTensor | null {
    if (byteLength(dtype, shape) <= this.#payloadLimit) return null;
    const tensor = this.#allocate(dtype, shape);
    this.placed.set(name, tensor);
    return this.#lendShared(name, tensor);
  }

  /** An output that came in a message. @throws E_MEMORY; RangeError when the message is shorter than it says. */
  received(output: MessageTensor, payload: Uint8Array): Tensor {
    if (output.in === 'text') return new Tensor('string', output.shape, [...output.text]);
    const { dtype, shape, offset } = output;
    const bytes = byteLength(dtype, shape);
    if (offset + bytes > payload.length) throw new RangeError(`The message ends before its output ${output.name}.`);
    if (bytes === 0) return new Tensor(dtype, shape, new NUMERIC_ARRAYS[dtype](0));
    const target = this.#allocate(dtype, shape);
    bytesOf(target).set(payload.subarray(offset, offset + bytes));
    return target;
  }

  /** No process uses the slabs any more. */
  end(): void {
    for (const loan of this.#loans) loan.end();
  }

  #lendShared(name: string, tensor: Tensor<NumericDType>): PlacedTensor {
    const place = this.#lend(name, tensor);
    if (place === null) throw new Error(`The memory allocated for ${name} is not in the arena.`);
    return place;
  }

  /** Null when the elements do not lie in memory that an isolate can see. */
  #lend(name: string, { dtype, shape, data }: Tensor<NumericDType>): PlacedTensor | null {
    const slab = data.byteLength === 0 ? undefined : this.#arena.slabOf(data);
    if (slab === undefined || slab.segment.shared === null) return null;
    this.#loans.push(this.#arena.lend(slab));
    this.segments.add(slab.segment);
    const offset = data.byteOffset - slab.segment.start;
    return { in: 'arena', name, dtype, shape, segment: slab.segment.id, offset };
  }
}

function bytesOf({ data }: Tensor<NumericDType>): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
