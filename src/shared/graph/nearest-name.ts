/**
 * The name among `names` that a mistyped one most likely stands for; undefined when none is near. Near is at most a
 * third of its letters wrong (Levenshtein distance). Looks at the first thousand names only, for a large graph may have
 * as many mistakes as names.
 */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let best = Math.floor(Math.max(name.length, 3) / 3) + 1;
  let looked = 0;
  for (const candidate of names) {
    if (looked++ === 1000) break;
    if (Math.abs(candidate.length - name.length) >= best) continue;
    const distance = editDistance(name, candidate);
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** The same for types of nodes, `category/name@version`: only the name is compared, within the category. */
export function nearestType(type: string, types: Iterable<string>): string | undefined {
  const { category, name } = partsOf(type);
  const byName = new Map<string, string>();
  for (const candidate of types) {
    const parts = partsOf(candidate);
    if (parts.category === category) byName.set(parts.name, candidate);
  }
  const near = nearestName(name, byName.keys());
  return near === undefined ? undefined : byName.get(near);
}

function partsOf(type: string): { category: string; name: string } {
  const [path] = type.split('@');
  const slash = path.indexOf('/');
  return { category: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
