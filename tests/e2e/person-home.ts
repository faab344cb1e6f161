import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EditorOptions } from './editor.ts';

/** A person's folder, with what the editor keeps and their files, and the environment that keeps a host to it. */
export class PersonHome implements AsyncDisposable {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly #isOwn: boolean;

  private constructor(folder: string, { home, nodes, env }: EditorOptions) {
    this.folder = folder;
    this.#isOwn = home === undefined;
    this.env = {
      ...process.env,
      HOME: folder,
      // Whatever a host that is killed leaves there goes with the rest.
      TMPDIR: temporaryIn(folder),
      XDG_CONFIG_HOME: join(folder, 'config'),
      WEFT_STATE: join(folder, 'state'),
      WEFT_MODELS: join(folder, 'models'),
      ...(nodes === undefined ? {} : { WEFT_NODES: nodes }),
      ...env,
    };
  }

  static async make(options: EditorOptions): Promise<PersonHome> {
    const home = new PersonHome(options.home ?? (await mkdtemp(join(tmpdir(), 'weft-e2e-'))), options);
    for (const path of [home.files, temporaryIn(home.folder)]) await mkdir(path, { recursive: true });
    return home;
  }

  get files(): string {
    return join(this.folder, 'files');
  }

  /** The work that windows have not saved; the owner is null once its window has closed. */
  unsaved(): { readonly owner: object | null }[] {
    return this.#backups().map((path) => JSON.parse(readFileSync(path, 'utf8')));
  }

  forgetUnsaved(): void {
    for (const path of this.#backups()) rmSync(path, { force: true });
  }

  #backups(): string[] {
    const folder = join(this.folder, 'state', 'backups');
    if (!existsSync(folder)) return [];
    return readdirSync(folder).flatMap((name) => (name.endsWith('.json') ? join(folder, name) : []));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOwn) await rm(this.folder, { recursive: true, force: true });
  }
}

function temporaryIn(folder: string): string {
  return join(folder, 'temporary');
}
