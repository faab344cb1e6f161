import { Check } from 'lucide-react';
import type { FieldProps } from './field.ts';

export function ToggleField({ label, value, isDefault, edit }: FieldProps) {
  return (
    <label
      className={`nodrag nopan relative inline-flex size-4 align-top items-center justify-center ${isDefault ? 'opacity-75' : ''}`}
    >
      <input
        type="checkbox"
        aria-label={label}
        checked={value === true}
        onChange={(event) => edit({ kind: 'set', value: event.currentTarget.checked, goesOn: false })}
        className="size-4 appearance-none rounded-[3px] border border-line-strong bg-inset checked:border-accent checked:bg-accent"
      />
      {value === true && (
        <Check aria-hidden strokeWidth={3} className="pointer-events-none absolute size-3 text-on-accent" />
      )}
    </label>
  );
}
