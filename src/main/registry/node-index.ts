import { hash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import app from '../../../package.json' with { type: 'json' };
import type { NodeSignature } from '../../shared/node-api/signature.ts';
import { stampOf } from './node-files.ts';

/** What is known of a node file while its stamp stays the same. */
export interface IndexedNode {
  readonly stamp: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly digest: string;
  readonly signature: NodeSignature;
}

/** By the path of the node file. */
export type NodeIndex = ReadonlyMap<string, IndexedNode>;

interface IndexDocument {
  /** The Weft whose pin builders gave these signatures. */
  readonly weft: string;
  readonly nodes: readonly (readonly [path: string, node: IndexedNode])[];
}

/**
 * One index for each set of folders. The file's first line is the SHA-256 of the rest, which makes it its own proof of
 * form: an index that is absent, damaged, or by another Weft counts as empty and is built again.
 */
export class NodeIndexFile {
  readonly path: string;
  readonly #weft = weftStamp();

  constructor(cacheFolder: string, nodeFolders: readonly string[]) {
    this.path = join(cacheFolder, `nodes-${sha256(nodeFolders.join('\0')).slice(0, 16)}.index`);
  }

  read(): NodeIndex {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch {
      // Whatever hinders reading is overcome by `write`, or reported there.
      return new Map();
    }
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    if (text.slice(0, end) !== sha256(body)) return new Map();
    const document: IndexDocument = JSON.parse(body);
    return document.weft === this.#weft ? new Map(document.nodes) : new Map();
  }

  /** Replaces the file at once, so that another process reads the old index or the new one, never half of it. */
  write(nodes: NodeIndex): void {
    const document: IndexDocument = { weft: this.#weft, nodes: [...nodes] };
    const body = JSON.stringify(document);
    mkdirSync(dirname(this.path), { recursive: true });
    const draft = `${this.path}.${randomUUID()}`;
    try {
      writeFileSync(draft, `${sha256(body)}\n${body}`);
      renameSync(draft, this.path);
    } finally {
      rmSync(draft, { force: true });
    }
  }
}

/** Signatures are made by the node API, so a change of its source outdates them all. */
function weftStamp(): string {
  const folder = fileURLToPath(new URL('../../shared/node-api', import.meta.url));
  const stamps = readdirSync(folder)
    .sort()
    .map((file) => `${file} ${stampOf(join(folder, file))}`);
  return [app.version, ...stamps].join('\n');
}

export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data);
}
