/** A record with some keys set, where undefined removes a key. The keys keep their order. */
export function withKeys<T extends object>(record: T, changes: Partial<T>): T {
  const entries = Object.entries({ ...record, ...changes }).filter(([, value]) => value !== undefined);
  // Only optional keys can have been set to undefined, so what is left is a T.
  return Object.fromEntries(entries) as T;
}

/** The same for a record that is itself left out when it is empty, as `ui` and `params` of a node. */
export function mergeKeys<T extends object>(record: T | undefined, changes: Partial<T>): T | undefined {
  const merged = withKeys<Partial<T>>(record ?? {}, changes);
  return Object.keys(merged).length === 0 ? undefined : (merged as T);
}
