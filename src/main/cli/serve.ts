import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { EngineHost } from '../engine/host.ts';
import { RESOURCES } from '../registry/folders.ts';
import { isLoopback } from '../server/addresses.ts';
import { openInBrowser } from '../server/open-in-browser.ts';
import { BUILT_PAGE } from '../server/page-files.ts';
import { WindowServer } from '../server/server.ts';
import { AllowedFolders } from '../window/allowed-folders.ts';
import { droppedFilesFolder } from '../window/dropped-files.ts';
import { stateFolder } from '../window/state-folder.ts';
import { Workspace } from '../window/workspace.ts';
import { onInterrupt } from './interrupt.ts';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly open?: true;
  readonly allow: readonly string[];
}

/** `weft serve`: the editor for browsers, until it is interrupted. `page` is the folder of the built page. */
export async function serve(graph: string | undefined, options: ServeOptions, page = BUILT_PAGE): Promise<number> {
  const state = stateFolder(process.env);
  const openFirst = graph === undefined ? [] : [resolve(graph)];
  const roots = [homedir(), process.cwd(), ...options.allow, ...openFirst.map(dirname), RESOURCES];
  const workspace = await Workspace.open({
    host: 'server',
    stateFolder: state,
    allowed: AllowedFolders.only(roots, [droppedFilesFolder(state)]),
    openFirst,
    startEngine: (settings) => new EngineHost(settings),
  });
  const { host, port } = options;
  const server = await WindowServer.open({ workspace, page, host, port }).catch(async (error) => {
    await workspace.close();
    throw error;
  });
  const interrupted = Promise.withResolvers<void>();
  using _ = onInterrupt(() => interrupted.resolve());
  const [first, ...others] = server.urls;
  process.stdout.write(`The editor is at ${first}\n`);
  if (!isLoopback(host)) for (const url of others) process.stdout.write(`            or at ${url}\n`);
  process.stdout.write('Ctrl-C ends it. Whoever has the address can use it.\n');
  if (options.open) openInBrowser(first);
  await interrupted.promise;
  await server.close();
  return 0;
}
