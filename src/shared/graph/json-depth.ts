/** Whether objects and lists stand inside each other more than `limit` times. Values of any depth may be asked about. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    const next: unknown[] = [];
    for (const element of level) {
      if (typeof element !== 'object' || element === null) continue;
      for (const child of Object.values(element)) if (typeof child === 'object' && child !== null) next.push(child);
    }
    level = next;
  }
  return false;
}
