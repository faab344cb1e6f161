import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type AvailableBackend, BACKEND_NAMES, type BackendName } from '../../../shared/node-api/backend.ts';

/** By machine, then by model digest. */
const choicesSchema = z.record(z.string(), z.record(z.string(), z.enum(BACKEND_NAMES)));
type Choices = z.infer<typeof choicesSchema>;

/** Which backend is the fastest for a model, measured once for each model and machine and remembered in a file. */
export class FastestBackend {
  readonly #path: string;

  /** `path`: a JSON file that may be deleted at any time; then everything is measured again. */
  constructor(path: string) {
    this.#path = path;
  }

  /**
   * `measure` gives the time of one run, ms, and throws when the model does not run there. A single rival is not
   * measured; when none runs the model it is the first.
   */
  async among(
    rivals: readonly [AvailableBackend, ...AvailableBackend[]],
    digest: string,
    measure: (backend: BackendName) => Promise<number>,
  ): Promise<BackendName> {
    const [first] = rivals;
    if (rivals.length === 1) return first.name;
    // A card that comes or goes makes it another machine.
    const machine = rivals.map(({ name, device }) => `${name}: ${device ?? 'unknown'}`).join(', ');
    const remembered = (await this.#read())[machine]?.[digest];
    if (remembered !== undefined) return remembered;
    let fastest: { name: BackendName; ms: number } | null = null;
    for (const { name } of rivals) {
      // One that cannot run the model is no rival; when none can, loading it says why.
      const ms = await measure(name).catch(() => Number.POSITIVE_INFINITY);
      if (ms < (fastest?.ms ?? Number.POSITIVE_INFINITY)) fastest = { name, ms };
    }
    if (fastest === null) return first.name;
    await this.#remember(machine, digest, fastest.name);
    return fastest.name;
  }

  async #read(): Promise<Choices> {
    try {
      return choicesSchema.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      // Not there yet, or damaged: either way nothing is remembered.
      return {};
    }
  }

  /** Whole or not at all. Of two processes that write at once, one may forget what the other learnt. */
  async #remember(machine: string, digest: string, backend: BackendName): Promise<void> {
    const choices = await this.#read();
    const text = JSON.stringify({ ...choices, [machine]: { ...choices[machine], [digest]: backend } }, null, 1);
    const draft = `${this.#path}.${process.pid}.draft`;
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFile(draft, text);
      await rename(draft, this.#path);
    } catch {
      // A cache folder that cannot be written costs the next engine a measurement, and no run.
      await rm(draft, { force: true }).catch(() => {});
    }
  }
}
