import { History } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { announce } from '../announce/announce.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { MENU_CONTENT } from '../ui/menu-styles.ts';
import { moveFocus } from '../ui/move-focus.ts';
import { leaveFocusTaken } from '../ui/return-focus.ts';

/** The edits of the graph, newest first. Choosing one goes to the graph as it was just after it. */
export function HistoryButton() {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <IconButton icon={History} label="History" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          onCloseAutoFocus={leaveFocusTaken}
          aria-label="History"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className={`${MENU_CONTENT} max-h-96 w-64`}
        >
          <HistoryList />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function HistoryList() {
  const { editor } = useOpenGraph();
  // Renders again with each edit.
  useGraphState(({ graph }) => graph);
  const current = useRef<HTMLButtonElement>(null);
  const { history, position } = editor;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the position
  useEffect(() => current.current?.focus(), [position]);

  const go = (target: number, label: string) => {
    if (editor.jump(target)) announce(`The graph is as it was after: ${label}.`);
  };
  const entries = [
    { label: 'Opened', target: 0 },
    ...history.map(({ label, index }) => ({ label, target: index + 1 })),
  ];
  return (
    <ul aria-label="History" onKeyDown={moveFocus}>
      {entries.reverse().map(({ label, target }) => (
        <li key={target}>
          <button
            ref={target === position ? current : undefined}
            type="button"
            aria-current={target === position ? 'step' : undefined}
            onClick={() => go(target, label)}
            className={`flex h-6 w-full items-center rounded-control px-2 text-left hover:bg-hover ${
              target === position ? 'bg-pressed font-medium' : target > position ? 'text-faint italic' : 'text-dim'
            }`}
          >
            <span className="truncate">{label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
