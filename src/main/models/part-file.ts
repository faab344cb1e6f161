import { type FileHandle, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { asWriteError } from './write-error.ts';

const originForm = z.object({ url: z.string(), validator: z.string().nullable() });

/**
 * What has arrived of a file that is being downloaded: `FILE.part`, with a note beside it of which file at which address
 * it is a part of. It outlives its process, so that the next one goes on from it.
 */
export class PartFile {
  readonly path: string;
  readonly #note: string;

  constructor(file: string) {
    this.path = `${file}.part`;
    this.#note = `${file}.part.json`;
  }

  /** Bytes that are there. */
  async size(): Promise<number> {
    return (await stat(this.path).catch(nullIfMissing))?.size ?? 0;
  }

  /** What the server called the file at `url` that this is a part of; null when there is nothing to go on from. */
  async validator(url: string): Promise<string | null> {
    const text = await readFile(this.#note, 'utf8').catch(nullIfMissing);
    const origin = text === null ? null : readOrigin(text);
    return origin?.url === url ? origin.validator : null;
  }

  /** Begins anew. Emptied before the note is written, so that no bytes ever stand under another file's note. */
  begin(url: string, validator: string | null): Promise<void> {
    return this.#write(async () => {
      await truncate(this.path).catch(nullIfMissing);
      await writeFile(this.#note, JSON.stringify({ url, validator }));
    });
  }

  /** Writes what arrives at `start` and after. */
  append(start: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    return this.#write(async () => {
      await using file = await open(this.path, start === 0 ? 'w' : 'r+');
      let offset = start;
      for await (const chunk of chunks) offset = await writeAll(file, chunk, offset);
      await file.sync();
    });
  }

  async forget(): Promise<void> {
    await rm(this.path, { force: true });
    await rm(this.#note, { force: true });
  }

  /** @throws E_FILE_WRITE when the disk refuses, of which nothing is left then; what else `work` throws passes through */
  async #write(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      const error = asWriteError(this.path, cause);
      if (error !== cause) await this.forget();
      throw error;
    }
  }
}

/** @returns the offset behind the chunk; a nearly full disk takes only a part of it at once */
async function writeAll(file: FileHandle, chunk: Uint8Array, start: number): Promise<number> {
  let done = 0;
  while (done < chunk.length) {
    const { bytesWritten } = await file.write(chunk, done, chunk.length - done, start + done);
    done += bytesWritten;
  }
  return start + done;
}

/** A note that cannot be read says nothing, and the download begins anew. */
function readOrigin(text: string): z.infer<typeof originForm> | undefined {
  try {
    return originForm.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
