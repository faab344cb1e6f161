import { useRef } from 'react';
import { checkLiteral } from '../../shared/types/literal.ts';
import type { FieldProps } from './field.ts';
import { TextField } from './text-field.tsx';
import type { Reading } from './use-draft.ts';

export function ColourField(field: FieldProps) {
  const isPicking = useRef(false);
  const colour = typeof field.value === 'string' ? field.value : '#000000';
  return (
    <div className="nodrag nopan flex min-w-0 flex-1 items-center gap-1">
      <input
        type="color"
        aria-label={`Choose ${field.label}`}
        value={colour.slice(0, 7)}
        // The picker tells of each colour that is passed over; leaving it ends the step.
        onChange={(event) => {
          const value = event.currentTarget.value + colour.slice(7);
          isPicking.current = true;
          field.edit({ kind: 'set', value, goesOn: true });
        }}
        onBlur={() => {
          if (isPicking.current) field.edit({ kind: 'set', value: colour, goesOn: false });
          isPicking.current = false;
        }}
        className="h-5.5 w-7 shrink-0 rounded-control border border-line bg-inset p-0.5"
      />
      <TextField {...field} isCode read={readColour} />
    </div>
  );
}

function readColour(text: string): Reading {
  const value = text.startsWith('#') ? text.trim() : `#${text.trim()}`;
  const check = checkLiteral(value, { kind: 'colour' });
  return check.ok ? check : { ok: false, reason: 'Write a colour such as #ff8800, or #ff8800cc with an opacity.' };
}
