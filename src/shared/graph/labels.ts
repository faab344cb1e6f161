/**
 * What sentences call the nodes of a graph: their titles, with the id where several have the same. Counted only when a
 * first sentence is needed, for most graphs have no mistakes.
 */
export function labelsOf<N>(nodes: readonly N[], titleOf: (node: N) => string, idOf: (node: N) => string) {
  let counts: Map<string, number> | undefined;
  return (index: number): string => {
    if (counts === undefined) {
      counts = new Map();
      for (const node of nodes) counts.set(titleOf(node), (counts.get(titleOf(node)) ?? 0) + 1);
    }
    const title = titleOf(nodes[index]);
    return counts.get(title) === 1 ? title : `${title} (${idOf(nodes[index])})`;
  };
}

/** `a, b and c`; `none` for nothing. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
