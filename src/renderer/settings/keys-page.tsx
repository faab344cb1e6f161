import { Plus, RotateCcw, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Action } from '../actions/action.ts';
import { ACTIONS } from '../actions/registry.ts';
import { type KeyCombination, pressedKeys, shownKeys } from '../commands/key-combination.ts';
import { conflictsOf, keysOf } from '../commands/keymap.ts';
import { isMac } from '../commands/platform.ts';
import { useApp } from '../state/app-store.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Keys } from '../ui/keys.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { changeSettings } from './change-settings.ts';

/** Every action with its keys; they can be taken away, added and set back. */
export function KeysPage() {
  const keys = useApp(({ settings }) => settings.keys);
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = ACTIONS.filter(({ label, group }) => `${group} ${label}`.toLowerCase().includes(wanted));
  return (
    <>
      <div className="flex gap-2 p-4 pb-2">
        <TextInput
          aria-label="Find an action"
          placeholder="Find an action"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          className="flex-1"
        />
        <Button icon={RotateCcw} disabled={Object.keys(keys).length === 0} onClick={() => changeSettings({ keys: {} })}>
          Reset all keys
        </Button>
      </div>
      <ul aria-label="Actions" className="h-[50vh] overflow-y-auto px-4 pb-4">
        {found.length === 0 && (
          <li className="py-4 text-center text-dim">No action has this name: try another word.</li>
        )}
        {found.map((action) => (
          <ActionKeys key={action.id} action={action} />
        ))}
      </ul>
    </>
  );
}

function ActionKeys({ action }: { action: Action }) {
  const rebound = useApp(({ settings }) => settings.keys);
  // Null until it has listened once; the button that began it then takes the focus back.
  const [listening, setListening] = useState<boolean | null>(null);
  const keys = keysOf(action, rebound);
  const isRebound = Object.hasOwn(rebound, action.id);
  const conflicts = keys.flatMap((combination) => conflictsOf(action, combination, ACTIONS, rebound));

  const setKeys = (next: readonly KeyCombination[]) => changeSettings({ keys: { ...rebound, [action.id]: next } });
  const reset = () => {
    const { [action.id]: _, ...others } = rebound;
    changeSettings({ keys: others });
  };
  return (
    <li className="flex min-h-7 items-center gap-2 border-line border-b">
      <span className="flex-1">
        {action.label} <span className="text-faint">{action.group}</span>
        {conflicts.length > 0 && (
          <span className="ml-2 text-attention">keys shared with {conflicts.map(({ label }) => label).join(', ')}</span>
        )}
      </span>
      {keys.map((combination) => (
        <span key={combination} className="flex items-center">
          <Keys keys={shownKeys(combination, isMac())} />
          <IconButton
            icon={X}
            label={`Take ${shownKeys(combination, isMac())} away from ${action.label}`}
            onClick={() => setKeys(keys.filter((other) => other !== combination))}
          />
        </span>
      ))}
      {listening ? (
        <KeyListener
          onKeys={(combination) => {
            setListening(false);
            if (combination !== null) setKeys([...new Set([...keys, combination])]);
          }}
        />
      ) : (
        <IconButton
          icon={Plus}
          label={`Add keys to ${action.label}`}
          autoFocus={listening === false}
          onClick={() => setListening(true)}
        />
      )}
      <IconButton icon={RotateCcw} label={`Reset the keys of ${action.label}`} disabled={!isRebound} onClick={reset} />
    </li>
  );
}

/** Takes the next key combination; Escape and leaving give null. */
function KeyListener({ onKeys }: { onKeys(keys: KeyCombination | null): void }) {
  useEffect(() => {
    const take = (event: KeyboardEvent) => {
      // Tab leaves, as everywhere.
      if (event.key === 'Tab') return;
      event.preventDefault();
      event.stopPropagation();
      const keys = pressedKeys(event, isMac());
      if (event.key === 'Escape') onKeys(null);
      else if (keys !== null) onKeys(keys);
    };
    // Before the dialog, which Escape closes.
    window.addEventListener('keydown', take, { capture: true });
    return () => window.removeEventListener('keydown', take, { capture: true });
  }, [onKeys]);
  return (
    <TextInput
      autoFocus
      readOnly
      aria-label="Press the keys"
      placeholder="Press the keys"
      className="w-28"
      onBlur={() => onKeys(null)}
    />
  );
}
