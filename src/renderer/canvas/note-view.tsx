import { type NodeProps, NodeResizer } from '@xyflow/react';
import { memo } from 'react';
import Markdown from 'react-markdown';
import { changeNote } from '../../shared/graph/edit/notes.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { editBody } from './edit-body.ts';
import type { NoteElement } from './flow-elements.ts';
import { stage, useStage } from './stage.ts';

/** Text on the canvas, in Markdown; a double-click edits it. */
export const NoteView = memo(function NoteView({ id, data: { note }, selected }: NodeProps<NoteElement>) {
  const open = useOpenGraph();
  const isEdited = useStage(({ renaming }) => renaming === id);
  return (
    <div
      className={`h-full overflow-hidden rounded-node bg-attention-soft text-fg ${selected ? 'node-ring-selected' : 'node-ring'}`}
    >
      {isEdited ? (
        <textarea
          // biome-ignore lint/a11y/noAutofocus: typing begins where the person has just asked to edit
          autoFocus
          aria-label="Text of the note"
          defaultValue={note.text}
          placeholder="Write in Markdown"
          className="nodrag nowheel h-full w-full resize-none bg-transparent p-2 font-mono outline-none"
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
          onBlur={(event) => {
            const text = event.currentTarget.value;
            if (text !== note.text) editBody(open, 'Edit a note', (draft) => changeNote(draft, id, { text }));
            stage.setState({ renaming: null });
          }}
        />
      ) : (
        <div className="note-text p-2" data-selectable>
          {note.text === '' ? (
            <p className="text-dim">Double-click to write.</p>
          ) : (
            <Markdown disallowedElements={NO_PICTURES}>{note.text}</Markdown>
          )}
        </div>
      )}
      {selected && (
        <NodeResizer
          minWidth={96}
          minHeight={48}
          lineClassName="frame-resize-line"
          handleClassName="frame-resize-handle"
          onResize={(_, { x, y, width, height }) => {
            const changes = {
              at: [Math.round(x), Math.round(y)],
              size: [Math.round(width), Math.round(height)],
            } as const;
            editBody(open, 'Resize a note', (draft) => changeNote(draft, id, changes), { merge: `resize ${id}` });
          }}
          onResizeEnd={() => open.editor.mark()}
        />
      )}
    </div>
  );
});

/** A graph from elsewhere may not fetch anything by being looked at. */
const NO_PICTURES = ['img'];
