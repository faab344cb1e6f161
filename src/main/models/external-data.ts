import { stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { ExternalWeights } from './onnx-model.ts';

/**
 * Absolute paths, sorted, of the files in which a model keeps weights. A model is not trusted: a file outside its own
 * folder is refused before anything looks at it.
 * @throws E_MODEL_LOAD, E_MODEL_MISSING
 */
export async function findExternalData(model: string, weights: readonly ExternalWeights[]): Promise<readonly string[]> {
  const folder = dirname(model);
  const needed = new Map<string, number>();
  for (const { location, offset, bytes } of weights) {
    if (!isInside(folder, location)) {
      throw new WeftError(
        'E_MODEL_LOAD',
        `${basename(model)} keeps weights in ${location}, outside its folder: export it again with its weights beside it.`,
      );
    }
    const path = resolve(folder, location);
    needed.set(path, Math.max(needed.get(path) ?? 0, offset + (bytes ?? 0)));
  }
  for (const [path, bytes] of needed) await checkFile(model, path, bytes);
  return [...needed.keys()].sort();
}

function isInside(folder: string, location: string): boolean {
  const path = relative(folder, resolve(folder, location));
  return path !== '' && path.split(sep)[0] !== '..' && !isAbsolute(path);
}

async function checkFile(model: string, path: string, needed: number): Promise<void> {
  const entry = await stat(path).catch((cause) => {
    throw new WeftError(
      'E_MODEL_MISSING',
      `${basename(model)} keeps its weights in ${basename(path)}, which is not in its folder: put that file beside it.`,
      { cause },
    );
  });
  if (!entry.isFile()) {
    throw new WeftError(
      'E_MODEL_LOAD',
      `${basename(model)} keeps its weights in ${basename(path)}, which is not a file: put the file of weights there.`,
    );
  }
  if (entry.size < needed) {
    throw new WeftError(
      'E_MODEL_LOAD',
      `${basename(path)}, the weights of ${basename(model)}, is cut off (${entry.size} of ${needed} bytes): download it again.`,
    );
  }
}
