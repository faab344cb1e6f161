import { ChevronDown } from 'lucide-react';
import { FIELD_BOX, FIELD_TEXT, type FieldProps } from './field.ts';

interface ChoiceFieldProps extends FieldProps {
  readonly choices: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
  /** The pointer or the focus has come: time to find out what the choices are. */
  onApproach?(): void;
}

export function ChoiceField({ label, value, isDefault, edit, choices, onApproach }: ChoiceFieldProps) {
  const isKnown = choices.some((choice) => choice.value === value);
  return (
    <div className={`${FIELD_BOX} h-5.5 flex-1`}>
      <select
        aria-label={label}
        value={typeof value === 'string' ? value : ''}
        onPointerEnter={onApproach}
        onFocus={onApproach}
        onChange={(event) => edit({ kind: 'set', value: event.currentTarget.value, goesOn: false })}
        className={`${FIELD_TEXT} appearance-none truncate pr-5 ${isDefault ? 'text-dim' : 'text-fg'}`}
      >
        {/* A graph may hold what is no choice; it is shown, and told as a problem. */}
        {!isKnown && (
          <option value={typeof value === 'string' ? value : ''}>
            {typeof value === 'string' ? value : 'not set'}
          </option>
        )}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.disabled} className="bg-raised text-fg">
            {choice.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-1 size-3 text-faint" />
    </div>
  );
}
