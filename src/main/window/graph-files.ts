import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Graph } from '../../shared/graph/document.ts';
import { FORMAT_VERSION, parseGraph } from '../../shared/graph/parse.ts';
import { writeGraph } from '../../shared/graph/write.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { FileVersion, OpenedFile, SaveRequest } from '../../shared/protocol/window-calls.ts';
import { asWriteError } from '../models/write-error.ts';
import type { AllowedFolders } from './allowed-folders.ts';
import { isDroppedFile } from './dropped-files.ts';
import { contentOf, versionOf } from './file-version.ts';
import { realTarget } from './real-target.ts';
import { replaceFile } from './replace-file.ts';
import { isSample } from './samples.ts';
import type { TrustedGraphs } from './trusted-graphs.ts';

export interface SavedGraph {
  readonly path: string;
  readonly folder: string;
  readonly version: FileVersion;
}

/** Far beyond any graph; more would only fill the memory. */
const MOST_BYTES = 2 ** 26;

/** Opens and saves graph files. Nothing in a file is run, fetched or followed. */
export class GraphFiles {
  readonly #allowed: AllowedFolders;
  readonly #trusted: TrustedGraphs;
  readonly #stateFolder: string;
  /** Saves under way, by real path: two windows that save the same file take turns. */
  readonly #saving = new Map<string, Promise<unknown>>();

  constructor(allowed: AllowedFolders, trusted: TrustedGraphs, stateFolder: string) {
    this.#allowed = allowed;
    this.#trusted = trusted;
    this.#stateFolder = stateFolder;
  }

  /** Every way in which a file cannot be opened is among the results. */
  async open(asked: string): Promise<OpenedFile> {
    let path = asked;
    try {
      path = await this.#allowed.check(asked);
      const content = await readGraphFile(path);
      const parsed = parseGraph(new TextDecoder('utf-8', { fatal: true }).decode(content));
      if (parsed.kind !== 'ok') return { kind: parsed.kind, path, problems: parsed.problems };
      const { graph } = parsed;
      const version = versionOf(content);
      return {
        kind: 'ok',
        path,
        folder: dirname(path),
        name: graph.name ?? graphName(path),
        graph,
        version,
        readOnly: isSample(path) || isDroppedFile(this.#stateFolder, path) || !(await isWritable(path)),
        trusted: isSample(path) || (await this.#trusted.has(version)),
      };
    } catch (error) {
      return { ...unopened(path, error), path };
    }
  }

  /**
   * Writes a graph in the place of a file that is still what the window takes it for.
   * @throws E_FILE_CHANGED, E_GRAPH_NEWER, E_FILE_WRITE, E_FILE_FORBIDDEN
   */
  async save({ path: asked, graph, expected, overwrite }: SaveRequest): Promise<SavedGraph> {
    const path = await this.#allowed.check(asked);
    if (graph.weft !== FORMAT_VERSION) throw ofOtherFormat(path, graph);
    const content = Buffer.from(writeGraph(graph));
    const version = versionOf(content);
    try {
      // A link stays one: what it leads to is written.
      const target = await realTarget(path);
      await this.#inTurn(target, () =>
        replaceFile(target, content, () => this.#mayReplace(path, target, expected, overwrite)),
      );
    } catch (error) {
      throw asWriteError(path, error);
    }
    return { path, folder: dirname(path), version };
  }

  async #mayReplace(path: string, target: string, expected: FileVersion | null, overwrite: boolean): Promise<void> {
    if (isSample(target)) {
      throw new WeftError('E_FILE_WRITE', `${path} is a sample that comes with Weft: save it in a folder of your own.`);
    }
    const content = await contentOf(target);
    if (content === null) return;
    const parsed = parseGraph(content.toString());
    if (parsed.kind === 'newer') {
      throw new WeftError(
        'E_GRAPH_NEWER',
        `${path} was written by a newer Weft, and saving would lose what that knows: choose another name.`,
      );
    }
    if (overwrite || versionOf(content) === expected) return;
    const what = expected === null ? 'is there already' : 'has changed since it was opened';
    throw new WeftError('E_FILE_CHANGED', `${path} ${what}: write over it, or choose another name.`);
  }

  async #inTurn<T>(target: string, save: () => Promise<T>): Promise<T> {
    const before = this.#saving.get(target);
    const turn = (async () => {
      // Whether the save before succeeded is told to who asked for it.
      await before?.catch(() => {});
      return save();
    })();
    this.#saving.set(target, turn);
    try {
      return await turn;
    } finally {
      if (this.#saving.get(target) === turn) this.#saving.delete(target);
    }
  }
}

/** What people call a graph that has no name: its file, without `.weft.json`. */
export function graphName(path: string): string {
  return basename(path).replace(/(\.weft)?\.json$/i, '');
}

async function readGraphFile(path: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const entry = await file.stat();
    // A pipe or a device would be read for ever.
    if (!entry.isFile()) throw new NotAGraph(`${path} is no file: open a *.weft.json file.`);
    if (entry.size > MOST_BYTES) {
      const size = Math.ceil(entry.size / 2 ** 20);
      throw new NotAGraph(
        `${path} has ${size} MiB, and no graph has more than ${MOST_BYTES / 2 ** 20}: open another file.`,
      );
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

class NotAGraph extends Error {}

function unopened(path: string, error: unknown) {
  const failed = (kind: 'missing' | 'unreadable' | 'not-weft', message: string) => ({ kind, problems: [{ message }] });
  if (error instanceof NotAGraph) return failed('not-weft', error.message);
  if (error instanceof WeftError) return failed('unreadable', error.message);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return failed('not-weft', `${path} is no UTF-8 text: open a *.weft.json file.`);
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') return failed('missing', `${path} is not there: correct the path.`);
  if (code === 'EISDIR') return failed('not-weft', `${path} is a folder: open a *.weft.json file in it.`);
  return failed('unreadable', `${path} could not be read (${code}): check its rights.`);
}

/** The file is replaced, so its folder must be writable too. */
async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    await access(dirname(await realTarget(path)), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function ofOtherFormat(path: string, { weft }: Graph): WeftError {
  const message = `The graph has format ${weft}, and this Weft writes ${FORMAT_VERSION}, so ${path} was not saved: update Weft.`;
  return new WeftError('E_GRAPH_NEWER', message);
}
