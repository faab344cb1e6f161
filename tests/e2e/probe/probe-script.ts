import { join } from 'node:path';
import { build, type Rolldown } from 'vite';

/** A script that measures inside of pages, for `addInitScript`: this file of the folder, with what it imports. */
export async function probeScript(entry: 'probe.ts' | 'live-probe.ts' = 'probe.ts'): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, entry), formats: ['iife'], name: 'weftProbe' },
    },
  });
  const [{ output }] = built as Rolldown.RolldownOutput[];
  return output[0].code;
}
