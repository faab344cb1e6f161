import { Worker } from 'node:worker_threads';
import type { NodeSignature } from '../../shared/node-api/signature.ts';
import { type ErrorReport, WeftError } from '../../shared/node-api/weft-error.ts';
import type { NodeFile } from './node-files.ts';

/** What the indexing thread is given. */
export interface IndexingTask {
  readonly files: readonly NodeFile[];
  /** Folders outside the app. */
  readonly personalFolders: readonly string[];
}

/** What it says of one file: the signature, or why there is none. */
export type IndexingReply =
  | { readonly path: string; readonly digest: string; readonly signature: NodeSignature }
  | { readonly path: string; readonly report: ErrorReport };

/** A file that takes longer to load does not only define a node. */
const PATIENCE_MS = 10_000;

/**
 * Loads node files for their signatures, in a thread of its own: none of their code stays in this one, and a file that
 * never ends or ends its thread costs only itself.
 */
export async function readSignatures(task: IndexingTask, patienceMs = PATIENCE_MS): Promise<IndexingReply[]> {
  const replies: IndexingReply[] = [];
  while (replies.length < task.files.length) {
    const left = task.files.slice(replies.length);
    const [answered, end] = await indexUntilStuck({ ...task, files: left }, patienceMs);
    replies.push(...answered);
    const stuck = left.at(answered.length);
    if (stuck !== undefined) {
      const error = new WeftError('E_NODE_LOAD', `${stuck.path} ${end}; a node file may only define its node.`);
      replies.push({ path: stuck.path, report: error.toReport() });
    }
  }
  return replies;
}

/** The replies, in the order of the files, up to the first file that gives none, and what happened to that one. */
async function indexUntilStuck(
  task: IndexingTask,
  patienceMs: number,
): Promise<[replies: IndexingReply[], end: string]> {
  // What nodes print while they load must not mix with the program's own output.
  const worker = new Worker(new URL('./indexing-thread.ts', import.meta.url), {
    workerData: task,
    stdout: true,
  });
  worker.stdout.pipe(process.stderr, { end: false });
  const replies: IndexingReply[] = [];
  const { promise, resolve } = Promise.withResolvers<string>();
  const giveUp = () => resolve(`did not finish loading within ${patienceMs / 1000} s`);
  let patience = setTimeout(giveUp, patienceMs);
  worker.on('message', (reply: IndexingReply) => {
    replies.push(reply);
    clearTimeout(patience);
    patience = setTimeout(giveUp, patienceMs);
  });
  worker.on('error', (error) => resolve(`stopped its thread with "${error.message}"`));
  worker.on('exit', (code) => resolve(`ended its thread with exit code ${code}`));
  const end = await promise;
  clearTimeout(patience);
  await worker.terminate();
  return [replies, end];
}
