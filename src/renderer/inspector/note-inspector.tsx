import type { Note } from '../../shared/graph/document.ts';
import { keyOf } from '../../shared/graph/edit/element-key.ts';
import { changeNote } from '../../shared/graph/edit/notes.ts';
import { editBody } from '../canvas/edit-body.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { TextField } from '../widgets/text-field.tsx';

export function NoteInspector({ note }: { note: Note }) {
  const graph = useOpenGraph();
  return (
    <div className="flex flex-col gap-1.5 p-3">
      <h2 className="font-semibold text-sm">Note</h2>
      <TextField
        label="Text, in Markdown"
        value={note.text}
        isDefault={false}
        multiline
        size="full"
        edit={(change) => {
          if (change.kind !== 'set') return;
          const text = String(change.value);
          editBody(graph, 'Write a note', (draft) => changeNote(draft, keyOf(note), { text }));
        }}
      />
      <p className="text-dim">Markdown. Ctrl+Enter keeps the text, Escape takes it back.</p>
    </div>
  );
}
