import { Tooltip as Radix } from 'radix-ui';
import type { FocusEvent, ReactElement } from 'react';
import { Keys } from './keys.tsx';

/** Says what its one child does, on hover and focus. `TooltipProvider` stands around the whole window. */
export function Tooltip({ text, keys, children }: { text: string; keys?: string; children: ReactElement }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild onFocus={stayShutUnlessByKey}>
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={4}
          collisionPadding={8}
          className="z-50 flex max-w-80 items-center gap-2 rounded-control border border-line bg-raised px-2 py-1 text-fg text-xs shadow-raised"
        >
          {text}
          {keys && <Keys keys={keys} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A dialog puts the focus on a button by itself; Escape would then close the tooltip in its place. */
function stayShutUnlessByKey(event: FocusEvent): void {
  if (!event.currentTarget.matches(':focus-visible')) event.preventDefault();
}

export const TooltipProvider = Radix.Provider;
