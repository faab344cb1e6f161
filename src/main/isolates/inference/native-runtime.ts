import type { BuiltBackend } from './backends.ts';
import type { OrtTensors, Runtime } from './runtime.ts';
import { provideVulkanDriver } from './vulkan.ts';

/** ONNX Runtime's words for an output that was given a place of another shape than it has. */
const WRONG_SHAPE = /pre-allocated output|shape verification failed/;

/** onnxruntime-node on the providers of a backend. @throws Error when it is built without them. */
export async function openNativeRuntime({ name, providers }: BuiltBackend): Promise<Runtime> {
  if (name === 'webgpu') provideVulkanDriver();
  const { env, InferenceSession, listSupportedBackends, Tensor } = await import('onnxruntime-node');
  // What ONNX Runtime has to say comes with its exceptions; stderr is for what kills the process.
  env.logLevel = 'fatal';
  const built = listSupportedBackends().map((supported) => supported.name);
  const missing = providers.find((provider) => !built.includes(provider));
  if (missing !== undefined) {
    throw new Error(`ONNX Runtime is built without ${missing} here; it has ${built.join(', ')}.`);
  }
  return {
    Tensor,
    open(model, threads) {
      const options = {
        executionProviders: providers,
        graphOptimizationLevel: 'all',
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        // Threads that spin while they wait take the cores from the rest of the graph (evidence.md 17).
        extra: { session: { intra_op: { allow_spinning: '0' } } },
      } as const;
      return typeof model === 'string'
        ? InferenceSession.create(model, options)
        : InferenceSession.create(model, options);
    },
    async run(session, feeds, places): Promise<OrtTensors> {
      const unplaced = session.outputNames.filter((output) => !(output in places));
      const fetches = { ...places, ...Object.fromEntries(unplaced.map((output) => [output, null])) };
      try {
        const results = await session.run(feeds, fetches);
        return Object.fromEntries(unplaced.map((output) => [output, results[output]]));
      } catch (error) {
        if (!(error instanceof Error && WRONG_SHAPE.test(error.message))) throw error;
        return session.run(feeds);
      }
    },
  };
}
