import type { PinOptions } from '../../shared/node-api/pins.ts';
import type { PinType } from '../../shared/types/pin-type.ts';
import { CameraField } from '../camera/camera-field.tsx';
import { ChoiceField } from './choice-field.tsx';
import { ColourField } from './colour-field.tsx';
import type { FieldProps } from './field.ts';
import { JsonField } from './json-field.tsx';
import { ModelField } from './model-field.tsx';
import { NumberField } from './number-field.tsx';
import { PathField } from './path-field.tsx';
import { TextField } from './text-field.tsx';
import { ToggleField } from './toggle-field.tsx';

interface ValueFieldProps extends FieldProps {
  readonly type: PinType;
  readonly options?: PinOptions;
  /** What is chosen for a path. */
  readonly pathMode?: 'open' | 'save' | 'folder';
  readonly suggestions?: readonly string[];
}

const NO_OPTIONS: PinOptions = {};

/** The field that fits a type. */
export function ValueField({ type, options = NO_OPTIONS, pathMode = 'open', suggestions, ...field }: ValueFieldProps) {
  switch (type.kind) {
    case 'number':
    case 'integer': {
      const { min, max, step, unit } = options;
      return <NumberField {...field} range={{ whole: type.kind === 'integer', min, max, step }} unit={unit} />;
    }
    case 'boolean':
      return <ToggleField {...field} />;
    case 'enum':
      return <ChoiceField {...field} choices={type.values.map((value) => ({ value, label: value }))} />;
    case 'string':
      if (options.widget === 'camera') return <CameraField {...field} />;
      return <TextField {...field} multiline={options.widget === 'multiline'} suggestions={suggestions} />;
    case 'path':
      if (options.content === 'model') return <ModelField {...field} />;
      return <PathField {...field} mode={pathMode} />;
    case 'colour':
      return <ColourField {...field} />;
    default:
      return <JsonField {...field} type={type} />;
  }
}
