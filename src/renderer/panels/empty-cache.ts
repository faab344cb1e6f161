import { notify } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { formatBytes } from '../previews/format-value.ts';

/** Lets go of all results that are kept for later runs. */
export async function emptyCache(): Promise<void> {
  const { bytes } = await call('emptyCache');
  notify({ tone: 'done', sentence: `The cache is empty: ${formatBytes(bytes)} were freed.` });
}
