import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { GraphState, OpenGraph } from './graph-store.ts';

/** The canvas, inspector, panels and run controls stand inside one, with the graph of the tab in front. */
export function OpenGraphProvider({ graph, children }: { graph: OpenGraph; children: ReactNode }) {
  return <OpenGraphContext value={graph}>{children}</OpenGraphContext>;
}

export function useOpenGraph(): OpenGraph {
  const graph = useContext(OpenGraphContext);
  if (graph === null) throw new Error('useOpenGraph is called outside of an OpenGraphProvider');
  return graph;
}

/** @param selector at module scope, or memoized; it gives a primitive, or the very same object while nothing changed. */
export function useGraphState<T>(selector: (state: GraphState) => T): T {
  return useStore(useOpenGraph().store, selector);
}

const OpenGraphContext = createContext<OpenGraph | null>(null);
