import { fileURLToPath } from 'node:url';
import type { EntryPoints } from './spawn.ts';

/** The programs that come with Weft. */
export const ENTRY_POINTS: EntryPoints = {
  inference: fileURLToPath(new URL('./inference/inference-isolate.ts', import.meta.url)),
  media: fileURLToPath(new URL('./media/media-isolate.ts', import.meta.url)),
};
