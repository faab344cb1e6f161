import type { InferenceSession } from 'onnxruntime-node';
import type { OrtTensors, Runtime } from './runtime.ts';

/** The models that an isolate has loaded, by the key that the engine gave them. All throw Error with ONNX Runtime's text. */
export class Sessions {
  readonly runtime: Runtime;
  readonly #sessions = new Map<string, InferenceSession>();

  constructor(runtime: Runtime) {
    this.runtime = runtime;
  }

  async load(key: string, path: string, threads: number): Promise<void> {
    this.#sessions.set(key, await this.runtime.open(path, threads));
  }

  async unload(key: string): Promise<void> {
    await this.#session(key).release();
    this.#sessions.delete(key);
  }

  /** See `Runtime.run`. */
  run(key: string, feeds: OrtTensors, places: OrtTensors): Promise<OrtTensors> {
    return this.runtime.run(this.#session(key), feeds, places);
  }

  #session(key: string): InferenceSession {
    const session = this.#sessions.get(key);
    if (session === undefined) throw new Error(`Session ${key} is not loaded.`);
    return session;
  }
}
