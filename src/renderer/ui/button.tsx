import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Tooltip } from './tooltip.tsx';

interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: 'main' | 'plain' | 'danger';
  readonly icon?: LucideIcon;
}

export function Button({ tone = 'plain', icon: Icon, className = '', children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex h-6 shrink-0 items-center gap-1.5 rounded-control px-2.5 font-medium text-xs disabled:opacity-50 ${TONES[tone]} ${className}`}
      {...rest}
    >
      {Icon && <Icon aria-hidden className="size-3.5" />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  readonly icon: LucideIcon;
  /** The name of the button, also its tooltip. */
  readonly label: string;
  /** Shown beside the name in the tooltip, as `Ctrl+S`. */
  readonly keys?: string;
  /** For a button that switches something on and off. */
  readonly pressed?: boolean;
}

export function IconButton({ icon: Icon, label, keys, pressed, className = '', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={`inline-flex size-6 shrink-0 items-center justify-center rounded-control text-dim hover:bg-hover hover:text-fg active:bg-pressed disabled:pointer-events-none disabled:opacity-40 aria-pressed:bg-pressed aria-pressed:text-fg ${className}`}
        {...rest}
      >
        <Icon aria-hidden className="size-4" strokeWidth={1.75} />
      </button>
    </Tooltip>
  );
}

const TONES = {
  main: 'bg-accent text-on-accent hover:brightness-110',
  plain: 'border border-line bg-panel text-fg hover:bg-hover active:bg-pressed',
  danger: 'border border-failed/60 bg-failed-soft text-failed hover:border-failed',
};
