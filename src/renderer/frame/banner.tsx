import type { ReactNode } from 'react';

interface BannerProps {
  readonly tone: 'attention' | 'failed';
  /** What is going on, in one sentence. */
  readonly children: ReactNode;
  readonly buttons?: ReactNode;
}

/** A strip over the canvas about something that goes on until it is settled. */
export function Banner({ tone, children, buttons }: BannerProps) {
  return (
    <div
      role="alert"
      className={`flex min-h-8 shrink-0 flex-wrap items-center gap-2 border-line border-b px-3 py-1 ${TONES[tone]}`}
    >
      <p data-selectable className="min-w-0 flex-1 break-words">
        {children}
      </p>
      {buttons}
    </div>
  );
}

const TONES = { attention: 'bg-attention-soft text-fg', failed: 'bg-failed-soft text-fg' };
