import { type NodeProps, NodeResizer } from '@xyflow/react';
import { memo } from 'react';
import type { Frame } from '../../shared/graph/document.ts';
import { changeFrame } from '../../shared/graph/edit/frames.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { editBody } from './edit-body.ts';
import type { FrameElement } from './flow-elements.ts';
import { stage, useStage } from './stage.ts';

/** A titled area behind nodes; dragged by its title, it takes along what lies in it. */
export const FrameView = memo(function FrameView({ id, data: { frame }, selected }: NodeProps<FrameElement>) {
  const open = useOpenGraph();
  const colour = frame.colour ?? 'var(--line-strong)';
  return (
    <div
      className={`relative h-full rounded-node border ${selected ? 'outline-2 outline-accent' : ''}`}
      style={{
        borderColor: `color-mix(in srgb, ${colour} 60%, transparent)`,
        backgroundColor: `color-mix(in srgb, ${colour} 10%, transparent)`,
      }}
    >
      <FrameTitle frame={frame} frameKey={id} />
      {selected && (
        <NodeResizer
          minWidth={96}
          minHeight={64}
          lineClassName="frame-resize-line"
          handleClassName="frame-resize-handle"
          onResize={(_, { x, y, width, height }) => {
            const changes = {
              at: [Math.round(x), Math.round(y)],
              size: [Math.round(width), Math.round(height)],
            } as const;
            editBody(open, 'Resize a frame', (draft) => changeFrame(draft, id, changes), { merge: `resize ${id}` });
          }}
          onResizeEnd={() => open.editor.mark()}
        />
      )}
    </div>
  );
});

function FrameTitle({ frame, frameKey }: { frame: Frame; frameKey: string }) {
  const open = useOpenGraph();
  const isEdited = useStage(({ renaming }) => renaming === frameKey);
  if (!isEdited) {
    return (
      <div className="drag pointer-events-auto h-8 cursor-grab truncate px-3 pt-1.5 font-semibold text-dim text-sm">
        {frame.title}
      </div>
    );
  }
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: typing begins where the person has just asked to edit
      autoFocus
      aria-label="Title of the frame"
      defaultValue={frame.title}
      className="nodrag pointer-events-auto mx-2 mt-1 h-6 w-48 rounded-control bg-inset px-1.5 font-semibold text-sm"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') event.currentTarget.value = frame.title ?? '';
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
      }}
      onBlur={(event) => {
        const title = event.currentTarget.value.trim();
        if (title !== (frame.title ?? '')) {
          editBody(open, 'Rename a frame', (draft) => changeFrame(draft, frameKey, { title: title || undefined }));
        }
        stage.setState({ renaming: null });
      }}
    />
  );
}
