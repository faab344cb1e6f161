import { Command } from 'cmdk';
import { Dialog as Radix } from 'radix-ui';
import { useMemo } from 'react';
import type { Action } from '../actions/action.ts';
import { ACTIONS } from '../actions/registry.ts';
import { SHOW_COMMANDS } from '../actions/view.ts';
import { Keys } from '../ui/keys.tsx';
import { actionContext, performAction } from './perform-action.ts';
import { useKeys } from './use-keys.ts';

/** Finds an action by its name and performs it. Actions that do not apply now are not listed. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  const actions = useMemo(() => {
    const context = actionContext();
    return ACTIONS.filter((action) => action !== SHOW_COMMANDS && action.when(context));
  }, []);
  const perform = (action: Action) => {
    onClose();
    // The dialog gives the focus back first: what the action focuses stays focused.
    setTimeout(() => performAction(action));
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <div className="fixed inset-0 z-40 bg-shade" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-40 w-[min(560px,92vw)] -translate-x-1/2 overflow-hidden rounded-node border border-line bg-raised text-fg shadow-raised outline-none"
        >
          <Radix.Title className="sr-only">Commands</Radix.Title>
          <Command label="Commands" loop>
            <Command.Input
              placeholder="What do you want to do?"
              className="h-10 w-full border-line border-b bg-transparent px-3 text-sm outline-none"
            />
            <Command.List className="max-h-[50vh] overflow-y-auto p-1" aria-label="Commands that apply now">
              <Command.Empty className="px-2 py-4 text-center text-dim">
                No command has this name: try another word.
              </Command.Empty>
              {actions.map((action) => (
                <CommandItem key={action.id} action={action} onPerform={() => perform(action)} />
              ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function CommandItem({ action, onPerform }: { action: Action; onPerform(): void }) {
  const keys = useKeys(action);
  const Icon = action.icon;
  return (
    <Command.Item
      value={`${action.label} ${action.group}`}
      onSelect={onPerform}
      className="flex h-7 cursor-default items-center gap-2 rounded-control px-2 data-[selected=true]:bg-pressed"
    >
      <span className="flex size-4 items-center justify-center text-dim">
        {Icon && <Icon aria-hidden className="size-4" strokeWidth={1.75} />}
      </span>
      <span className="flex-1 truncate">{action.label}</span>
      <span className="text-dim">{action.group}</span>
      {keys && <Keys keys={keys} />}
    </Command.Item>
  );
}
