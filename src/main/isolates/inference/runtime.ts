import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';

/** Tensors of ONNX Runtime by name. */
export type OrtTensors = Readonly<Record<string, Tensor>>;

/** An ONNX Runtime at work for one backend. All throw Error with its text. */
export interface Runtime {
  readonly Tensor: TensorConstructor;
  /** Loads a model, from a file or from bytes, to be run by `threads` threads where it runs on the processor. */
  open(model: string | Uint8Array, threads: number): Promise<InferenceSession>;
  /**
   * Runs a model. `places` are the outputs that shall be written where they lie.
   * @returns the outputs that were not: those without a place, or all of them when one turns out to have another shape
   * than the model file says. Exporters often leave wrong shapes.
   */
  run(session: InferenceSession, feeds: OrtTensors, places: OrtTensors): Promise<OrtTensors>;
}
