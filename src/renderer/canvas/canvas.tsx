import { ReactFlowProvider } from '@xyflow/react';
import { PinHover } from '../previews/pin-hover.tsx';
import { bodyNameOf } from '../state/body-in-view.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { CanvasMenu } from './canvas-menu.tsx';
import { FindBar } from './find-bar.tsx';
import { FlowCanvas } from './flow-canvas.tsx';
import { InsertSearch } from './insert-search.tsx';
import { KeyboardWire } from './keyboard-wire.tsx';

/** The graph that is looked at, with all that happens on it. Stands inside an `OpenGraphProvider`. */
export function Canvas() {
  const { id } = useOpenGraph();
  const body = useGraphState(({ view }) => bodyNameOf(view));
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
