import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { PinType } from '../../shared/types/pin-type.ts';
import type { FieldProps } from './field.ts';
import { readJson } from './read-json.ts';
import { TextField } from './text-field.tsx';

/** JSON, and lists, which may be written without their brackets. */
export function JsonField({ type, ...field }: FieldProps & { readonly type: PinType }) {
  const isList = type.kind === 'list';
  return (
    <TextField
      {...field}
      isCode
      multiline={!isList}
      format={(value) => formatJson(value, field.size === 'full' && !isList)}
      read={(text) => readJson(text, type)}
      placeholder={placeholderOf(type)}
    />
  );
}

function placeholderOf(type: PinType): string {
  if (type.kind !== 'list') return 'JSON';
  return type.of.kind === 'string' ? 'one, another' : '1, 2, 3';
}

function formatJson(value: JsonValue | undefined, isSpread: boolean): string {
  if (value === undefined) return '';
  return isSpread ? JSON.stringify(value, null, 2) : JSON.stringify(value);
}
