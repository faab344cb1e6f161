import type { GraphBody } from '../document.ts';
import { nodeAt } from './pin-end.ts';

/** Ids of the nodes and of all that come before them (`upstream`) or after them, along wires and `after`. */
export function reach(body: GraphBody, ids: Iterable<string>, direction: 'upstream' | 'downstream'): Set<string> {
  const next = new Map<string, string[]>();
  for (const { from, to } of [...(body.wires ?? []), ...(body.after ?? [])]) {
    const [here, there] = direction === 'downstream' ? [nodeAt(from), nodeAt(to)] : [nodeAt(to), nodeAt(from)];
    const known = next.get(here);
    if (known === undefined) next.set(here, [there]);
    else known.push(there);
  }
  // A set gives what is added to it while it is walked.
  const reached = new Set(ids);
  for (const id of reached) for (const there of next.get(id) ?? []) reached.add(there);
  return reached;
}
