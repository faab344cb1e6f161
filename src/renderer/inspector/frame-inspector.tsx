import type { Frame } from '../../shared/graph/document.ts';
import { keyOf } from '../../shared/graph/edit/element-key.ts';
import { changeFrame } from '../../shared/graph/edit/frames.ts';
import { editBody } from '../canvas/edit-body.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { ColourField } from '../widgets/colour-field.tsx';
import type { FieldChange } from '../widgets/field.ts';
import { TextField } from '../widgets/text-field.tsx';
import { Row } from './section.tsx';

export function FrameInspector({ frame }: { frame: Frame }) {
  const graph = useOpenGraph();
  const key = keyOf(frame);
  const edit = (part: 'title' | 'colour') => (change: FieldChange) => {
    if (change.kind === 'abandon') {
      graph.editor.bailToMark();
      return;
    }
    const merge = `${key} ${part}`;
    editBody(graph, `Change the ${part} of a frame`, (draft) => changeFrame(draft, key, { [part]: change.value }), {
      merge,
    });
    if (!change.goesOn) graph.editor.mark();
  };
  return (
    <div className="flex flex-col gap-0.5 p-3">
      <h2 className="pb-1 font-semibold text-sm">Frame</h2>
      <Row name="Title">
        <TextField
          label="Title"
          value={frame.title ?? ''}
          isDefault={frame.title === undefined}
          size="full"
          edit={edit('title')}
        />
      </Row>
      <Row name="Colour">
        <ColourField
          label="Colour"
          value={frame.colour}
          isDefault={frame.colour === undefined}
          size="full"
          edit={edit('colour')}
        />
      </Row>
    </div>
  );
}
