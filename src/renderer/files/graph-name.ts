import type { GraphFile } from '../state/graph-store.ts';

/** What a tab and the window's title call a graph: its file, or else its own name. */
export function graphName(file: GraphFile | null, name: string | undefined): string {
  if (file !== null) return fileName(file.path).replace(/\.weft\.json$/i, '');
  return name === undefined || name.trim() === '' ? 'Untitled' : name;
}

/** The last part of a path of any system. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** The folder of a path of any system, without the slash at its end. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
}
