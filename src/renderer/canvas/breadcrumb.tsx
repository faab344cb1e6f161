import { ChevronRight } from 'lucide-react';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { showTrail } from './open-node.ts';

/** The way from the whole graph to the one that is looked at. Not there at the top. */
export function Breadcrumb() {
  const open = useOpenGraph();
  const graph = useGraphState(graphOf);
  const { trail } = useGraphState(viewOf);
  if (trail.length === 0) return null;
  const names = [graph.name ?? 'Graph', ...trail.map((step) => graph.graphs?.[step.graph]?.name ?? step.graph)];
  return (
    <nav
      aria-label="Way to this graph"
      className="absolute top-2 left-2 z-10 flex h-7 items-center gap-0.5 rounded-control border border-line bg-raised px-1"
    >
      {names.map((name, depth) => (
        // A graph may be on its way twice only by a mistake, and depths are what tells the steps apart.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <span key={depth} className="flex items-center gap-0.5">
          {depth > 0 && <ChevronRight aria-hidden className="size-3.5 text-faint" />}
          <button
            type="button"
            aria-current={depth === trail.length ? 'page' : undefined}
            className="max-w-48 truncate rounded-control px-1.5 leading-5 hover:bg-hover aria-[current]:font-medium"
            onClick={() => showTrail(open, trail.slice(0, depth))}
          >
            {name}
          </button>
        </span>
      ))}
    </nav>
  );
}

const graphOf = ({ graph }: GraphState) => graph;
const viewOf = ({ view }: GraphState) => view;
