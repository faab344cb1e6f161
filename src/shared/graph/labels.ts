/**
 * What sentences call the nodes of a graph: their titles, with the id where several have the same. Counted only when a
 * first sentence is needed, for most graphs have no mistakes.
 */
export function labelsOf(nodes: readonly { readonly id: string; readonly title: string }[]): (index: number) => string {
  let counts: Map<string, number> | undefined;
  return (index) => {
    counts ??= nodes.reduce((map, { title }) => map.set(title, (map.get(title) ?? 0) + 1), new Map<string, number>());
    const { id, title } = nodes[index];
    return counts.get(title) === 1 ? title : `${title} (${id})`;
  };
}

/** `a, b and c`; `none` for nothing. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
