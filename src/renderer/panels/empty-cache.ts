import { createStore } from 'zustand/vanilla';
import { notify } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { formatBytes } from '../previews/format-value.ts';

/** How often the cache was emptied from this window: whoever shows what it holds asks again. */
export const emptied = createStore(() => ({ times: 0 }));

/** Lets go of all results that are kept for later runs. */
export async function emptyCache(): Promise<void> {
  const { bytes } = await call('emptyCache');
  emptied.setState(({ times }) => ({ times: times + 1 }));
  notify({ tone: 'done', sentence: `The cache is empty: ${formatBytes(bytes)} were freed.` });
}
