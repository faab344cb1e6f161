import { useMemo } from 'react';
import type { GraphBody } from '../../shared/graph/document.ts';
import { keyOf } from '../../shared/graph/edit/element-key.ts';
import { describeSelection } from '../../shared/graph/edit/selection.ts';
import { bodyInView } from '../state/body-in-view.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import type { Selection } from '../state/selection.ts';
import { FrameInspector } from './frame-inspector.tsx';
import { GraphInspector } from './graph-inspector.tsx';
import { NodeInspector } from './node-inspector.tsx';
import { NodesInspector } from './nodes-inspector.tsx';
import { NoteInspector } from './note-inspector.tsx';
import { WireInspector } from './wire-inspector.tsx';

/** All about what is selected; about the graph itself where nothing is. */
export function Inspector() {
  const graph = useGraphState(selectGraph);
  const view = useGraphState(selectView);
  const selection = useGraphState(selectSelection);
  const body = useMemo(() => bodyInView(graph, view), [graph, view]);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden" data-testid="inspector">
      <Content body={body} selection={selection} />
    </div>
  );
}

const selectGraph = ({ graph }: GraphState) => graph;
const selectView = ({ view }: GraphState) => view;
const selectSelection = ({ selection }: GraphState) => selection;

function Content({ body, selection }: { body: GraphBody; selection: Selection }) {
  const nodes = body.nodes.filter(({ id }) => selection.nodes.has(id));
  const wires = [...(body.wires ?? []), ...(body.after ?? [])].filter((wire) => selection.wires.has(keyOf(wire)));
  const frames = body.frames?.filter((frame) => selection.frames.has(keyOf(frame))) ?? [];
  const notes = body.notes?.filter((note) => selection.notes.has(keyOf(note))) ?? [];

  // Wires are often taken along with the nodes at their ends, and say nothing more then.
  if (nodes.length === 1 && frames.length + notes.length === 0)
    return <NodeInspector key={nodes[0].id} node={nodes[0]} />;
  if (nodes.length > 1) return <NodesInspector nodes={nodes} />;
  const others = wires.length + frames.length + notes.length;
  if (nodes.length + others === 0) return <GraphInspector body={body} />;
  if (others > 1 || nodes.length > 0) return <p className="p-3">{describeSelection(selection)}</p>;
  if (wires.length === 1)
    return <WireInspector body={body} wire={wires[0]} isAfter={body.after?.includes(wires[0]) ?? false} />;
  if (frames.length === 1) return <FrameInspector key={keyOf(frames[0])} frame={frames[0]} />;
  return <NoteInspector key={keyOf(notes[0])} note={notes[0]} />;
}
