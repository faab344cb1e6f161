import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  /** Closed until somebody opens it, for what is seldom needed. */
  readonly isClosed?: boolean;
  readonly children: ReactNode;
}

export function Section({ title, isClosed = false, children }: SectionProps) {
  return (
    <details open={!isClosed} className="group border-line border-t">
      <summary className="flex h-7 cursor-default list-none items-center gap-1 px-2 font-medium text-dim hover:text-fg">
        <ChevronRight aria-hidden className="size-3.5 group-open:rotate-90" />
        {title}
      </summary>
      <div className="flex flex-col gap-0.5 px-3 pb-2.5">{children}</div>
    </details>
  );
}

/** A name with a field or a fact beside it. */
export function Row({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <div className="flex min-h-6 items-center gap-2">
      <span className="w-24 shrink-0 truncate text-dim" title={hint ?? name}>
        {name}
      </span>
      <div className="flex min-w-0 flex-1 items-center gap-1">{children}</div>
    </div>
  );
}

/** A fact that can be selected and copied. */
export function Fact({ children }: { children: ReactNode }) {
  return (
    <span className="tabular min-w-0 truncate font-mono text-2xs" data-selectable>
      {children}
    </span>
  );
}
