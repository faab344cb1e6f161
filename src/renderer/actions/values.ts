import { Pin, X } from 'lucide-react';
import { closePinned, hoverStore, pinLook } from '../previews/hover.ts';
import type { Action } from './action.ts';

const KEEP_VALUE: Action = {
  id: 'values.keep',
  label: 'Keep the value of the pin open',
  group: 'View',
  icon: Pin,
  keys: ['P'],
  history: 'none',
  when: () => hoverStore.getState().hovered !== null,
  perform: () => {
    const { hovered } = hoverStore.getState();
    if (hovered === null) return;
    const { right, top } = hovered.anchor.getBoundingClientRect();
    pinLook({ x: right, y: top });
  },
};

const CLOSE_VALUES: Action = {
  id: 'values.close',
  label: 'Close the values that were kept open',
  group: 'View',
  icon: X,
  history: 'none',
  when: ({ graph }) => hoverStore.getState().pinned.some((look) => look.graph === graph?.id),
  perform: ({ graph }) => {
    for (const look of hoverStore.getState().pinned) if (look.graph === graph?.id) closePinned(look);
  },
};

/** What is done with the looks at values. */
export const VALUE_ACTIONS: readonly Action[] = [KEEP_VALUE, CLOSE_VALUES];
