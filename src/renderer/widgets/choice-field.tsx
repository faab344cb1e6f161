import { FIELD_BOX, FIELD_TEXT, type FieldProps } from './field.ts';
import { FieldAtRest, useRest } from './field-at-rest.tsx';

interface ChoiceFieldProps extends FieldProps {
  readonly choices: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
  /** The pointer or the focus has come: time to find out what the choices are. */
  onApproach?(): void;
}

export function ChoiceField({ label, value, isDefault, rests = false, edit, choices, onApproach }: ChoiceFieldProps) {
  const { isResting, control, wake } = useRest<HTMLSelectElement>(rests);
  const chosen = choices.find((choice) => choice.value === value);
  const colour = isDefault ? 'text-dim' : 'text-fg';
  if (isResting) {
    return (
      <FieldAtRest
        role="combobox"
        aria-label={label}
        aria-haspopup="listbox"
        aria-expanded={false}
        className={`opens-list ${colour}`}
        wake={wake}
      >
        {chosen?.label ?? nameOfUnknown(value)}
      </FieldAtRest>
    );
  }
  return (
    <div className={`${FIELD_BOX} opens-list h-5.5 flex-1`}>
      <select
        ref={control}
        aria-label={label}
        value={typeof value === 'string' ? value : ''}
        onPointerEnter={onApproach}
        onFocus={onApproach}
        onChange={(event) => edit({ kind: 'set', value: event.currentTarget.value, goesOn: false })}
        className={`${FIELD_TEXT} appearance-none truncate pr-5 ${colour}`}
      >
        {chosen === undefined && <option value={typeof value === 'string' ? value : ''}>{nameOfUnknown(value)}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.disabled} className="bg-raised text-fg">
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A graph may hold what is no choice; it is shown, and told as a problem. */
function nameOfUnknown(value: FieldProps['value']): string {
  return typeof value === 'string' ? value : 'not set';
}
