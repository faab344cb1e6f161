import type { NodeSignature } from '../../shared/node-api/signature.ts';

/**
 * The nodes that have every word of `query` in their type, title, summary or keywords. A query that is the type or id
 * of a node gives that node alone (its newest version, for a type).
 */
export function searchNodes(catalogue: readonly NodeSignature[], query: string): NodeSignature[] {
  const exact = catalogue.findLast((node) => node.id === query || node.type === query);
  if (exact !== undefined) return [exact];
  const words = query.toLowerCase().split(/\s+/);
  return catalogue.filter((node) => {
    const text = [node.type, node.title, node.summary, ...node.keywords].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
