import { join } from 'node:path';
import { z } from 'zod';
import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { FileVersion } from '../../shared/protocol/window-calls.ts';
import { StateFile } from './state-file.ts';

/** The newest ones count; older ones are asked about again. */
const MOST = 2000;

/** Which contents of graph files were made on this machine. A file that was changed elsewhere is another one. */
export class TrustedGraphs {
  readonly #file: StateFile<readonly string[]>;

  private constructor(file: StateFile<readonly string[]>) {
    this.#file = file;
  }

  get damage(): WeftError | null {
    return this.#file.damage;
  }

  static async open(stateFolder: string): Promise<TrustedGraphs> {
    return new TrustedGraphs(await StateFile.open(join(stateFolder, 'trusted.json'), z.array(z.string()), []));
  }

  has(version: FileVersion): boolean {
    return this.#file.value.includes(version);
  }

  async add(version: FileVersion): Promise<void> {
    if (this.has(version)) return;
    await this.#file.set([...this.#file.value, version].slice(-MOST));
  }
}
