import type { Tensor } from 'onnxruntime-node';
import { type MappedMemory, openSegment } from '../../store/segment.ts';
import type { CarriedTensor, MessageTensor, PlacedTensor, Reply, Request, SegmentAddress } from './messages.ts';
import { bytesOf, numericHeader, ortTensorAt, ortTensorOf } from './ort-tensor.ts';
import { type OrtTensors, Sessions } from './sessions.ts';

interface Answered {
  readonly reply: Reply;
  readonly payload?: readonly Uint8Array[];
}

/** Outputs of a run, by name. */
interface Outputs {
  /** Wait for a place. */
  readonly large: Map<string, Tensor>;
  /** Travel in the reply. */
  readonly small: Map<string, Tensor>;
}

/** Does what the engine asks: loads and runs models, with tensors in the arena wherever they can be. */
export class ModelServer {
  readonly #sessions = new Sessions();
  readonly #segments = new Map<number, MappedMemory>();
  #outputs: Outputs | null = null;

  async answer(request: Request, payload: Uint8Array): Promise<Answered> {
    try {
      switch (request.ask) {
        case 'load':
          await this.#sessions.load(request.session, request.path, request.threads);
          return { reply: { did: 'loaded' } };
        case 'unload':
          await this.#sessions.unload(request.session);
          return { reply: { did: 'unloaded' } };
        case 'run':
          return await this.#run(request, payload);
        case 'place':
          return this.#place(request);
        case 'drop':
          this.#outputs = null;
          return { reply: { did: 'dropped' } };
      }
    } catch (error) {
      return { reply: { did: 'failed', message: error instanceof Error ? error.message : String(error) } };
    }
  }

  async #run(request: Extract<Request, { ask: 'run' }>, payload: Uint8Array): Promise<Answered> {
    this.#map(request.segments);
    const feeds = Object.fromEntries(request.inputs.map((input) => [input.name, this.#input(input, payload)]));
    const places = Object.fromEntries(request.outputs.map((output) => [output.name, this.#placed(output)]));
    const outputs = bySize(await this.#sessions.run(request.session, feeds, places), request.payloadLimit);
    if (outputs.large.size === 0) return ran(outputs);
    this.#outputs = outputs;
    return { reply: { did: 'unplaced', outputs: [...outputs.large].map(numericHeader) } };
  }

  #place(request: Extract<Request, { ask: 'place' }>): Answered {
    const outputs = this.#outputs;
    this.#outputs = null;
    if (outputs === null) throw new Error('No outputs wait for a place.');
    this.#map(request.segments);
    for (const place of request.outputs) {
      const source = outputs.large.get(place.name);
      if (source === undefined) throw new Error(`No output ${place.name} waits for a place.`);
      bytesOf(this.#placed(place)).set(bytesOf(source));
    }
    return ran(outputs);
  }

  #map(addresses: readonly SegmentAddress[]): void {
    for (const { id, location } of addresses) this.#segments.set(id, openSegment(location));
  }

  #input(input: CarriedTensor, payload: Uint8Array): Tensor {
    return input.in === 'arena' ? this.#placed(input) : ortTensorOf(input, payload);
  }

  #placed(tensor: PlacedTensor): Tensor {
    const memory = this.#segments.get(tensor.segment);
    if (memory === undefined) throw new Error(`Segment ${tensor.segment} is not mapped.`);
    return ortTensorAt(tensor, memory.buffer, memory.start + tensor.offset);
  }
}

function bySize(results: OrtTensors, payloadLimit: number): Outputs {
  const outputs: Outputs = { large: new Map(), small: new Map() };
  for (const [name, tensor] of Object.entries(results)) {
    const isLarge = tensor.type !== 'string' && bytesOf(tensor).byteLength > payloadLimit;
    outputs[isLarge ? 'large' : 'small'].set(name, tensor);
  }
  return outputs;
}

function ran({ small }: Outputs): Answered {
  const outputs: MessageTensor[] = [];
  const payload: Uint8Array[] = [];
  let offset = 0;
  for (const [name, tensor] of small) {
    if (tensor.type === 'string') {
      outputs.push({ in: 'text', name, dtype: 'string', shape: [...tensor.dims], text: tensor.data as string[] });
      continue;
    }
    const bytes = bytesOf(tensor);
    outputs.push({ in: 'payload', ...numericHeader([name, tensor]), offset });
    payload.push(bytes);
    offset += bytes.byteLength;
  }
  return { reply: { did: 'ran', outputs }, payload };
}
