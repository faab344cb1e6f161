import { RotateCcw } from 'lucide-react';
import { useRef } from 'react';
import type { CheckedGraph } from '../../shared/graph/checked-graph.ts';
import { interfaceName, isGraphInput } from '../../shared/graph/interface.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import { hasLiteral } from '../../shared/types/literal.ts';
import { describePinType } from '../../shared/types/pin-type-text.ts';
import { namesDevice } from '../camera/device-place.ts';
import { feedsModel } from '../models/model-pins.ts';
import { useApp } from '../state/app-store.ts';
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
        <InputField key={input.name} input={input} isCamera={namesDevice(checked, input)} />
      ))}
    </div>
  );
}

const selectChecked = ({ checked }: GraphState) => checked;

interface InputFieldProps {
  readonly input: GraphInput;
  /** It says what a camera node sees with. */
  readonly isCamera: boolean;
}

function InputField({ input: { name, type, default: byDefault }, isCamera }: InputFieldProps) {
  const { store } = useOpenGraph();
  const set = useGraphState(({ inputs }) => inputs[name]);
  const catalogue = useApp((state) => state.catalogue);
  const isModel = useGraphState(({ graph }) =>
    graph.nodes.some(
      (node) => isGraphInput(node) && interfaceName(node) === name && feedsModel(graph, node, catalogue),
    ),
  );
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
          options={isModel ? MODEL : isCamera ? CAMERA : undefined}
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

const MODEL = { content: 'model' } as const;
const CAMERA = { widget: 'camera' } as const;

const WIDTHS: Readonly<Partial<Record<GraphInput['type']['kind'], string>>> = {
  number: 'w-20',
  integer: 'w-20',
  boolean: 'w-4',
  path: 'w-44',
};
