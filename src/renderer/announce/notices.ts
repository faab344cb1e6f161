import { createStore } from 'zustand/vanilla';
import { announce } from './announce.ts';

/** A sentence that is shown in a corner of the window, for what belongs to no node; until it is dismissed, if not `done`. */
export interface Notice {
  readonly id: number;
  readonly tone: 'done' | 'attention' | 'failed';
  readonly sentence: string;
  /** What can be done about it, with one button. */
  readonly offer?: { readonly label: string; perform(): void };
}

export const notices = createStore<{ readonly shown: readonly Notice[] }>(() => ({ shown: [] }));

/** Shows a notice. The same sentence is not shown twice at a time. Gives its id, for `dismissNotice`. */
export function notify(notice: Omit<Notice, 'id'>): number {
  const id = ++last;
  notices.setState(({ shown }) => ({
    shown: [...shown.filter(({ sentence }) => sentence !== notice.sentence), { ...notice, id }].slice(-MAX_SHOWN),
  }));
  announce(notice.sentence);
  if (notice.tone === 'done') setTimeout(() => dismissNotice(id), DONE_MS);
  return id;
}

/** Tells of an error that ended what the person asked for. */
export function notifyError(error: unknown): void {
  notify({ tone: 'failed', sentence: error instanceof Error ? error.message : String(error) });
}

export function dismissNotice(id: number): void {
  notices.setState(({ shown }) => ({ shown: shown.filter((notice) => notice.id !== id) }));
}

const MAX_SHOWN = 4;
const DONE_MS = 6000;
let last = 0;
