import { readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { writeFile } from '../engine/write-file.ts';

/** A small JSON file in the state folder, read once and written whole. */
export class StateFile<T> {
  /** Says that the file was damaged and put aside; null when it was not. */
  readonly damage: WeftError | null;
  readonly #path: string;
  #value: T;
  #written: Promise<void> = Promise.resolve();

  private constructor(path: string, value: T, damage: WeftError | null) {
    this.#path = path;
    this.#value = value;
    this.damage = damage;
  }

  /**
   * A file that is damaged is put aside as `FILE.damaged`, and `fallback` stands in for it.
   * @throws E_FILE_READ
   */
  static async open<T>(path: string, schema: z.ZodType<T>, fallback: T): Promise<StateFile<T>> {
    try {
      return new StateFile(path, schema.parse(JSON.parse(await readFile(path, 'utf8'))), null);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return new StateFile(path, fallback, null);
      if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) {
        throw new WeftError('E_FILE_READ', `${path} could not be read: check its rights.`, { cause });
      }
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
