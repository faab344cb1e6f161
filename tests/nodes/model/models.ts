import type { Models } from '../../../src/shared/node-api/context.ts';
import { Model } from '../../../src/shared/node-api/model.ts';
import type { Tensor } from '../../../src/shared/node-api/tensor.ts';
import type { TensorPort } from '../../../src/shared/types/pin-type.ts';

export function modelOf(
  inputs: readonly TensorPort[],
  outputs: readonly TensorPort[] = [],
  metadata: Readonly<Record<string, string>> = {},
): Model {
  return new Model({ path: '/models/m.onnx', digest: 'd', signature: { inputs, outputs }, backend: 'cpu', metadata });
}

export function port(name: string, shape: TensorPort['shape'] = [1]): TensorPort {
  return { name, dtype: 'float32', shape };
}

/** Models that answer with what they are told to, and remember what they were asked. */
export class AnsweringModels implements Models {
  readonly loaded: { path: string; backend: string | undefined }[] = [];
  readonly given: ReadonlyMap<string, Tensor>[] = [];
  readonly answer: ReadonlyMap<string, Tensor>;

  constructor(answer: ReadonlyMap<string, Tensor> = new Map()) {
    this.answer = answer;
  }

  download: Models['download'] = async (name) => `/models/${name}.onnx`;

  load: Models['load'] = async (path, options) => {
    this.loaded.push({ path, backend: options?.backend });
    return modelOf([]);
  };

  run: Models['run'] = async (_, inputs) => {
    this.given.push(inputs);
    return this.answer;
  };

  benchmark: Models['benchmark'] = () => Promise.reject(new Error('These models are not measured.'));

  backends: Models['backends'] = () => Promise.reject(new Error('These models run nowhere.'));
}
