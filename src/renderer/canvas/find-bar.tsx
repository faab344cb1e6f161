import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useState } from 'react';
import { announce } from '../announce/announce.ts';
import { bodyInView } from '../state/body-in-view.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { NO_SELECTION } from '../state/selection.ts';
import { IconButton } from '../ui/button.tsx';
import { findNodes } from './find-nodes.ts';
import { focusNode } from './focus-node.ts';
import { bringIntoView } from './show-in-view.ts';
import { stage, useStage } from './stage.ts';

/** Finds nodes of this graph by title, id or type, and goes from one to the next. */
export function FindBar() {
  const isFinding = useStage(({ isFinding }) => isFinding);
  return isFinding ? <OpenFindBar /> : null;
}

function OpenFindBar() {
  const open = useOpenGraph();
  const graph = useGraphState(graphOf);
  const view = useGraphState(viewOf);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = findNodes(query, bodyInView(graph, view).nodes);

  const show = (ids: readonly string[], index: number) => {
    const id = ids[index];
    if (id === undefined) return;
    setAt(index);
    open.store.setState({ selection: { ...NO_SELECTION, nodes: new Set([id]) } });
    bringIntoView([id]);
    announce(`${id}, ${index + 1} of ${ids.length}.`);
  };
  const step = (by: 1 | -1) => found.length > 0 && show(found, (at + by + found.length) % found.length);
  const close = () => {
    stage.setState({ isFinding: false });
    const id = found[at];
    if (id !== undefined) focusNode(id);
  };
  return (
    <search className="absolute top-2 right-2 z-10 flex h-8 items-center gap-1 rounded-control border border-line bg-raised px-1.5 shadow-raised">
      <input
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to find something
        autoFocus
        aria-label="Find in this graph"
        placeholder="Find a node"
        value={query}
        className="h-6 w-44 rounded-control bg-inset px-2"
        onChange={(event) => {
          setQuery(event.target.value);
          show(findNodes(event.target.value, bodyInView(graph, view).nodes), 0);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') close();
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
        }}
      />
      <output className="w-14 text-right text-dim tabular">
        {query === '' ? '' : found.length === 0 ? 'None' : `${Math.min(at, found.length - 1) + 1} of ${found.length}`}
      </output>
      <IconButton icon={ChevronUp} label="Previous" disabled={found.length === 0} onClick={() => step(-1)} />
      <IconButton icon={ChevronDown} label="Next" disabled={found.length === 0} onClick={() => step(1)} />
      <IconButton icon={X} label="Close" onClick={close} />
    </search>
  );
}

const graphOf = ({ graph }: GraphState) => graph;
const viewOf = ({ view }: GraphState) => view;
