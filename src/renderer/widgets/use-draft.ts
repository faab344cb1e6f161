import { type FocusEvent, type KeyboardEvent, useId, useState } from 'react';
import type { JsonValue } from '../../shared/node-api/pins.ts';

/** What became of the text that a person wrote. */
export type Reading =
  | { readonly ok: true; readonly value: JsonValue }
  /** `reason` is one sentence. */
  | { readonly ok: false; readonly reason: string };

interface DraftOptions {
  /** The text of the value that counts. */
  readonly text: string;
  /** Enter makes a new line instead of ending the edit. */
  readonly multiline?: boolean;
  read(text: string): Reading;
  commit(value: JsonValue): void;
}

/**
 * The text in a field while it is written: it counts on Enter and when the field is left, Escape takes it back, and what
 * cannot be read leaves the value as it was and says why.
 */
export function useDraft({ text, multiline = false, read, commit }: DraftOptions) {
  const [draft, setDraft] = useState<string | null>(null);
  const [reason, setReason] = useState<string | null>(null);
  const messageId = useId();

  const settle = (written: string): boolean => {
    if (written === text) {
      setDraft(null);
      setReason(null);
      return true;
    }
    const reading = read(written);
    setReason(reading.ok ? null : reading.reason);
    if (!reading.ok) return false;
    setDraft(null);
    commit(reading.value);
    return true;
  };

  const abandon = () => {
    setDraft(null);
    setReason(null);
  };

  return {
    isWritten: draft !== null,
    reason,
    messageId,
    abandon,
    props: {
      value: draft ?? text,
      'aria-invalid': reason !== null,
      'aria-describedby': reason === null ? undefined : messageId,
      // Undo is then the graph's, not the field's.
      'data-settled': draft === null ? '' : undefined,
      spellCheck: false,
      autoComplete: 'off',
      onChange: (event: { currentTarget: { value: string } }) => {
        setDraft(event.currentTarget.value);
        setReason(null);
      },
      onBlur: (event: FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => {
        // What cannot be read is not kept where nobody looks: the old value stands there again, the reason stays.
        if (!settle(event.currentTarget.value)) setDraft(null);
      },
      onKeyDown: (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
        if (event.nativeEvent.isComposing) return;
        const ends = event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey);
        if (ends) {
          const read = settle(event.currentTarget.value);
          if (read && !multiline) event.currentTarget.select();
        } else if (event.key === 'Escape' && draft !== null) {
          abandon();
          event.stopPropagation();
        }
      },
    },
  };
}
