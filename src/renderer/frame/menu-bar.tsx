import { Menubar } from 'radix-ui';
import { Fragment } from 'react';
import type { Action } from '../actions/action.ts';
import { ACTION_GROUPS } from '../actions/groups.ts';
import { ACTION_SECTIONS } from '../actions/registry.ts';
import { actionContext, performAction } from '../commands/perform-action.ts';
import { useKeys } from '../commands/use-keys.ts';
import { Keys } from '../ui/keys.tsx';
import { MENU_CONTENT, MENU_ITEM, MENU_SEPARATOR } from '../ui/menu-styles.ts';
import { leaveFocusTaken } from '../ui/return-focus.ts';

/** The menus of the window, one a group of actions. */
export function MenuBar() {
  return (
    <Menubar.Root aria-label="Menu" className="flex items-center">
      {ACTION_GROUPS.map((group) => (
        <GroupMenu key={group} group={group} />
      ))}
    </Menubar.Root>
  );
}

function GroupMenu({ group }: { group: Action['group'] }) {
  const sections = ACTION_SECTIONS.map((section) => section.filter((action) => action.group === group)).filter(
    ({ length }) => length > 0,
  );
  if (sections.length === 0) return null;
  return (
    <Menubar.Menu>
      <Menubar.Trigger className="h-6 rounded-control px-2 text-dim hover:text-fg data-[highlighted]:bg-hover data-[state=open]:bg-pressed data-[state=open]:text-fg">
        {group}
      </Menubar.Trigger>
      <Menubar.Portal>
        <Menubar.Content
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={leaveFocusTaken}
          className={MENU_CONTENT}
        >
          {sections.map((section, index) => (
            <Fragment key={section[0].id}>
              {index > 0 && <Menubar.Separator className={MENU_SEPARATOR} />}
              {section.map((action) => (
                <MenuItem key={action.id} action={action} />
              ))}
            </Fragment>
          ))}
        </Menubar.Content>
      </Menubar.Portal>
    </Menubar.Menu>
  );
}

function MenuItem({ action }: { action: Action }) {
  const keys = useKeys(action);
  const Icon = action.icon;
  return (
    <Menubar.Item
      className={MENU_ITEM}
      // Whether it applies is looked up when the menu opens, for its content is made anew each time.
      disabled={!action.when(actionContext())}
      // The menu gives the focus back first: what the action focuses stays focused.
      onSelect={() => setTimeout(() => performAction(action))}
    >
      <span className="flex size-4 items-center justify-center">
        {Icon && <Icon aria-hidden className="size-3.5" strokeWidth={1.75} />}
      </span>
      <span className="flex-1 pr-6">{action.label}</span>
      {keys && <Keys keys={keys} />}
    </Menubar.Item>
  );
}
