import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What comes with Weft beside its code. In a package of the desktop app it lies beside the archive that holds the code:
 * ONNX Runtime and FFmpeg open files by themselves and know nothing of archives.
 */
export const RESOURCES = fileURLToPath(new URL('../../../resources', import.meta.url)).replace(
  /\bapp\.asar(?=[\\/])/,
  'app.asar.unpacked',
);

/** The nodes that come with Weft. */
export const BUNDLED_NODES = fileURLToPath(new URL('../../../nodes', import.meta.url));

/** The folder of a person's own nodes; it need not exist. */
export function homeNodes(): string {
  return join(homedir(), '.weft', 'nodes');
}

/** Folders that `WEFT_NODES` lists, in the form of `PATH`. */
export function listedNodes(environment: NodeJS.ProcessEnv): string[] {
  return (environment.WEFT_NODES ?? '').split(delimiter).filter((folder) => folder !== '');
}

/** Where Weft keeps what it can build again. A relative `XDG_CACHE_HOME` is ignored, as the XDG specification says. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const base = environment.XDG_CACHE_HOME;
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), '.cache'), 'weft');
}
