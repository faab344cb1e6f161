import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { useReturnFocus } from './return-focus.ts';

interface DialogProps {
  readonly title: string;
  /** Read out with the title. */
  readonly description?: string;
  /** `full` fills the window, for what is looked at. */
  readonly width?: 'narrow' | 'wide' | 'full';
  onClose(): void;
  readonly children: ReactNode;
}

// Radix's own overlay would put a <style> element into the page, which the content security policy forbids.
/** A dialog that keeps the focus; Escape closes it, and the focus goes back to where it was. */
export function Dialog({ title, description, width = 'narrow', onClose, children }: DialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <div className="fixed inset-0 z-40 bg-shade" />
        <Radix.Content
          onCloseAutoFocus={returnFocus}
          onInteractOutside={stayUnderAnother}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={`fixed top-1/2 left-1/2 z-40 flex -translate-x-1/2 -translate-y-1/2 flex-col rounded-node border border-line bg-raised text-fg shadow-raised outline-none ${WIDTHS[width]}`}
        >
          <Radix.Title className="truncate pt-2.5 pr-10 pb-2.5 pl-4 font-semibold text-sm">{title}</Radix.Title>
          {description && <Radix.Description className="px-4 pb-2 text-dim">{description}</Radix.Description>}
          {children}
          {/* Last, so that the focus begins with what the dialog is for. */}
          <IconButton icon={X} label="Close" onClick={onClose} className="absolute top-2 right-2" />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Radix learns of a dialog that opened on top a moment later, and would take the first press in it for one outside. */
function stayUnderAnother(event: CustomEvent<{ originalEvent: Event }>): void {
  const { target } = event.detail.originalEvent;
  if (target instanceof Element && target.closest('[role="dialog"], [role="alertdialog"]') !== null) {
    event.preventDefault();
  }
}

const WIDTHS = {
  narrow: 'max-h-[85vh] w-[min(440px,92vw)]',
  wide: 'max-h-[85vh] w-[min(720px,92vw)]',
  full: 'h-[92vh] w-[94vw]',
};
