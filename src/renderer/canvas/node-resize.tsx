import { NodeResizeControl } from '@xyflow/react';
import { resizeNode } from '../../shared/graph/edit/resize-node.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { editBody } from './edit-body.ts';
import { MIN_NODE_WIDTH } from './node-layout.ts';
import type { ShownNode } from './shown-node.ts';

/** The corner by which a node is made wider, and its viewer higher. */
export function NodeResize({ shown: { node, title, layout } }: { shown: ShownNode }) {
  const open = useOpenGraph();
  return (
    <NodeResizeControl
      position="bottom-right"
      autoScale={false}
      minWidth={MIN_NODE_WIDTH}
      minHeight={layout.height - layout.viewerHeight}
      className="resize-corner"
      onResize={(_, { x, y, width, height }) => {
        const box = { at: [x, y], size: [width, height] } as const;
        editBody(open, `Resize ${title}`, (draft) => resizeNode(draft, node.id, box), { merge: `resize ${node.id}` });
      }}
      onResizeEnd={() => open.editor.mark()}
    />
  );
}
