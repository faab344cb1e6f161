import type { Repetition } from '../../../shared/node-api/context.ts';
import type { Model } from '../../../shared/node-api/model.ts';
import type { Tensor } from '../../../shared/node-api/tensor.ts';
import { WeftError } from '../../../shared/node-api/weft-error.ts';
import type { Answer } from '../isolate.ts';
import type { Caller } from '../pool.ts';
import type { Handover } from './handover.ts';
import type { IsolateModels } from './isolate-models.ts';
import type { CarriedTensor, NumericHeader, PlacedTensor, Reply, Run } from './messages.ts';
import { runError } from './model-errors.ts';
import { knownShape } from './model-inputs.ts';

/** One run of a model: its tensors are lent to the isolate from the beginning, so that they outlast the wait for it. */
export class ModelRun {
  /** Whether the shape of each output is known before, so that no request for places follows. */
  readonly isOneRequest: boolean;
  readonly #model: Model;
  readonly #handover: Handover;
  readonly #inputs: readonly CarriedTensor[];
  readonly #outputs: readonly PlacedTensor[];
  readonly #payloadLimit: number;
  readonly #misshapen: Set<string>;

  /**
   * `misshapen`: outputs of the model that turned out to have another shape than its file says; more are added.
   * @throws E_MEMORY
   */
  constructor(
    model: Model,
    inputs: ReadonlyMap<string, Tensor>,
    { handover, payloadLimit, misshapen }: { handover: Handover; payloadLimit: number; misshapen: Set<string> },
  ) {
    this.#model = model;
    this.#handover = handover;
    this.#payloadLimit = payloadLimit;
    this.#misshapen = misshapen;
    this.#inputs = [...inputs].map(([name, tensor]) => handover.input(name, tensor));
    let unknown = 0;
    this.#outputs = model.signature.outputs.flatMap((port) => {
      if (port.dtype === 'string') return [];
      const shape = misshapen.has(port.name) ? null : knownShape(port, model, inputs);
      if (shape === null) unknown++;
      return shape === null ? [] : (handover.place({ name: port.name, dtype: port.dtype, shape }) ?? []);
    });
    this.isOneRequest = unknown === 0;
  }

  /** @throws E_MODEL_RUN, E_DEVICE_MEMORY, E_MEMORY, IsolateEnded */
  async on(isolate: IsolateModels, caller: Caller): Promise<Map<string, Tensor>> {
    const request = { ask: 'run', ...this.#request(isolate), payloadLimit: this.#payloadLimit } as const;
    const first = await isolate.ask(request, this.#handover.payload);
    const last = first.reply.did === 'unplaced' ? await this.#place(isolate, first.reply.outputs, caller) : first;
    return this.#results(last, caller);
  }

  /** Times of runs one after the other, ms. @throws E_MODEL_RUN, E_DEVICE_MEMORY, IsolateEnded */
  async timesOn(isolate: IsolateModels, repetition: Repetition): Promise<number[]> {
    const request = { ask: 'time', ...this.#request(isolate), ...repetition } as const;
    const { reply } = await isolate.ask(request, this.#handover.payload);
    if (reply.did === 'failed') throw runError(this.#model.path, reply.message);
    if (reply.did !== 'timed') throw unexpected(this.#model, reply);
    return reply.times;
  }

  #request(isolate: IsolateModels): Run {
    const segments = isolate.introduce(this.#handover.segments);
    return { session: this.#model.digest, segments, inputs: this.#inputs, outputs: this.#outputs };
  }

  /** The run is done; its outputs wait for memory, or to be forgotten when nobody waits for them or there is none. */
  async #place(isolate: IsolateModels, outputs: readonly NumericHeader[], caller: Caller): Promise<Answer<Reply>> {
    if (!caller.waits) return isolate.ask({ ask: 'drop' });
    let places: PlacedTensor[];
    try {
      places = outputs.flatMap((output) => this.#handover.place(output) ?? []);
    } catch (error) {
      await isolate.ask({ ask: 'drop' });
      throw error;
    }
    for (const { name } of this.#outputs) if (places.some((place) => place.name === name)) this.#misshapen.add(name);
    return isolate.ask({ ask: 'place', segments: isolate.introduce(this.#handover.segments), outputs: places });
  }

  #results({ reply, payload }: Answer<Reply>, caller: Caller): Map<string, Tensor> {
    if (reply.did === 'failed') throw runError(this.#model.path, reply.message);
    const results = new Map<string, Tensor>();
    if (!caller.waits) return results;
    if (reply.did !== 'ran') throw unexpected(this.#model, reply);
    const received = new Map(reply.outputs.map((output) => [output.name, output]));
    for (const { name } of this.#model.signature.outputs) {
      const output = received.get(name);
      const tensor = output === undefined ? this.#handover.placed.get(name) : this.#handover.received(output, payload);
      if (tensor === undefined) throw unexpected(this.#model, reply);
      results.set(name, tensor);
    }
    return results;
  }
}

function unexpected({ path }: Model, { did }: Reply): WeftError {
  return new WeftError(
    'E_INTERNAL',
    `The process that ran ${path} gave an answer that does not fit (${did}): report it.`,
  );
}
