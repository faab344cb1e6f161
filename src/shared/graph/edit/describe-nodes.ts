/** `letterbox`, or `3 nodes`. */
export function describeNodes(ids: ReadonlySet<string>): string {
  return ids.size === 1 ? [...ids][0] : `${ids.size} nodes`;
}
