import type { GraphBody } from '../../shared/graph/document.ts';
import { describePinType } from '../../shared/types/pin-type-text.ts';
import { bodyNameOf } from '../state/body-in-view.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { TextField } from '../widgets/text-field.tsx';
import { Fact, Row, Section } from './section.tsx';

/** About the graph that is looked at, while nothing in it is selected. */
export function GraphInspector({ body }: { body: GraphBody }) {
  const graph = useOpenGraph();
  const bodyName = useGraphState(selectBodyName);
  const edit = (part: 'name' | 'description', text: string) => {
    const label = `Change the ${part} of the graph`;
    graph.editor.edit(label, (draft) => draft.body(bodyName).set(part, text === '' ? undefined : text));
  };
  return (
    <>
      <header className="flex flex-col gap-1.5 p-3">
        <h2 className="font-semibold text-sm">Graph</h2>
        <Row name="Name">
          <TextField
            label="Name of the graph"
            value={body.name ?? ''}
            isDefault={false}
            placeholder={bodyName ?? 'Untitled'}
            size="full"
            edit={(change) => change.kind === 'set' && edit('name', String(change.value))}
          />
        </Row>
        <TextField
          label="Description of the graph"
          value={body.description ?? ''}
          isDefault={false}
          placeholder="What the graph does, for those who open it"
          multiline
          size="full"
          edit={(change) => change.kind === 'set' && edit('description', String(change.value))}
        />
      </header>
      {bodyName === null && <Interface />}
      <Section title="Contents">
        {COUNTS.map(([list, name]) => (
          <Row key={list} name={name}>
            <Fact>{body[list]?.length ?? 0}</Fact>
          </Row>
        ))}
      </Section>
    </>
  );
}

const selectBodyName = ({ view }: GraphState) => bodyNameOf(view);

const COUNTS = [
  ['nodes', 'Nodes'],
  ['wires', 'Wires'],
  ['frames', 'Frames'],
  ['notes', 'Notes'],
] as const;

/** What the graph takes and gives; values for a run are set in the bar on top. */
function Interface() {
  const checked = useGraphState(selectChecked);
  return (
    <>
      <Section title="Inputs">
        {checked.inputs.length === 0 && (
          <p className="text-dim">Add a Graph input node to let a value be set from outside.</p>
        )}
        {checked.inputs.map(({ name, type, default: byDefault }) => (
          <Row key={name} name={name}>
            <Fact>
              {describePinType(type)}
              {byDefault !== undefined && ` = ${JSON.stringify(byDefault)}`}
            </Fact>
          </Row>
        ))}
      </Section>
      <Section title="Outputs">
        {checked.outputs.length === 0 && (
          <p className="text-dim">Add a Graph output node to give a value to whoever runs it.</p>
        )}
        {checked.outputs.map(({ name, type }) => (
          <Row key={name} name={name}>
            <Fact>{describePinType(type)}</Fact>
          </Row>
        ))}
      </Section>
    </>
  );
}

const selectChecked = ({ checked }: GraphState) => checked;
