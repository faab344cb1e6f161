import { useId, useRef } from 'react';
import { FIELD_BOX, FIELD_TEXT, type FieldProps } from './field.ts';
import { FieldAtRest, useRest } from './field-at-rest.tsx';
import { FieldMessage } from './field-message.tsx';
import { type Reading, useDraft } from './use-draft.ts';

interface TextFieldProps extends FieldProps {
  /** Known texts, offered while one writes. */
  readonly suggestions?: readonly string[];
  readonly placeholder?: string;
  readonly isCode?: boolean;
  /** In the inspector several lines are shown. */
  readonly multiline?: boolean;
  /** How a value is written; as it is when left out. */
  format?(value: FieldProps['value']): string;
  read?(text: string): Reading;
}

export function TextField({
  label,
  value,
  isDefault,
  size,
  rests = false,
  edit,
  suggestions,
  placeholder,
  isCode = false,
  multiline = false,
  format = asText,
  read = asValue,
}: TextFieldProps) {
  const isArea = multiline && size === 'full';
  const draft = useDraft({
    text: format(value),
    multiline: isArea,
    read,
    commit: (value) => edit({ kind: 'set', value, goesOn: false }),
  });
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const { isResting, control, wake } = useRest<HTMLInputElement>(rests);
  const text = `${isCode ? 'font-mono' : ''} ${isDefault && !draft.isWritten ? 'text-dim' : 'text-fg'}`;
  if (isResting) {
    const { value } = draft.props;
    return (
      <FieldAtRest role="textbox" aria-label={label} title={value} className={text} wake={wake}>
        <span className={`truncate ${value === '' ? 'text-faint' : ''}`}>{value || placeholder}</span>
      </FieldAtRest>
    );
  }
  const looks = `${FIELD_TEXT} ${text}`;
  return (
    <div ref={box} className={`${FIELD_BOX} flex-1 ${isArea ? '' : 'h-5.5'}`}>
      {isArea ? (
        <textarea
          aria-label={label}
          placeholder={placeholder}
          rows={Math.min(12, Math.max(3, draft.props.value.split('\n').length))}
          {...draft.props}
          className={`${looks} nowheel resize-y py-1`}
        />
      ) : (
        <input
          ref={control}
          type="text"
          aria-label={label}
          placeholder={placeholder}
          list={suggestions === undefined ? undefined : listId}
          title={draft.props.value}
          {...draft.props}
          className={`${looks} text-ellipsis`}
        />
      )}
      {suggestions !== undefined && (
        <datalist id={listId}>
          {suggestions.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
      <FieldMessage id={draft.messageId} reason={draft.reason} field={box} />
    </div>
  );
}

function asText(value: FieldProps['value']): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function asValue(text: string): Reading {
  return { ok: true, value: text };
}
