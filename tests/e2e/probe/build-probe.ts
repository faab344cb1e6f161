import { join } from 'node:path';
import { build } from 'vite';

/** Builds the script that measures inside of pages. Gives its path, for `addInitScript`. */
export async function buildProbe(folder: string): Promise<string> {
  const name = 'probe.js';
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: false,
      lib: { entry: join(import.meta.dirname, 'probe.ts'), formats: ['iife'], name: 'weftProbe', fileName: () => name },
    },
  });
  return join(folder, name);
}
