import { ReactFlowProvider } from '@xyflow/react';
import { useEffect } from 'react';
import { PinHover } from '../previews/pin-hover.tsx';
import { bodyNameOf, hasBodyInView } from '../state/body-in-view.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { CanvasMenu } from './canvas-menu.tsx';
import { FindBar } from './find-bar.tsx';
import { FlowCanvas } from './flow-canvas.tsx';
import { InsertSearch } from './insert-search.tsx';
import { KeyboardWire } from './keyboard-wire.tsx';
import { showTrail } from './open-node.ts';

/** The graph that is looked at, with all that happens on it. Stands inside an `OpenGraphProvider`. */
export function Canvas() {
  const open = useOpenGraph();
  const { id } = open;
  const body = useGraphState(({ view }) => bodyNameOf(view));
  const isGone = useGraphState(({ graph, view }) => !hasBodyInView(graph, view));
  // An undo may take away the very graph that is looked at.
  useEffect(() => {
    if (isGone) showTrail(open, open.store.getState().view.trail.slice(0, -1));
  }, [open, isGone]);
  return (
    <div className="relative h-full">
      <ReactFlowProvider key={`${id} ${body}`}>
        <CanvasMenu>
          <FlowCanvas />
        </CanvasMenu>
        <Breadcrumb />
        <FindBar />
        <InsertSearch />
        <KeyboardWire />
        <PinHover />
      </ReactFlowProvider>
    </div>
  );
}
