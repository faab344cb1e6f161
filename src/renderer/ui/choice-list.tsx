import { Check, ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { MENU_CONTENT, MENU_ITEM } from './menu-styles.ts';
import { leaveFocusTaken } from './return-focus.ts';

interface ChoiceListProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string; readonly disabled?: boolean }[];
  onChoose(value: T): void;
  readonly className?: string;
}

/**
 * One choice out of a few, from a list that drops down. A menu, for Radix's own select puts <style> elements into the
 * page, which the content security policy forbids.
 */
export function ChoiceList<T extends string>({ label, value, choices, onChoose, className = '' }: ChoiceListProps<T>) {
  const chosen = choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={`${label}: ${chosen}`}
        className={`flex h-6 items-center justify-between gap-2 rounded-control border border-line bg-inset px-2 hover:border-line-strong ${className}`}
      >
        <span className="truncate">{chosen}</span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-dim" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={2}
          collisionPadding={8}
          onCloseAutoFocus={leaveFocusTaken}
          className={MENU_CONTENT}
        >
          <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onChoose(next as T)}>
            {choices.map((choice) => (
              <DropdownMenu.RadioItem
                key={choice.value}
                value={choice.value}
                disabled={choice.disabled}
                className={MENU_ITEM}
              >
                <span className="size-3.5">
                  <DropdownMenu.ItemIndicator>
                    <Check aria-hidden className="size-3.5" />
                  </DropdownMenu.ItemIndicator>
                </span>
                {choice.label}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
