import type { GraphNode } from '../../shared/graph/document.ts';

/** Ids of the nodes whose title, id or type has all words of a query, in the order of the file. */
export function findNodes(query: string, nodes: readonly GraphNode[]): string[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return nodes.flatMap(({ id, type, ui }) => {
    const text = `${ui?.title ?? ''} ${id} ${type}`.toLowerCase();
    return words.every((word) => text.includes(word)) ? [id] : [];
  });
}
