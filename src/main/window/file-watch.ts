import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { FileVersion } from '../../shared/protocol/window-calls.ts';
import { contentOf, versionOf } from './file-version.ts';
import { realTarget } from './real-target.ts';

/** ms after the last sign of a change: programs that save write in several steps. */
const SETTLE = 100;

interface Watched {
  readonly path: string;
  readonly folder: string;
  readonly name: string;
  /** The version that the window knows; null for none. */
  version: FileVersion | null;
  timer: NodeJS.Timeout | undefined;
}

interface SavedFile {
  readonly path: string;
  readonly version: FileVersion;
}

/** Tells when one of the files that a window has open becomes another, be it written, replaced or removed. */
export class FileWatch {
  readonly #changed: (path: string, version: FileVersion | null) => void;
  readonly #files = new Map<string, Watched>();
  /** A file that is replaced by renaming would be lost to a watcher of the file, not to one of its folder. */
  readonly #folders = new Map<string, FSWatcher>();
  /** Saves of this window under way: what they change is known only when they have ended. */
  #saves = 0;
  #closed = false;

  constructor(changed: (path: string, version: FileVersion | null) => void) {
    this.#changed = changed;
  }

  /** Saves a file of this window, which is no change to be told. */
  async saving<S extends SavedFile>(save: () => Promise<S>): Promise<S> {
    this.#saves++;
    try {
      const saved = await save();
      await this.knows(saved.path, saved.version);
      return saved;
    } finally {
      this.#saves--;
    }
  }

  /** The window has the file open in this version. */
  async knows(path: string, version: FileVersion): Promise<void> {
    const known = this.#files.get(path);
    if (known !== undefined) {
      known.version = version;
      return;
    }
    const target = await realTarget(path);
    if (this.#closed) return;
    const folder = dirname(target);
    this.#files.set(path, { path, folder, name: basename(target), version, timer: undefined });
    if (!this.#folders.has(folder)) this.#watch(folder);
  }

  close(): void {
    this.#closed = true;
    for (const watcher of this.#folders.values()) watcher.close();
    for (const { timer } of this.#files.values()) clearTimeout(timer);
  }

  #watch(folder: string): void {
    const look = (name: string | null) => {
      for (const file of this.#files.values()) {
        if (file.folder === folder && (name === null || name === file.name)) this.#lookSoon(file);
      }
    };
    let watcher: FSWatcher;
    try {
      watcher = watch(folder, { persistent: false }, (_, name) => look(name));
    } catch {
      // Systems watch a limited number of folders. A change is still found when the file is saved.
      return;
    }
    this.#folders.set(folder, watcher);
    watcher.on('error', () => {
      watcher.close();
      this.#folders.delete(folder);
    });
  }

  #lookSoon(file: Watched): void {
    clearTimeout(file.timer);
    file.timer = setTimeout(() => void this.#look(file), SETTLE);
  }

  async #look(file: Watched): Promise<void> {
    if (this.#saves > 0) return this.#lookSoon(file);
    // What cannot be read is, for the window, not there.
    const content = await contentOf(file.path).catch(() => null);
    const version = content === null ? null : versionOf(content);
    if (this.#closed || version === file.version) return;
    file.version = version;
    this.#changed(file.path, version);
  }
}
