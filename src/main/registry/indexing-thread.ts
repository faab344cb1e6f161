import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { IndexingReply, IndexingTask } from './indexing.ts';
import type { NodeFile } from './node-files.ts';
import { checkedSignature } from './node-form.ts';
import { allowImportsFrom, importNodeFile } from './node-import.ts';
import { sha256 } from './node-index.ts';

const { files, personalFolders }: IndexingTask = workerData;
allowImportsFrom(personalFolders);
for (const file of files) parentPort?.postMessage(await indexed(file));

async function indexed(file: NodeFile): Promise<IndexingReply> {
  try {
    const digest = sha256(await readFile(file.path));
    return { path: file.path, digest, signature: checkedSignature(await importNodeFile(file.path, file.stamp), file) };
  } catch (error) {
    return { path: file.path, report: loadFailure(file.path, error).toReport() };
  }
}

function loadFailure(path: string, error: unknown): WeftError {
  if (error instanceof WeftError) return error;
  const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return new WeftError('E_NODE_LOAD', `${path} could not be loaded: ${reason}.`, { cause: error });
}
