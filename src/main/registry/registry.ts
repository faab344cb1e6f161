import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import type { NodeDefinition } from '../../shared/node-api/define-node.ts';
import type { NodeSignature } from '../../shared/node-api/signature.ts';
import { type ErrorReport, WeftError } from '../../shared/node-api/weft-error.ts';
import { BUNDLED_NODES, cacheFolder, homeNodes, listedNodes } from './folders.ts';
import { findNodeFiles, type NodeFile, stampOf } from './node-files.ts';
import { allowImportsFrom, importNodeFile } from './node-import.ts';
import { type IndexedNode, type NodeIndex, NodeIndexFile } from './node-index.ts';

/** A node that does not come with Weft: what a cache key must name beside its type and version. */
export interface NodeOrigin {
  /** Absolute path of its file. */
  readonly path: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly digest: string;
}

/** A file or folder that gives no nodes though it should. */
export interface RegistryProblem {
  readonly path: string;
  /** `category/name` that the file should define; absent for folders. */
  readonly type?: string;
  readonly report: ErrorReport;
}

export interface RegistryOptions {
  /** Folders of a person's own nodes beside the bundled ones; by default those of `WEFT_NODES` and `~/.weft/nodes`. */
  readonly folders?: readonly string[];
  /** Where the index lies; by default Weft's cache folder. */
  readonly cache?: string;
}

interface KnownNode {
  readonly file: NodeFile;
  readonly indexed: IndexedNode;
  readonly bundled: boolean;
}

/** All nodes that are installed. Knowing them loads none of their code; `load` does, for one node. */
export class Registry {
  /** What was found and cannot be used; the other nodes are not affected. */
  readonly problems: readonly RegistryProblem[];
  readonly #nodes: ReadonlyMap<string, KnownNode>;
  readonly #loading = new Map<string, Promise<NodeDefinition>>();

  private constructor(nodes: ReadonlyMap<string, KnownNode>, problems: readonly RegistryProblem[]) {
    this.#nodes = nodes;
    this.problems = problems;
  }

  static async open(options: RegistryOptions = {}): Promise<Registry> {
    const problems: RegistryProblem[] = [];
    const folders = personalFolders(options.folders, problems);
    const personal = folders.flatMap((folder) => filesIn(folder, problems));
    // A file may be a symbolic link to one elsewhere, and then that is where Node says it lies.
    const importedFrom = [...new Set([...folders, ...personal.map(({ path }) => dirname(path))])];
    if (personal.length > 0) allowImportsFrom(importedFrom);
    const files = [...findNodeFiles(BUNDLED_NODES), ...personal];
    const index = new NodeIndexFile(options.cache ?? cacheFolder(process.env), [BUNDLED_NODES, ...folders]);
    const indexed = await upToDate(index, files, importedFrom, problems);
    const nodes = new Map<string, KnownNode>();
    for (const file of files) {
      const entry = indexed.get(file.path);
      if (entry === undefined) continue;
      const { id } = entry.signature;
      const first = nodes.get(id)?.file.path;
      if (first === undefined) {
        nodes.set(id, { file, indexed: entry, bundled: !personal.includes(file) });
      } else {
        const error = new WeftError('E_NODE_LOAD', `${file.path} defines ${id} like ${first}; rename one of them.`);
        problems.push({ path: file.path, report: error.toReport() });
      }
    }
    return new Registry(nodes, problems);
  }

  /** `id` is `category/name@version`. */
  signature(id: string): NodeSignature | undefined {
    return this.#nodes.get(id)?.indexed.signature;
  }

  /** Why a node whose file is there cannot be used; undefined when there is no such file. */
  failure(id: string): ErrorReport | undefined {
    const type = id.slice(0, id.lastIndexOf('@'));
    return this.problems.find((problem) => problem.type === type)?.report;
  }

