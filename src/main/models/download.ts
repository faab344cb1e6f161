import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { nearestName } from '../../shared/graph/nearest-name.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { type CatalogueModel, catalogue } from './catalogue.ts';
import { fileDigest } from './file-digest.ts';
import { FileLock, LOCK_TIMING, type LockTiming } from './file-lock.ts';
import { catalogueModel, downloadedFile } from './model-names.ts';
import { readRecord, recordFile, writeRecord } from './model-record.ts';
import { PartFile } from './part-file.ts';
import { TRANSFER_TIMING, type TransferTiming, transfer } from './transfer.ts';
import { asWriteError } from './write-error.ts';

export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** How many bytes are there, and how many there will be where that is known. */
  progress?(bytes: number, total: number | undefined): void;
  /** Another process downloads the same model: its result is waited for. */
  waiting?(): void;
  readonly timing?: Partial<TransferTiming & LockTiming>;
}

export interface DownloadedModel {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  /**
   * What vouches for the file: the digest of the catalogue, that of an earlier download, or nothing, so that its digest
   * was recorded for the next time.
   */
  readonly trust: 'catalogue' | 'recorded' | 'first';
}

/**
 * The file of a model of the catalogue, downloaded if it is not there. Where two ask for the same model, one downloads
 * and the other takes what it got. The file is there under its name only when all of it is and its digest is right.
 * @throws E_NETWORK, E_DIGEST, E_FILE_WRITE, the signal's reason
 */
export async function downloadModel(model: CatalogueModel, options: DownloadOptions): Promise<DownloadedModel> {
  const path = downloadedFile(model);
  const timing = { ...TRANSFER_TIMING, ...LOCK_TIMING, ...options.timing };
  try {
    await mkdir(dirname(path), { recursive: true });
    for (;;) {
      const there = await verifiedFile(model, path);
      if (there !== null) return there;
      await using lock = await FileLock.acquire(`${path}.lock`, timing, options.signal, () => options.waiting?.());
      // Whoever held the lock before may have downloaded it.
      if (await exists(path)) continue;
      try {
        return await fetchModel(model, path, {
          ...options,
          timing,
          signal: AbortSignal.any([options.signal, lock.lost]),
        });
      } catch (error) {
        // Taken over by another, it is waited for like any other that downloads.
        if (options.signal.aborted || !lock.lost.aborted) throw error;
      }
    }
  } catch (error) {
    throw asWriteError(path, error);
  }
}

/** The model of a name of the catalogue. @throws E_MODEL_MISSING */
export function offeredModel(name: string): CatalogueModel {
  const model = catalogueModel(name);
  if (model !== undefined) return model;
  const names = catalogue().map((offered) => offered.name);
  const near = nearestName(name, names);
  const todo = near === undefined ? `choose one of ${names.join(', ')}.` : `did you mean ${near}?`;
  throw new WeftError('E_MODEL_MISSING', `The catalogue has no model "${name}": ${todo}`);
}

async function fetchModel(
  model: CatalogueModel,
  path: string,
  { signal, timing, progress }: DownloadOptions & { readonly timing: TransferTiming },
): Promise<DownloadedModel> {
  const { name, url, bytes, rounded } = model;
  const part = new PartFile(path);
  try {
    await transfer(part, {
      name,
      url,
      mostBytes: rounded ? Math.ceil(bytes * ROUNDING) : bytes,
      signal,
      timing,
      progress: (done, total) => progress?.(done, total ?? (rounded ? undefined : bytes)),
    });
    const digest = await fileDigest(part.path);
    const expected = await expectedDigest(model, path);
    if (expected !== null && digest !== expected.digest) throw mismatch(model, digest, expected);
    const size = await part.size();
    await rename(part.path, path);
    await part.forget();
    await writeRecord(path, { name, url, bytes: size, sha256: digest, downloaded: new Date().toISOString() });
    return { path, bytes: size, digest, trust: expected?.trust ?? 'first' };
  } catch (error) {
    if (error instanceof WeftError && error.code === 'E_DIGEST') await part.forget();
    throw error;
  }
}

/** A size given in whole tenths of a megabyte, of either kind, is off by at most this factor. */
const ROUNDING = 1.1;

interface ExpectedDigest {
  readonly digest: string;
  readonly trust: 'catalogue' | 'recorded';
}

async function expectedDigest({ sha256 }: CatalogueModel, path: string): Promise<ExpectedDigest | null> {
  if (sha256 !== null) return { digest: sha256, trust: 'catalogue' };
  const record = await readRecord(path);
  return record && { digest: record.sha256, trust: 'recorded' };
}

/** The model that is there already; null when there is none. @throws E_DIGEST for a file that is not the model */
async function verifiedFile(model: CatalogueModel, path: string): Promise<DownloadedModel | null> {
  const entry = await stat(path).catch(nullIfMissing);
  if (entry === null) return null;
  const record = await readRecord(path);
  const digest = record?.bytes === entry.size ? record.sha256 : await fileDigest(path);
  const expected = await expectedDigest(model, path);
  if (expected !== null && digest !== expected.digest) {
    throw new WeftError(
      'E_DIGEST',
      `${path} has the digest ${digest}, but that of ${model.name} is ${expected.digest}: remove the file with \`weft models remove ${model.name}\`, and download it again.`,
    );
  }
  if (record === null) {
    const { name, url } = model;
    await writeRecord(path, { name, url, bytes: entry.size, sha256: digest, downloaded: entry.mtime.toISOString() });
  }
  return { path, bytes: entry.size, digest, trust: expected?.trust ?? 'first' };
}

function mismatch(model: CatalogueModel, digest: string, { digest: expected, trust }: ExpectedDigest): WeftError {
  const { name, url } = model;
  const [whose, todo] =
    trust === 'catalogue'
      ? ['that of the catalogue is', 'try again later, for the address may lead to another file now']
      : ['the first download had', `delete ${recordFile(downloadedFile(model))} if the new file is the one you want`];
  return new WeftError(
    'E_DIGEST',
    `What ${url} sent for ${name} has the digest ${digest}, but ${whose} ${expected}, so it was deleted: ${todo}.`,
  );
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(nullIfMissing)) !== null;
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
