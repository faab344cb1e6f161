import { ContextMenu } from 'radix-ui';
import { Fragment, type ReactNode, useState } from 'react';
import type { Action } from '../actions/action.ts';
import { actionContext, performAction } from '../commands/perform-action.ts';
import { useKeys } from '../commands/use-keys.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { NO_SELECTION, type Selection } from '../state/selection.ts';
import { Keys } from '../ui/keys.tsx';
import { MENU_CONTENT, MENU_ITEM, MENU_SEPARATOR } from '../ui/menu-styles.ts';
import { leaveFocusTaken } from '../ui/return-focus.ts';
import { type MenuTarget, menuFor } from './menu-for.ts';
import { pointer } from './pointer.ts';

/** The menu of whatever is under the pointer: a pin, a node, a wire, a frame, a note or the canvas itself. */
export function CanvasMenu({ children }: { children: ReactNode }) {
  const { store } = useOpenGraph();
  const [groups, setGroups] = useState<readonly (readonly Action[])[]>([]);
  return (
    // A modal menu puts a style sheet into the page, which its content policy forbids.
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger
        asChild
        onContextMenu={(event) => {
          pointer.x = event.clientX;
          pointer.y = event.clientY;
          const target = targetOf(event.target);
          const { selection } = store.getState();
          // As everywhere: what is not selected is selected alone, what is selected stays so with the rest.
          if (target.list !== null && !selection[target.list].has(target.key)) {
            store.setState({ selection: { ...NO_SELECTION, [target.list]: new Set([target.key]) } });
          }
          const context = actionContext();
          setGroups(menuFor(target).map((group) => group.filter((a) => a.when(context))));
        }}
      >
        <div className="h-full">{children}</div>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          onCloseAutoFocus={leaveFocusTaken}
          className={MENU_CONTENT}
          aria-label="Menu of the canvas"
        >
          {groups
            .filter((group) => group.length > 0)
            .map((group, index) => (
              <Fragment key={group[0].id}>
                {index > 0 && <ContextMenu.Separator className={MENU_SEPARATOR} />}
                {group.map((action) => (
                  <Item key={action.id} action={action} />
                ))}
              </Fragment>
            ))}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function Item({ action }: { action: Action }) {
  const keys = useKeys(action);
  const Icon = action.icon;
  return (
    // The menu gives the focus back first: what the action focuses stays focused.
    <ContextMenu.Item className={MENU_ITEM} onSelect={() => setTimeout(() => performAction(action))}>
      <span className="flex size-4 items-center justify-center">
        {Icon && <Icon aria-hidden className="size-3.5" />}
      </span>
      <span className="flex-1">{action.label}</span>
      {keys && <Keys keys={keys} />}
    </ContextMenu.Item>
  );
}

const LISTS: readonly (readonly [selector: string, list: keyof Selection])[] = [
  ['.react-flow__node-node', 'nodes'],
  ['.react-flow__node-frame', 'frames'],
  ['.react-flow__node-note', 'notes'],
  ['.react-flow__edge', 'wires'],
];

function targetOf(element: EventTarget): MenuTarget {
  if (element instanceof Element) {
    for (const [selector, list] of LISTS) {
      const found = element.closest<HTMLElement | SVGElement>(selector);
      if (found?.dataset.id !== undefined) return { list, key: found.dataset.id };
    }
  }
  return { list: null };
}
