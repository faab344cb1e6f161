import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { categoryLook } from './category-look.ts';
import type { NodeElement } from './flow-elements.ts';
import { useLevelOfDetail } from './level-context.ts';
import { isFar } from './level-of-detail.ts';
import { NodeMessage } from './node-message.tsx';
import { NodeResize } from './node-resize.tsx';
import { NodeRow } from './node-row.tsx';
import { NodeTitle } from './node-title.tsx';
import { NodeViewerArea } from './node-viewer-area.tsx';
import type { ShownNode } from './shown-node.ts';

/** A node on the canvas, in as much detail as can be read. */
export const NodeView = memo(function NodeView({ data: { shown }, selected }: NodeProps<NodeElement>) {
  const level = useLevelOfDetail();
  if (isFar(level)) return <NodeBox shown={shown} selected={selected} hasName={level === 'name'} />;
  return <NodeCard shown={shown} selected={selected} />;
});

function NodeCard({ shown, selected }: { shown: ShownNode; selected: boolean }) {
  const { node, layout } = shown;
  return (
    <div
      className={`node-card relative flex h-full flex-col rounded-node bg-panel ${ringOf(shown, selected)}`}
      data-bypassed={node.bypass || undefined}
    >
      <NodeTitle shown={shown} />
      {layout.rows.length > 0 && (
        <div className="py-1">
          {layout.rows.map((row) => (
            <NodeRow key={rowKey(row)} shown={shown} row={row} selected={selected} />
          ))}
        </div>
      )}
      {layout.viewerHeight > 0 && <NodeViewerArea shown={shown} />}
      {shown.message !== null && !node.ui?.collapsed && <NodeMessage shown={shown} message={shown.message} />}
      {node.bypass && <div aria-hidden className="hatched pointer-events-none absolute inset-0 rounded-node" />}
      {selected && !node.ui?.locked && !node.ui?.collapsed && <NodeResize shown={shown} />}
    </div>
  );
}

/** Far out: the colour says what kind of node it is, the name is as large as the box allows. */
function NodeBox({ shown, selected, hasName }: { shown: ShownNode; selected: boolean; hasName: boolean }) {
  const { colour } = categoryLook(shown.category);
  return (
    <div
      className={`node-box h-full overflow-hidden rounded-node ${selected ? 'node-box-selected' : ''}`}
      data-failed={shown.hasFailed || undefined}
      style={{ backgroundColor: `color-mix(in srgb, ${colour} 45%, var(--panel))` }}
    >
      {hasName && <span className="wrap-anywhere block p-1 font-medium text-[48px] leading-[52px]">{shown.title}</span>}
    </div>
  );
}

function ringOf({ hasFailed, signature }: ShownNode, selected: boolean): string {
  if (selected) return 'node-ring-selected';
  if (hasFailed) return 'node-ring-failed';
  return signature === null ? 'node-ring-unknown' : 'node-ring';
}

function rowKey(row: ShownNode['layout']['rows'][number]): string {
  return row.kind === 'field' ? row.input.name : `${row.input?.name} ${row.output?.name}`;
}
