import { Command, useCommandState } from 'cmdk';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useReturnFocus } from './return-focus.ts';

interface SearchDialogProps {
  readonly title: string;
  readonly placeholder: string;
  /** Names the list for assistive technology. */
  readonly listLabel: string;
  /** Said when nothing is found. */
  readonly empty: string;
  onClose(): void;
  /** `SearchItem`s. */
  readonly children: ReactNode;
}

/** A list that narrows while one types: arrow keys choose, Enter takes. */
export function SearchDialog({ title, placeholder, listLabel, empty, onClose, children }: SearchDialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <div className="fixed inset-0 z-40 bg-shade" />
        <Radix.Content
          onCloseAutoFocus={returnFocus}
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-40 w-[min(560px,92vw)] -translate-x-1/2 overflow-hidden rounded-node border border-line bg-raised text-fg shadow-raised outline-none"
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          <Command label={title} loop>
            <Command.Input
              placeholder={placeholder}
              className="h-10 w-full border-line border-b bg-transparent px-3 text-sm outline-none"
            />
            <Results label={listLabel} empty={empty}>
              {children}
            </Results>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A list box must hold something: what is said in place of nothing stands beside it. */
function Results({ label, empty, children }: { label: string; empty: string; children: ReactNode }) {
  const isEmpty = useCommandState(({ filtered }) => filtered.count === 0);
  return (
    <>
      {isEmpty && <p className="px-2 py-5 text-center text-dim">{empty}</p>}
      <Command.List hidden={isEmpty} label={label} className="max-h-[50vh] overflow-y-auto p-1">
        {children}
      </Command.List>
    </>
  );
}

interface SearchItemProps {
  /** What is searched; no two items have the same. */
  readonly value: string;
  onSelect(): void;
  readonly children: ReactNode;
}

export function SearchItem({ value, onSelect, children }: SearchItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-7 cursor-default items-center gap-2 rounded-control px-2 data-[selected=true]:bg-pressed"
    >
      {children}
    </Command.Item>
  );
}
