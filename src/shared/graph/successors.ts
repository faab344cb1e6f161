/** Who follows node n: `targets[starts[n]]` up to `targets[starts[n + 1]]`. */
export interface Successors {
  readonly starts: Int32Array;
  readonly targets: Int32Array;
}

/** Edges lead from `from[k]` to `to[k]`. */
export function successorsOf(count: number, from: readonly number[], to: readonly number[]): Successors {
  const starts = new Int32Array(count + 1);
  for (const node of from) starts[node + 1]++;
  for (let node = 0; node < count; node++) starts[node + 1] += starts[node];
  const targets = new Int32Array(from.length);
  const next = starts.slice(0, count);
  from.forEach((node, edge) => {
    targets[next[node]++] = to[edge];
  });
  return { starts, targets };
}
