import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, normalize, parse, relative, sep } from 'node:path';
import { readablePath } from '../engine/absolute-path.ts';
import { RESOURCES } from '../registry/folders.ts';

/** Where the relative paths of a graph start; those of a graph that was never saved, in the person's home folder. */
export function baseFolder(folder: string | null): string {
  return folder ?? homedir();
}

/** The folder for what a run writes: beside the graph, but never among what comes with Weft. */
export function outputFolder(folder: string | null): string {
  const own = folder !== null && !`${folder}${sep}`.startsWith(RESOURCES);
  return join(own ? folder : join(homedir(), 'Weft'), 'output');
}

/** Those of the paths, as a graph says them, behind which there is nothing. */
export async function missingFiles(paths: readonly string[], folder: string | null): Promise<string[]> {
  const isMissing = await Promise.all(
    paths.map((path) =>
      access(readablePath(path, baseFolder(folder))).then(
        () => false,
        () => true,
      ),
    ),
  );
  return paths.filter((_, at) => isMissing[at]);
}

/**
 * A path as a graph should say it, so that graph and files can move together: relative where both have more in common
 * than the root of the disk. With `/` on every system.
 */
export function pathForGraph(path: string, folder: string | null): string {
  if (!isAbsolute(path)) return path;
  const whole = normalize(path);
  if (folder === null || haveOnlyRoot(whole, folder)) return whole;
  return relative(folder, whole).split(sep).join('/');
}

function haveOnlyRoot(a: string, b: string): boolean {
  const { root } = parse(a);
  const [first] = a.slice(root.length).split(sep);
  const [other] = b.slice(parse(b).root.length).split(sep);
  return root !== parse(b).root || first !== other;
}
