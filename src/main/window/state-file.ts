import { readFile, rename } from 'node:fs/promises';
import type { z } from 'zod';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { writeFile } from '../engine/write-file.ts';

/** A small JSON file in the state folder, read once and written whole. */
export class StateFile<T> {
  /** Why the file was put aside, where it was damaged; the window tells. */
  readonly damage: WeftError | null;
  readonly #path: string;
  #value: T;
  #written: Promise<void> = Promise.resolve();

  private constructor(path: string, value: T, damage: WeftError | null) {
    this.#path = path;
    this.#value = value;
    this.damage = damage;
  }

  /** A file that is damaged is put aside as `FILE.damaged`, and `fallback` stands in for it. */
  static async open<T>(path: string, schema: z.ZodType<T>, fallback: T): Promise<StateFile<T>> {
    try {
      return new StateFile(path, schema.parse(JSON.parse(await readFile(path, 'utf8'))), null);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return new StateFile(path, fallback, null);
      await rename(path, `${path}.damaged`);
      const message = `${path} was damaged and is now ${path}.damaged: Weft goes on without it.`;
      return new StateFile(path, fallback, new WeftError('E_VALUE', message, { cause }));
    }
  }

  get value(): T {
    return this.#value;
  }

  /** The value counts at once; resolves when it is in the file. @throws E_FILE_WRITE */
  set(value: T): Promise<void> {
    this.#value = value;
    const write = () => writeFile(this.#path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
    // Whether the write before succeeded is told to who asked for it.
    this.#written = this.#written.catch(() => {}).then(write);
    return this.#written;
  }
}
