import { createStore } from 'zustand/vanilla';

/** What assistive technology reads out next. `count` tells two equal sentences apart. */
export interface Announcement {
  readonly sentence: string;
  readonly count: number;
}

export const announcements = createStore<Announcement>(() => ({ sentence: '', count: 0 }));

/** Has a sentence read out by screen readers, after what they are reading now. */
export function announce(sentence: string): void {
  announcements.setState(({ count }) => ({ sentence, count: count + 1 }));
}
