import { InferenceSession, type Tensor } from 'onnxruntime-node';

/** Tensors of ONNX Runtime by name. */
export type OrtTensors = Readonly<Record<string, Tensor>>;

/** ONNX Runtime's words for an output that was given a place of another shape than it has. */
const WRONG_SHAPE = /pre-allocated output|shape verification failed/;

/** The models that an isolate has loaded, by the key that the engine gave them. */
export class Sessions {
  readonly #sessions = new Map<string, InferenceSession>();

  /** @throws Error with the text of ONNX Runtime. */
  async load(key: string, path: string, threads: number): Promise<void> {
    const session = await InferenceSession.create(path, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Threads that spin while they wait take the cores from the rest of the graph (evidence.md 17).
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
    this.#sessions.set(key, session);
  }

  async unload(key: string): Promise<void> {
    await this.#session(key).release();
    this.#sessions.delete(key);
  }

  /**
   * Runs a model. `places` are the outputs that shall be written where they lie.
   * @returns the outputs that were not: those without a place, or all of them when one turns out to have another shape
   * than the model file says. Exporters often leave wrong shapes.
   * @throws Error with the text of ONNX Runtime.
   */
  async run(key: string, feeds: OrtTensors, places: OrtTensors): Promise<OrtTensors> {
    const session = this.#session(key);
    const unplaced = session.outputNames.filter((name) => !(name in places));
    const fetches = { ...places, ...Object.fromEntries(unplaced.map((name) => [name, null])) };
    try {
      const results = await session.run(feeds, fetches);
      return Object.fromEntries(unplaced.map((name) => [name, results[name]]));
    } catch (error) {
      if (!(error instanceof Error && WRONG_SHAPE.test(error.message))) throw error;
      return session.run(feeds);
    }
  }

  #session(key: string): InferenceSession {
    const session = this.#sessions.get(key);
    if (session === undefined) throw new Error(`Session ${key} is not loaded.`);
    return session;
  }
}
