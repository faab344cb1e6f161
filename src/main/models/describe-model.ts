import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { DTYPES, type DType } from '../../shared/node-api/tensor.ts';
import type { ModelContents } from '../../shared/protocol/model-inspection.ts';
import type { TensorPort } from '../../shared/types/pin-type.ts';
import { findExternalData } from './external-data.ts';
import { fileDigest } from './file-digest.ts';
import { readModelFile } from './model-file.ts';
import type { OnnxModel, OnnxPort } from './onnx-model.ts';

/** What an ONNX file says of itself, and what tells its content from that of others. */
export interface ModelDescription extends ModelContents {
  /** SHA-256 of the file, hexadecimal; where weights lie in other files, that of the digests of them all. */
  readonly digest: string;
}

/**
 * Reads an ONNX file, whatever its size; weights are hashed but never held.
 * @throws what `readModelContents` throws
 */
export async function describeModel(path: string): Promise<ModelDescription> {
  const contents = await readModelContents(path);
  return { ...contents, digest: await digestOf(contents) };
}

/**
 * The same without the digest: weights are stepped over, so that a large file takes no longer than a small one.
 * @throws E_MODEL_MISSING when it, or a file with its weights, is not there; E_MODEL_LOAD when it is no ONNX model or a
 * damaged one; E_FILE_READ when the system refuses to read it
 */
export async function readModelContents(path: string): Promise<ModelContents> {
  const file = resolve(path);
  const { model, bytes } = await readModelFile(file);
  const inputs = model.inputs.map(portOf);
  const outputs = model.outputs.map(portOf);
  return {
    path: file,
    bytes,
    signature: { inputs: inputs.filter(isCarried), outputs: outputs.filter(isCarried) },
    metadata: Object.fromEntries(model.metadata),
    irVersion: model.irVersion,
    opsets: Object.fromEntries(model.opsets),
    producer: model.producer,
    weights: weightsOf(model),
    externalData: await findExternalData(file, model.externalWeights),
    unsupported: [...inputs, ...outputs].filter(isUnsupported),
    ...operatorsOf(model),
  };
}

type UnsupportedPort = ModelContents['unsupported'][number];

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

function weightsOf({ weights }: OnnxModel): ModelContents['weights'] {
  return Array.from(weights, ([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count);
}

async function digestOf({ path, externalData }: ModelContents): Promise<string> {
  const own = await fileDigest(path);
  if (externalData.length === 0) return own;
  const hash = createHash('sha256').update(own);
  for (const file of externalData) hash.update(await fileDigest(file));
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

function operatorsOf(model: OnnxModel): Pick<ModelContents, 'operators' | 'customOperators'> {
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
