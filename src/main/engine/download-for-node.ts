import type { NodeContext } from '../../shared/node-api/context.ts';
import { downloadModel, offeredModel } from '../models/download.ts';

const MEGABYTE = 1e6;

/** Downloads a model for a node that asked for it, and tells of it as the node's own progress and log. */
export async function downloadForNode(name: string, context: NodeContext): Promise<string> {
  const { path, digest, trust } = await downloadModel(offeredModel(name), {
    signal: context.signal,
    progress: (bytes, total) => context.progress(total === undefined ? 0 : bytes / total, `${megabytes(bytes)} MB`),
    waiting: () => context.log('info', `Another process is downloading ${name}: waiting for it.`),
  });
  if (trust === 'first') {
    context.log('warning', `No digest of ${name} was known: that of this first download, ${digest}, was recorded.`);
  }
  return path;
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}
