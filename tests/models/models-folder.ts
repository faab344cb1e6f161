import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CatalogueModel } from '../../src/main/models/catalogue.ts';

/** An empty folder that `WEFT_MODELS` names while it is there. */
export class ModelsFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'weft-models-'));
  readonly #before = process.env.WEFT_MODELS;

  constructor() {
    process.env.WEFT_MODELS = this.path;
  }

  /** Names of the files in it, sorted. */
  get files(): string[] {
    return readdirSync(this.path).sort();
  }

  [Symbol.dispose](): void {
    if (this.#before === undefined) delete process.env.WEFT_MODELS;
    else process.env.WEFT_MODELS = this.#before;
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Bytes that could be a model's: they begin like one, and differ with `seed`. */
export function content(bytes: number, seed = 1): Uint8Array {
  const data = new Uint8Array(bytes);
  let state = seed;
  for (let i = 0; i < bytes; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = state >>> 24;
  }
  data[0] = 8;
  return data;
}

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** A model of the catalogue named `tiny`, of which everything is known. */
export function tiny(url: string, data: Uint8Array, changes: Partial<CatalogueModel> = {}): CatalogueModel {
  const facts = { task: 'test', family: 'test', licence: 'MIT', notes: '' };
  return { name: 'tiny', ...facts, bytes: data.length, sha256: sha256(data), url, ...changes };
}
