import type { LucideIcon } from 'lucide-react';
import type { Action } from '../actions/action.ts';
import { performAction } from '../commands/perform-action.ts';
import { useKeys } from '../commands/use-keys.ts';
import { IconButton } from '../ui/button.tsx';

interface ActionButtonProps {
  readonly action: Action;
  readonly icon: LucideIcon;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
}

/** An action in a toolbar. */
export function ActionButton({ action, ...rest }: ActionButtonProps) {
  return <IconButton label={action.label} keys={useKeys(action)} onClick={() => performAction(action)} {...rest} />;
}
