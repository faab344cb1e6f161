import { useCallback } from 'react';
import { formatBytes } from '../previews/format-value.ts';
import { pathInView } from '../state/body-in-view.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';

/** `24.1 items/s, 1.2 MB each` for an output of the last run, or null where nothing is known. */
export function useWireRate(node: string): string | null {
  return useGraphState(useCallback((state) => rateOf(state, node), [node]));
}

function rateOf({ run, view, checked }: GraphState, node: string): string | null {
  const path = pathInView(view, node);
  const known = path === null ? undefined : run.nodes.get(path);
  if (path === null || known === undefined) return null;
  const parts: string[] = [];
  const source = checked.nodes.find(({ id }) => id === path)?.stream ?? -1;
  // A node that begins a stream of its own has the rate of that one.
  const stream = run.streams.get(path) ?? (source < 0 ? undefined : run.streams.get(checked.nodes[source].id));
  if (stream !== undefined) parts.push(`${stream.fps.toFixed(1)} items/s`);
  if (known.bytes !== null && known.bytes > 0) {
    const items = known.items ?? 1;
    parts.push(items > 1 ? `${formatBytes(known.bytes / items)} each` : formatBytes(known.bytes));
  }
  return parts.length === 0 ? null : parts.join(', ');
}
