import { access, rm } from 'node:fs/promises';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { CatalogueModel } from './catalogue.ts';
import { downloadedFile, missingModel } from './model-names.ts';
import { recordFile } from './model-record.ts';
import { PartFile } from './part-file.ts';
import { asWriteError } from './write-error.ts';

/**
 * Deletes a downloaded model, and what is there of one. Where the catalogue has no digest the recorded one stays: the
 * next download is compared with it.
 * @returns the file that was deleted
 * @throws E_MODEL_MISSING when there is nothing; E_FILE_WRITE
 */
export async function removeModel(model: CatalogueModel): Promise<string> {
  const path = downloadedFile(model);
  const part = new PartFile(path);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere && (await part.size()) === 0) throw new WeftError('E_MODEL_MISSING', missingModel(path));
  try {
    await rm(path, { force: true });
    await part.forget();
    if (model.sha256 !== null) await rm(recordFile(path), { force: true });
  } catch (error) {
    throw asWriteError(path, error);
  }
  return path;
}
