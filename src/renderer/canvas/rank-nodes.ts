import type { NodeSignature } from '../../shared/node-api/signature.ts';

/**
 * The node types that a search means, best first: by how well the title fits, then the type's own name, keywords and
 * summary; those used lately come first among equals. Every word has to be found.
 * @param recent ids of types, the newest first
 */
export function rankNodes(
  query: string,
  signatures: readonly NodeSignature[],
  recent: readonly string[],
): NodeSignature[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const scored = signatures.flatMap((signature) => {
    const scores = words.map((word) => scoreOf(word, signature));
    if (scores.includes(0)) return [];
    const place = recent.indexOf(signature.id);
    const bonus = place < 0 ? 0 : 1 - place / recent.length;
    return [{ signature, score: scores.reduce((sum, score) => sum + score, bonus) }];
  });
  return scored
    .toSorted((a, b) => b.score - a.score || a.signature.title.localeCompare(b.signature.title))
    .map(({ signature }) => signature);
}

/** 0 where the word is not found. A fit in a better place outweighs any bonus. */
function scoreOf(word: string, { title, type, keywords, summary }: NodeSignature): number {
  const name = title.toLowerCase();
  if (name === word) return 64;
  if (name.startsWith(word)) return 32;
  if (name.split(/[\s-]+/).some((part) => part.startsWith(word))) return 24;
  if (type.split(/[/-]/).some((part) => part.startsWith(word))) return 16;
  if (keywords.some((keyword) => keyword.toLowerCase().startsWith(word))) return 12;
  if (name.includes(word) || type.includes(word)) return 8;
  if (keywords.some((keyword) => keyword.toLowerCase().includes(word))) return 4;
  return summary.toLowerCase().includes(word) ? 2 : 0;
}
