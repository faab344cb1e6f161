import { call } from '../connection/host.ts';
import { appStore } from '../state/app-store.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { isAbsolutePath, type PathLiteral, pathLiterals } from './path-literals.ts';

/**
 * Lets the paths of a graph mean the same files when the graph goes from one folder into another: one step of history,
 * or none when no path changes.
 * @param from folder that relative paths start from now; null for a graph that was never saved
 */
export async function rebasePaths({ editor }: OpenGraph, from: string | null, to: string): Promise<void> {
  if (from === to) return;
  const literals = pathLiterals(editor.graph, appStore.getState().catalogue).filter(({ access }) => access === 'read');
  const moved = await Promise.all(
    literals.map(async (literal) => {
      const { path } = literal;
      if (!isAbsolutePath(path) && from === null) return { literal, path };
      const absolute = isAbsolutePath(path) ? path : `${from}/${path}`;
      return { literal, path: await call('relativePath', { folder: to, path: absolute }) };
    }),
  );
  editor.edit('Keep paths', (draft) => {
    for (const { literal, path } of moved) putPath(draft, literal, path);
  });
}

type Draft = Parameters<Parameters<OpenGraph['editor']['edit']>[1]>[0];

/** Gives a literal another path, where it still is what it was. */
export function putPath(draft: Draft, literal: PathLiteral, path: string): void {
  draft.body(literal.body).update('nodes', (node) => {
    if (node.id !== literal.node || node.params?.[literal.pin] !== literal.path) return node;
    return { ...node, params: { ...node.params, [literal.pin]: path } };
  });
}
