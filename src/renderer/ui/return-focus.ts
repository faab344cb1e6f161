import { useState } from 'react';

/**
 * For a dialog's `onCloseAutoFocus`: what had the focus before the dialog gets it back, unless something that was opened
 * meanwhile has it. Radix remembers what has it once the dialog is there, which with `autoFocus` is a part of the dialog
 * itself.
 */
export function useReturnFocus(): (event: Event) => void {
  const [before] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    if (before instanceof HTMLElement && !isTaken()) before.focus({ preventScroll: true });
  };
}

/**
 * For `onCloseAutoFocus` of a menu or list: the dialog that one of its items opened keeps the focus. Radix gives it back a
 * moment after the menu has closed, and would take it out of the dialog.
 */
export function leaveFocusTaken(event: Event): void {
  if (isTaken()) event.preventDefault();
}

/** The browser gives the focus to the body when what had it is gone. */
function isTaken(): boolean {
  return document.activeElement !== document.body;
}
