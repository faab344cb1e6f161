import { useState } from 'react';

/**
 * For a dialog's `onCloseAutoFocus`: what had the focus before the dialog gets it back. Radix remembers what has it once
 * the dialog is there, which with `autoFocus` is a part of the dialog itself.
 */
export function useReturnFocus(): (event: Event) => void {
  const [before] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
}
