import { createStore } from 'zustand/vanilla';
import { call } from '../connection/host.ts';
import { appStore } from '../state/app-store.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { fileName } from './graph-name.ts';
import { type PathLiteral, pathLiterals } from './path-literals.ts';
import { pickFile } from './pick-file.ts';
import { putPath } from './rebase-paths.ts';

/** Paths of open graphs, by the graph's id, at which nothing lies. */
export const missingFiles = createStore<{ readonly byGraph: ReadonlyMap<string, readonly string[]> }>(() => ({
  byGraph: new Map(),
}));

/** Looks which of the files that a graph reads are there. */
export async function findMissingFiles(graph: OpenGraph): Promise<void> {
  const literals = readPaths(graph);
  const paths = [...new Set(literals.map(({ path }) => path))];
  const missing =
    paths.length === 0
      ? []
      : await call('missingFiles', { folder: graph.store.getState().file?.folder ?? null, paths });
  tell(graph.id, missing);
}

/** Asks where a missing file is now, and puts its new path wherever the old one stands, in one step of history. */
export async function locateFile(graph: OpenGraph, path: string): Promise<void> {
  const found = await pickFile({ mode: 'open', title: `Locate ${fileName(path)}`, suggested: fileName(path) });
  if (found === null) return;
  const folder = graph.store.getState().file?.folder ?? null;
  const relative = await call('relativePath', { folder, path: found });
  graph.editor.edit(`Locate ${fileName(path)}`, (draft) => {
    for (const literal of readPaths(graph)) if (literal.path === path) putPath(draft, literal, relative);
  });
  await findMissingFiles(graph);
}

/** No longer tells that files of a graph are missing. */
export function ignoreMissingFiles(graph: string): void {
  tell(graph, []);
}

function readPaths({ editor }: OpenGraph): PathLiteral[] {
  return pathLiterals(editor.graph, appStore.getState().catalogue).filter(({ access }) => access === 'read');
}

function tell(graph: string, missing: readonly string[]): void {
  missingFiles.setState(({ byGraph }) => {
    const next = new Map(byGraph);
    if (missing.length === 0) next.delete(graph);
    else next.set(graph, missing);
    return { byGraph: next };
  });
}