  /** Every node that can be used, sorted by type and version. */
  catalogue(): NodeSignature[] {
    return [...this.#nodes.values()]
      .map((node) => node.indexed.signature)
      .sort((a, b) => (a.type === b.type ? a.version - b.version : a.type < b.type ? -1 : 1));
  }

  /** Null for the nodes that come with Weft. */
  origin(id: string): NodeOrigin | null {
    const node = this.#nodes.get(id);
    return node === undefined || node.bundled ? null : { path: node.file.path, digest: node.indexed.digest };
  }

  /**
   * The node's code, imported when it is first asked for.
   * @throws E_NODE_UNKNOWN, E_NODE_LOAD
   */
  load(id: string): Promise<NodeDefinition> {
    let loading = this.#loading.get(id);
    if (loading === undefined) {
      loading = this.#import(id);
      this.#loading.set(id, loading);
    }
    return loading;
  }

  async #import(id: string): Promise<NodeDefinition> {
    const known = this.#nodes.get(id);
    if (known === undefined) {
      const failure = this.failure(id);
      if (failure !== undefined) throw WeftError.fromReport(failure);
      throw new WeftError('E_NODE_UNKNOWN', `There is no node ${id}; see what \`weft nodes\` lists.`);
    }
    const { path, stamp } = known.file;
    try {
      if (stampOf(path) !== stamp) throw new Error('it changed while Weft was running');
      // Sound: the index says that this very file defines a node, checked in every part.
      return (await importNodeFile(path, stamp)) as NodeDefinition;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
      throw new WeftError('E_NODE_LOAD', `${path} could not be loaded (${reason}); correct it or start again.`, {
        cause,
      });
    }
  }
}

/** The folders that are there, without symbolic links, as Node names the modules in them. */
function personalFolders(chosen: readonly string[] | undefined, problems: RegistryProblem[]): string[] {
  const asked = chosen ?? listedNodes(process.env);
  for (const path of asked.filter((folder) => !existsSync(folder))) {
    const error = new WeftError('E_FILE_MISSING', `The node folder ${path} is not there; correct the path.`);
    problems.push({ path, report: error.toReport() });
  }
  const folders = chosen === undefined ? [...asked, homeNodes()] : asked;
  return [...new Set(folders.filter((folder) => existsSync(folder)).map((folder) => realpathSync(folder)))];
}

function filesIn(folder: string, problems: RegistryProblem[]): NodeFile[] {
  try {
    return findNodeFiles(folder);
  } catch (cause) {
    const error = new WeftError('E_FILE_READ', `The node folder ${folder} could not be read; check it.`, { cause });
    problems.push({ path: folder, report: error.toReport() });
    return [];
  }
}

/** The index with every file in it that defines a node, brought up to date with the files. */
async function upToDate(
  indexFile: NodeIndexFile,
  files: readonly NodeFile[],
  personalFolders: readonly string[],
  problems: RegistryProblem[],
): Promise<NodeIndex> {
  const index = indexFile.read();
  const changed = files.filter((file) => index.get(file.path)?.stamp !== file.stamp);
  if (changed.length === 0) return index;
  const { readSignatures } = await import('./indexing.ts');
  const replies = await readSignatures({ files: changed, personalFolders });
  const fresh = new Map<string, IndexedNode>();
  const byPath = new Map(replies.map((reply) => [reply.path, reply]));
  for (const file of files) {
    const reply = byPath.get(file.path);
    const entry = index.get(file.path);
    if (reply === undefined && entry !== undefined) fresh.set(file.path, entry);
    else if (reply !== undefined && 'signature' in reply) {
      fresh.set(file.path, { stamp: file.stamp, digest: reply.digest, signature: reply.signature });
    } else if (reply !== undefined) problems.push({ path: file.path, type: file.type, report: reply.report });
  }
  try {
    indexFile.write(fresh);
  } catch (cause) {
    const what = `The node index ${indexFile.path} could not be written; check the rights of its folder.`;
    problems.push({ path: indexFile.path, report: new WeftError('E_FILE_WRITE', what, { cause }).toReport() });
  }
  return fresh;
}
