import type { Tensor } from 'onnxruntime-node';
import { type MappedMemory, openSegment } from '../../store/segment.ts';
import type { SegmentAddress } from '../known-segments.ts';
import type { CarriedTensor, MessageTensor, Place, PlacedTensor, Reply, Request, Run } from './messages.ts';
import { openRuntime } from './open-runtime.ts';
import { bytesOf, numericHeader, ortTensorAt, ortTensorOf } from './ort-tensor.ts';
import { probe } from './probe.ts';
import type { OrtTensors } from './runtime.ts';
import { Sessions } from './sessions.ts';
import { timesOf } from './times.ts';

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
  /** Null until the first request that says for which backend. */
  #opened: Sessions | null = null;
  readonly #segments = new Map<number, MappedMemory>();
  /** Of runs whose outputs wait for a place, in the order of the runs. */
  readonly #unplaced: Outputs[] = [];

  async answer(request: Request, payload: Uint8Array): Promise<Answered> {
    try {
      switch (request.ask) {
        case 'probe': {
          const { runtime } = await this.#open(request);
          const { name, software } = await probe(request.backend, runtime, request.threads);
          return { reply: { did: 'probed', device: name, software } };
        }
        case 'load':
          await (await this.#open(request)).load(request.session, request.path, request.threads);
          return { reply: { did: 'loaded' } };
        case 'unload':
          await this.#sessions.unload(request.session);
          return { reply: { did: 'unloaded' } };
        case 'run':
          return await this.#run(request, payload);
        case 'time': {
          const run = this.#prepare(request, payload);
          return { reply: { did: 'timed', times: await timesOf(run, request) } };
        }
        case 'place':
          return this.#place(request);
        case 'drop':
          this.#unplaced.shift();
          return { reply: { did: 'dropped' } };
      }
    } catch (error) {
      return { reply: { did: 'failed', message: error instanceof Error ? error.message : String(error) } };
    }
  }

  async #run(request: Extract<Request, { ask: 'run' }>, payload: Uint8Array): Promise<Answered> {
    const run = this.#prepare(request, payload);
    const outputs = bySize(await run(), request.payloadLimit);
    if (outputs.large.size === 0) return ran(outputs);
    this.#unplaced.push(outputs);
    return { reply: { did: 'unplaced', outputs: [...outputs.large].map(numericHeader) } };
  }

  #prepare({ session, segments, inputs, outputs }: Run, payload: Uint8Array): () => Promise<OrtTensors> {
    this.#map(segments);
    const feeds = Object.fromEntries(inputs.map((input) => [input.name, this.#input(input, payload)]));
    const places = Object.fromEntries(outputs.map((output) => [output.name, this.#placed(output)]));
    return () => this.#sessions.run(session, feeds, places);
  }

  #place(request: Extract<Request, { ask: 'place' }>): Answered {
    const outputs = this.#unplaced.shift();
    if (outputs === undefined) throw new Error('No outputs wait for a place.');
    this.#map(request.segments);
    for (const place of request.outputs) {
      const source = outputs.large.get(place.name);
      if (source === undefined) throw new Error(`No output ${place.name} waits for a place.`);
      bytesOf(this.#placed(place)).set(bytesOf(source));
    }
    return ran(outputs);
  }

  async #open({ backend }: Place): Promise<Sessions> {
    this.#opened ??= new Sessions(await openRuntime(backend));
    return this.#opened;
  }

  get #sessions(): Sessions {
    if (this.#opened === null) throw new Error('No model is loaded.');
    return this.#opened;
  }

  #map(addresses: readonly SegmentAddress[]): void {
    for (const { id, location } of addresses) this.#segments.set(id, openSegment(location));
  }

  #input(input: CarriedTensor, payload: Uint8Array): Tensor {
    return input.in === 'arena' ? this.#placed(input) : ortTensorOf(this.#sessions.runtime.Tensor, input, payload);
  }

  #placed(tensor: PlacedTensor): Tensor {
    const memory = this.#segments.get(tensor.segment);
    if (memory === undefined) throw new Error(`Segment ${tensor.segment} is not mapped.`);
    return ortTensorAt(this.#sessions.runtime.Tensor, tensor, memory.buffer, memory.start + tensor.offset);
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
