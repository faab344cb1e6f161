/** What models may run on; `weft backends` tells which of them a machine has. */
export const BACKEND_NAMES = [
  'cpu',
  'webgpu',
  'wasm',
  'directml',
  'cuda',
  'tensorrt',
  'coreml',
  'openvino',
  'npu',
] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];

/** `auto`: the fastest for the model on this machine, by measurement. */
export const BACKEND_CHOICES = ['auto', ...BACKEND_NAMES] as const;
export type BackendChoice = (typeof BACKEND_CHOICES)[number];

export type BackendStatus = AvailableBackend | AbsentBackend;

/** A small model ran on it and gave the right result. */
export interface AvailableBackend {
  readonly name: BackendName;
  readonly available: true;
  /** Name of the processor or the graphics card; null when the system does not tell. */
  readonly device: string | null;
  /** A graphics card played by the processor, such as SwiftShader: right, but slow. */
  readonly software: boolean;
}

export interface AbsentBackend {
  readonly name: BackendName;
  readonly available: false;
  /** Why: a clause, to stand behind a colon. */
  readonly reason: string;
  /** How to get it: a clause that begins with a verb. */
  readonly remedy: string;
  /** What ONNX Runtime said, or how its process ended; null when it was not asked. */
  readonly cause: string | null;
}
