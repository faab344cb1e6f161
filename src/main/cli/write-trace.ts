import { chromeTrace } from '../../shared/profile/chrome-trace.ts';
import type { EngineHost } from '../engine/host.ts';
import { writeFile } from '../engine/write-file.ts';

/**
 * Writes when the nodes of a run were at work, as Perfetto and chrome://tracing read it.
 * @throws E_FILE_WRITE; E_VALUE when the engine that knew of it had to be stopped
 */
export async function writeTrace(host: EngineHost, run: string, graph: string, path: string): Promise<void> {
  const trace = chromeTrace(graph, await host.runProfile(run));
  await writeFile(path, new TextEncoder().encode(JSON.stringify(trace)));
}
