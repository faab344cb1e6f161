import { RotateCcw } from 'lucide-react';
import { useRef } from 'react';
import type { CheckedGraph } from '../../shared/graph/checked-graph.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import { hasLiteral } from '../../shared/types/literal.ts';
import { describePinType } from '../../shared/types/pin-type-text.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { IconButton } from '../ui/button.tsx';
import type { FieldChange } from '../widgets/field.ts';
import { ValueField } from '../widgets/value-field.tsx';

type GraphInput = CheckedGraph['inputs'][number];

/** What whoever runs the graph may set: a field for each of its inputs. */
export function GraphInputs() {
  const checked = useGraphState(selectChecked);
  const written = checked.inputs.filter(({ type }) => hasLiteral(type));
  return (
    <div className="flex min-w-0 flex-1 items-center gap-3 overflow-x-auto [scrollbar-width:none]">
      {written.map((input) => (
        <InputField key={input.name} input={input} />
      ))}
    </div>
  );
}

const selectChecked = ({ checked }: GraphState) => checked;

function InputField({ input: { name, type, default: byDefault } }: { input: GraphInput }) {
  const { store } = useOpenGraph();
  const set = useGraphState(({ inputs }) => inputs[name]);
  const beforeDrag = useRef<JsonValue | undefined>(undefined);
  const isDragged = useRef(false);

  const put = (value: JsonValue | undefined) => {
    const { [name]: _, ...others } = store.getState().inputs;
    store.setState({ inputs: value === undefined ? others : { ...others, [name]: value } });
  };
  const edit = (change: FieldChange) => {
    if (change.kind === 'abandon') put(beforeDrag.current);
    else {
      if (!isDragged.current) beforeDrag.current = set;
      put(change.value);
    }
    isDragged.current = change.kind === 'set' && change.goesOn;
  };

  return (
    <div className="flex shrink-0 items-center gap-1.5">
      <span className="text-dim" title={`${name}: ${describePinType(type)}`}>
        {name}
      </span>
      <div className={`flex ${WIDTHS[type.kind] ?? 'w-36'}`}>
        <ValueField
          label={`Input ${name}`}
          type={type}
          value={set ?? byDefault}
          isDefault={set === undefined}
          size="compact"
          edit={edit}
        />
      </div>
      {set !== undefined && (
        <IconButton icon={RotateCcw} label={`Reset ${name} to its default`} onClick={() => put(undefined)} />
      )}
    </div>
  );
}

const WIDTHS: Readonly<Partial<Record<GraphInput['type']['kind'], string>>> = {
  number: 'w-20',
  integer: 'w-20',
  boolean: 'w-4',
  path: 'w-44',
};
