import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { ModelSignature } from '../../shared/types/pin-type.ts';
import { readModelContents } from '../models/describe-model.ts';

/**
 * What a model file takes and gives.
 * @param path absolute
 * @throws E_MODEL_MISSING, E_MODEL_LOAD, E_FILE_READ; E_MODEL_UNSUPPORTED for a model that nobody can run here
 */
export async function readModelSignature(path: string): Promise<ModelSignature> {
  const { signature, unsupported, customOperators } = await readModelContents(path);
  const lacking = [...unsupported.map(({ port, type }) => `${port} (${type})`), ...customOperators];
  if (lacking.length === 0) return signature;
  throw new WeftError(
    'E_MODEL_UNSUPPORTED',
    `${path} cannot be run, for it needs ${lacking.join(', ')}: use another model.`,
  );
}
