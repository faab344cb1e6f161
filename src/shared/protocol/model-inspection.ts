import type { BackendName } from '../node-api/backend.ts';
import type { ModelSignature } from '../types/pin-type.ts';

/** What an ONNX file says of itself. */
export interface ModelContents {
  /** Absolute. */
  readonly path: string;
  /** Size of the ONNX file, without weights in other files. */
  readonly bytes: number;
  /** Inputs that a run needs, and outputs, in the order of the file; without those in `unsupported`. */
  readonly signature: ModelSignature;
  readonly metadata: Readonly<Record<string, string>>;
  /** Version of the file's format. */
  readonly irVersion: number;
  /** Version by operator domain; `ai.onnx` is ONNX's own. */
  readonly opsets: Readonly<Record<string, number>>;
  /** Name and version of the program that wrote the file; may be empty. */
  readonly producer: string;
  /** Sorted by name, which has its domain in front (`com.microsoft:FusedConv`) unless it is ONNX's own. */
  readonly operators: readonly { readonly name: string; readonly count: number }[];
  /** How many numbers its weights are, by ONNX's element type; the most first. */
  readonly weights: readonly { readonly type: string; readonly count: number }[];
  /** Absolute paths of the files with weights, sorted. */
  readonly externalData: readonly string[];
  /** Ports that ONNX Runtime's binding cannot carry. Such a model must not be run: int4 ends the process. */
  readonly unsupported: readonly { readonly port: string; readonly type: string }[];
  /** Names of the operators that ONNX Runtime does not have, as in `operators`. */
  readonly customOperators: readonly string[];
}

/** What models are for that Weft has a sample graph for. */
export const MODEL_TASKS = ['detect', 'segment', 'keypoints', 'classify', 'upscale'] as const;
export type ModelTask = (typeof MODEL_TASKS)[number];

/** What a model is for, told by the form of its inputs and outputs. */
export interface ModelPurpose {
  /** Null when nothing that Weft knows has this form. */
  readonly task: ModelTask | null;
  /** Name of its family of detection models, as the pin `family` has it; null for other tasks. */
  readonly family: string | null;
  /** Why it is taken for that, or what is missing: a sentence. */
  readonly reason: string;
}

/** What a person sees of a model. */
export interface ModelInspection extends ModelContents {
  readonly purpose: ModelPurpose;
  /** Backends that cannot run it, whatever the machine, and why: a sentence. */
  readonly refusals: readonly { readonly backend: BackendName; readonly reason: string }[];
}
