import type { Action } from '../actions/action.ts';
import { ACTION_GROUPS } from '../actions/groups.ts';
import { ACTIONS } from '../actions/registry.ts';
import { GESTURES } from '../canvas/gestures.ts';
import { useApp } from '../state/app-store.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Keys } from '../ui/keys.tsx';
import { shownKeys } from './key-combination.ts';
import { keysOf } from './keymap.ts';
import { isMac } from './platform.ts';

/** Every action that has keys, by group, and what the mouse does on the canvas. */
export function HelpSheet({ onClose }: { onClose(): void }) {
  return (
    <Dialog title="Keys" width="wide" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard too */}
      <section tabIndex={0} aria-label="Keys by group" className="gap-6 overflow-y-auto px-4 py-2 sm:columns-2">
        {ACTION_GROUPS.map((group) => (
          <KeyGroup key={group} group={group} />
        ))}
        <Gestures />
      </section>
    </Dialog>
  );
}

function Gestures() {
  return (
    <div className="mb-4 break-inside-avoid">
      <h3 className="mb-1 font-semibold text-dim">Mouse</h3>
      <ul>
        {GESTURES.map(({ hand, does }) => (
          <li key={hand} className="flex min-h-6 items-center justify-between gap-4">
            <span>{does}</span>
            <span className="text-right text-dim">{hand}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function KeyGroup({ group }: { group: Action['group'] }) {
  const rebound = useApp(({ settings }) => settings.keys);
  const bound = ACTIONS.flatMap((action) => {
    const keys = action.group === group ? keysOf(action, rebound) : [];
    return keys.length === 0 ? [] : [{ action, keys }];
  });
  if (bound.length === 0) return null;
  return (
    <div className="mb-4 break-inside-avoid">
      <h3 className="mb-1 font-semibold text-dim">{group}</h3>
      <ul>
        {bound.map(({ action, keys }) => (
          <li key={action.id} className="flex min-h-6 items-center justify-between gap-4">
            <span>{action.label}</span>
            <span className="flex shrink-0 gap-2">
              {keys.map((combination) => (
                <Keys key={combination} keys={shownKeys(combination, isMac())} />
              ))}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
