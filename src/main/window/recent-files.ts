import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { RecentFile } from '../../shared/protocol/window-calls.ts';
import { graphName } from './graph-files.ts';
import { StateFile } from './state-file.ts';

const MOST = 30;

const form = z.array(z.object({ path: z.string(), openedAt: z.number() }));

/** The graph files that were opened or saved last, newest first. */
export class RecentFiles {
  readonly #file: StateFile<z.infer<typeof form>>;

  private constructor(file: StateFile<z.infer<typeof form>>) {
    this.#file = file;
  }

  get damage(): WeftError | null {
    return this.#file.damage;
  }

  static async open(stateFolder: string): Promise<RecentFiles> {
    return new RecentFiles(await StateFile.open(join(stateFolder, 'recent.json'), form, []));
  }

  list(): Promise<RecentFile[]> {
    return Promise.all(
      this.#file.value.map(async ({ path, openedAt }) => {
        const missing = await access(path).then(
          () => false,
          () => true,
        );
        return { path, name: graphName(path), openedAt, missing };
      }),
    );
  }

  add(path: string): Promise<void> {
    return this.#file.set([{ path, openedAt: Date.now() }, ...this.#without(path)].slice(0, MOST));
  }

  forget(path: string): Promise<void> {
    return this.#file.set(this.#without(path));
  }

  #without(path: string) {
    return this.#file.value.filter((recent) => recent.path !== path);
  }
}
