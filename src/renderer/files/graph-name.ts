import type { GraphState } from '../state/graph-store.ts';

/** What a tab and the window's title call a graph: its file, or else its own name, or else the one it was opened with. */
export function graphName({ file, graph: { name }, unnamed }: Pick<GraphState, 'file' | 'graph' | 'unnamed'>): string {
  if (file !== null) return fileName(file.path).replace(/\.weft\.json$/i, '');
  return name === undefined || name.trim() === '' ? unnamed : name;
}

/** What a new graph is called until it has a name: `Untitled`, or `Untitled 2` beside one of that name. */
export function freeName(taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'Untitled' : `Untitled ${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** The last part of a path of any system. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** The folder of a path of any system, without the slash at its end. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
}
