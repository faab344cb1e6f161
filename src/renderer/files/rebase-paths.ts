import type { Graph } from '../../shared/graph/document.ts';
import type { GraphDraft } from '../../shared/graph/edit/graph-draft.ts';
import { call } from '../connection/host.ts';
import { appStore } from '../state/app-store.ts';
import { isAbsolutePath, type PathLiteral, pathLiterals } from './path-literals.ts';

/**
 * The change by which the paths of a graph mean the same files when the graph goes from one folder into another.
 * @param from folder that relative paths start from now; null for a graph that was never saved
 */
export async function rebasePaths(graph: Graph, from: string | null, to: string): Promise<(draft: GraphDraft) => void> {
  if (from === to) return () => {};
  const literals = pathLiterals(graph, appStore.getState().catalogue).filter(({ access }) => access === 'read');
  const moved = await Promise.all(
    literals.map(async (literal) => {
      const { path } = literal;
      if (!isAbsolutePath(path) && from === null) return { literal, path };
      const absolute = isAbsolutePath(path) ? path : `${from}/${path}`;
      return { literal, path: await call('relativePath', { folder: to, path: absolute }) };
    }),
  );
  return (draft) => {
    for (const { literal, path } of moved) putPath(draft, literal, path);
  };
}

/** Gives a literal another path, where it still is what it was. */
export function putPath(draft: GraphDraft, literal: PathLiteral, path: string): void {
  draft.body(literal.body).update('nodes', (node) => {
    if (node.id !== literal.node || node.params?.[literal.pin] !== literal.path) return node;
    return { ...node, params: { ...node.params, [literal.pin]: path } };
  });
}
