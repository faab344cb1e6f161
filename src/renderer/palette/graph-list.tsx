import { Boxes, Workflow } from 'lucide-react';
import { GRAPH_TYPE } from '../../shared/graph/document.ts';
import { showTrail } from '../canvas/open-node.ts';
import { NODE_TYPE_FORMAT } from '../canvas/use-drop.ts';
import { bodyNameOf } from '../state/body-in-view.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';

/** The graphs of this document: the whole one, and those that can be used as nodes, by dragging them onto the canvas. */
export function GraphList() {
  const open = useOpenGraph();
  const graph = useGraphState(graphOf);
  const inView = useGraphState(inViewOf);
  const names = Object.keys(graph.graphs ?? {});
  return (
    <section
      aria-label="Graphs of this document"
      className="max-h-40 shrink-0 overflow-y-auto border-line border-t py-1"
    >
      <h2 className="px-3 py-1 font-semibold text-2xs text-dim">Graphs</h2>
      <button
        type="button"
        aria-current={inView === null ? 'true' : undefined}
        className={ROW}
        onClick={() => showTrail(open, [])}
      >
        <Workflow aria-hidden className="size-3.5 shrink-0 text-faint" />
        <span className="truncate">{graph.name ?? 'Whole graph'}</span>
      </button>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          draggable
          aria-current={inView === name ? 'true' : undefined}
          className={`${ROW} cursor-grab`}
          onClick={() => showTrail(open, [{ graph: name, node: null }])}
          onDragStart={({ dataTransfer }) => dataTransfer.setData(NODE_TYPE_FORMAT, `${GRAPH_TYPE}${name}`)}
        >
          <Boxes aria-hidden className="size-3.5 shrink-0 text-faint" />
          <span className="truncate">{graph.graphs?.[name]?.name ?? name}</span>
        </button>
      ))}
      {names.length === 0 && (
        <p className="px-3 py-1 text-faint">
          Select nodes and press Ctrl+G to make a graph that can be used as a node.
        </p>
      )}
    </section>
  );
}

const ROW = 'flex h-6 w-full items-center gap-2 px-3 text-left hover:bg-hover aria-[current]:bg-pressed';
const graphOf = ({ graph }: GraphState) => graph;
const inViewOf = ({ view }: GraphState) => bodyNameOf(view);
