import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { DTYPES, type DType } from '../../shared/node-api/tensor.ts';
import type { ModelSignature, TensorPort } from '../../shared/types/pin-type.ts';
import { findExternalData } from './external-data.ts';
import { fileDigest } from './file-digest.ts';
import { readModelFile } from './model-file.ts';
import type { OnnxModel, OnnxPort } from './onnx-model.ts';

/** All that can be known of a model without loading it. */
export interface ModelDescription {
  /** Absolute. */
  readonly path: string;
  /** Size of the ONNX file, without weights in other files. */
  readonly bytes: number;
  /** SHA-256 of the file, hexadecimal; where weights lie in other files, that of the digests of them all. */
  readonly digest: string;
  /** Inputs that a run needs, and outputs, in the order of the file; without those in `unsupported`. */
  readonly signature: ModelSignature;
  readonly metadata: Readonly<Record<string, string>>;
  /** Version by operator domain; `ai.onnx` is ONNX's own. */
  readonly opsets: Readonly<Record<string, number>>;
  /** Name and version of the program that wrote the file; may be empty. */
  readonly producer: string;
  /** Sorted by name, which has its domain in front (`com.microsoft:FusedConv`) unless it is ONNX's own. */
  readonly operators: readonly { readonly name: string; readonly count: number }[];
  /** Absolute paths of the files with weights, sorted. */
  readonly externalData: readonly string[];
  /** Ports that ONNX Runtime's binding cannot carry. Such a model must not be run: int4 ends the process. */
  readonly unsupported: readonly { readonly port: string; readonly type: string }[];
  /** Names of the operators that ONNX Runtime does not have, as in `operators`. */
  readonly customOperators: readonly string[];
}

/**
 * Reads what an ONNX file says of itself, whatever its size; weights are hashed but never held.
 * @throws E_MODEL_MISSING when it, or a file with its weights, is not there; E_MODEL_LOAD when it is no ONNX model or a
 * damaged one; E_FILE_READ when the system refuses to read it
 */
export async function describeModel(path: string): Promise<ModelDescription> {
  const file = resolve(path);
  const { model, bytes } = await readModelFile(file);
  const externalData = await findExternalData(file, model.externalWeights);
  const inputs = model.inputs.map(portOf);
  const outputs = model.outputs.map(portOf);
  return {
    path: file,
    bytes,
    digest: await digestOf(file, externalData),
    signature: { inputs: inputs.filter(isCarried), outputs: outputs.filter(isCarried) },
    metadata: Object.fromEntries(model.metadata),
    opsets: Object.fromEntries(model.opsets),
    producer: model.producer,
    externalData,
    unsupported: [...inputs, ...outputs].filter(isUnsupported),
    ...operatorsOf(model),
  };
}

type UnsupportedPort = ModelDescription['unsupported'][number];

function portOf({ name, type }: OnnxPort): TensorPort | UnsupportedPort {
  if (type.kind !== 'tensor') return { port: name, type: type.kind };
  return isDType(type.element) ? { name, dtype: type.element, shape: type.shape } : { port: name, type: type.element };
}

function isDType(element: string): element is DType {
  return (DTYPES as readonly string[]).includes(element);
}

function isCarried(port: TensorPort | UnsupportedPort): port is TensorPort {
  return 'dtype' in port;
}

function isUnsupported(port: TensorPort | UnsupportedPort): port is UnsupportedPort {
  return !isCarried(port);
}

async function digestOf(file: string, externalData: readonly string[]): Promise<string> {
  const own = await fileDigest(file);
  if (externalData.length === 0) return own;
  const hash = createHash('sha256').update(own);
  for (const path of externalData) hash.update(await fileDigest(path));
  return hash.digest('hex');
}

/** Operator domains that ONNX Runtime's packages have built in. */
const BUILT_IN_DOMAINS: ReadonlySet<string> = new Set([
  'ai.onnx',
  'ai.onnx.ml',
  'ai.onnx.preview',
  'ai.onnx.training',
  'ai.onnx.preview.training',
  'com.microsoft',
  'com.microsoft.nchwc',
  'com.microsoft.experimental',
  'com.ms.internal.nhwc',
]);

function operatorsOf(model: OnnxModel): Pick<ModelDescription, 'operators' | 'customOperators'> {
  const operators: { name: string; count: number }[] = [];
  const customOperators: string[] = [];
  for (const [domain, types] of model.operators) {
    const custom = !BUILT_IN_DOMAINS.has(domain) && !model.functionDomains.has(domain);
    for (const [type, count] of types) {
      const name = domain === 'ai.onnx' ? type : `${domain}:${type}`;
      operators.push({ name, count });
      if (custom) customOperators.push(name);
    }
  }
  operators.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { operators, customOperators: customOperators.sort() };
}
