import { NodeViewer } from '../previews/node-viewer.tsx';
import { pathInView } from '../state/body-in-view.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import type { ShownNode } from './shown-node.ts';

/** What a node gives, seen in the node. */
export function NodeViewerArea({ shown: { node, title, layout } }: { shown: ShownNode }) {
  const path = useGraphState(({ view }) => pathInView(view, node.id));
  return (
    <div className="nodrag nowheel flex shrink-0 flex-col px-2 pb-2" style={{ height: layout.viewerHeight }}>
      {path !== null && <NodeViewer path={path} choice={node.ui?.viewer} beside={node.ui?.beside} title={title} />}
    </div>
  );
}
