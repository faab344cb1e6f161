import { type ComponentProps, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

interface FieldAtRestProps extends ComponentProps<'div'> {
  readonly role: 'spinbutton' | 'combobox' | 'textbox';
  readonly 'aria-label': string;
  wake(visitor: 'pointer' | 'focus'): void;
}

/** What a field looks like until it is used: its box and its text, for all who read it what its control will be. */
export function FieldAtRest({ role, wake, className, ...rest }: FieldAtRestProps) {
  return (
    // Each of the roles is one of something to be used.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      role={role}
      tabIndex={0}
      className={`nodrag nopan flex h-5.5 min-w-0 flex-1 items-center whitespace-pre rounded-control border border-line bg-inset px-1.5 text-xs ${className}`}
      // The press that follows has to meet the control, however soon it comes.
      onPointerEnter={() => flushSync(() => wake('pointer'))}
      onFocus={() => wake('focus')}
      {...rest}
    />
  );
}

/**
 * A field of a node is at rest until the pointer or the focus comes to it; only then its control is made, and takes the
 * focus over. A canvas shows a hundred fields, and a control costs time in every frame although hardly one of them is used
 * (decision 015). Once made, a control stays: its list may be open, or a drag go on, when the pointer leaves it.
 * @param rests false where fields are few: a control from the beginning
 */
export function useRest<Control extends HTMLElement>(rests: boolean) {
  const [visitor, wake] = useState<'pointer' | 'focus' | null>(null);
  const control = useRef<Control>(null);
  useLayoutEffect(() => {
    if (visitor === 'focus') control.current?.focus();
  }, [visitor]);
  return { isResting: rests && visitor === null, control, wake };
}
