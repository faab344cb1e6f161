import { isDeepStrictEqual } from 'node:util';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import type { BuiltBackend } from './backends.ts';
import { bytesOf } from './ort-tensor.ts';
import type { OrtTensors, Runtime } from './runtime.ts';

/** Of ONNX Runtime's log nothing but what ends the process. */
const FATAL = 4;

/** onnxruntime-web: the same ONNX Runtime, compiled to WebAssembly. Its threads are set by the first model. */
export function openWebRuntime({ providers }: BuiltBackend): Runtime {
  return {
    Tensor,
    open(model, threads) {
      env.wasm.numThreads = threads;
      const options = {
        executionProviders: providers,
        graphOptimizationLevel: 'all',
        logSeverityLevel: FATAL,
      } as const;
      return typeof model === 'string'
        ? InferenceSession.create(model, options)
        : InferenceSession.create(model, options);
    },
    async run(session, feeds, places): Promise<OrtTensors> {
      // Results lie in the memory of WebAssembly, whatever places are offered.
      const results = await session.run(feeds);
      const placed = Object.entries(places);
      if (!placed.every(([name, place]) => isDeepStrictEqual([...results[name].dims], [...place.dims]))) return results;
      for (const [name, place] of placed) bytesOf(place).set(bytesOf(results[name]));
      return Object.fromEntries(Object.entries(results).filter(([name]) => !(name in places)));
    },
  };
}
