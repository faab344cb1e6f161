import { useMemo } from 'react';
import { flushSync } from 'react-dom';
import type { Action } from '../actions/action.ts';
import { ACTIONS } from '../actions/registry.ts';
import { SHOW_COMMANDS } from '../actions/view.ts';
import { Keys } from '../ui/keys.tsx';
import { SearchDialog, SearchItem } from '../ui/search-dialog.tsx';
import { actionContext, performAction } from './perform-action.ts';
import { useKeys } from './use-keys.ts';

/** Finds an action by its name and performs it. Actions that do not apply now are not listed. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  const actions = useMemo(() => {
    const context = actionContext();
    return ACTIONS.filter((action) => action !== SHOW_COMMANDS && action.when(context));
  }, []);
  const perform = (action: Action) => {
    // The dialog gives the focus back first: what the action focuses stays focused.
    flushSync(onClose);
    setTimeout(() => performAction(action));
  };
  return (
    <SearchDialog
      title="Commands"
      placeholder="What do you want to do?"
      listLabel="Commands that apply now"
      empty="No command has this name: try another word."
      onClose={onClose}
    >
      {actions.map((action) => (
        <CommandItem key={action.id} action={action} onPerform={() => perform(action)} />
      ))}
    </SearchDialog>
  );
}

function CommandItem({ action, onPerform }: { action: Action; onPerform(): void }) {
  const keys = useKeys(action);
  const Icon = action.icon;
  return (
    <SearchItem value={`${action.label} ${action.group}`} onSelect={onPerform}>
      <span className="flex size-4 items-center justify-center text-dim">
        {Icon && <Icon aria-hidden className="size-4" strokeWidth={1.75} />}
      </span>
      <span className="flex-1 truncate">{action.label}</span>
      <span className="text-dim">{action.group}</span>
      {keys && <Keys keys={keys} />}
    </SearchItem>
  );
}
