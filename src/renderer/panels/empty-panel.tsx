import type { ReactNode } from 'react';

/** What a panel will show, and how it gets there. */
export function EmptyPanel({ children }: { children: ReactNode }) {
  return <p className="px-3 py-2 text-dim">{children}</p>;
}
