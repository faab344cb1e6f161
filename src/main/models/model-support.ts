import { basename } from 'node:path';
import type { BackendName } from '../../shared/node-api/backend.ts';
import type { ModelContents } from '../../shared/protocol/model-inspection.ts';

/** Why no backend can run a model, as far as its file tells: a sentence; null when nothing stands against it. */
export function refusalOf({ path, unsupported, customOperators }: ModelContents): string | null {
  if (unsupported.length > 0) {
    const { port, type } = unsupported[0];
    return `${basename(path)} has \`${port}\` of type ${type}, which ONNX Runtime for Node cannot carry: export it with a cast to float32 or another common type.`;
  }
  if (customOperators.length > 0) {
    return `${basename(path)} uses the operator ${customOperators[0]}, which ONNX Runtime does not have: export it with standard operators.`;
  }
  return null;
}

/** Why this backend alone cannot load a model. */
export function refusalOn(backend: BackendName, { path, externalData }: ModelContents): string | null {
  if (backend !== 'wasm' || externalData.length === 0) return null;
  return `${basename(path)} keeps its weights in ${basename(externalData[0])}, and wasm takes models of one file only: choose cpu, or save the model as one file.`;
}
