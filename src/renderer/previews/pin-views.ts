import { createContext, useContext, useEffect, useId, useRef, useState } from 'react';
import type { PinRef, PinView } from '../../shared/protocol/preview.ts';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { appStore } from '../state/app-store.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { type LookDetail, Watches } from './watches.ts';

/** Everything that this window looks at. */
export const watches = new Watches(
  (list) => {
    // A line that is made again gets the whole list.
    if (appStore.getState().line.state === 'open') call('watch', { watches: list }).catch(notifyError);
  },
  (task) => queueMicrotask(task),
);

/**
 * What can be seen at a pin, kept up to date while the component is there; null until the host has told.
 * @param ref null to look at nothing
 * @param maxSide of the picture, in pixels of the screen; 0 for none
 */
export function usePinView(ref: PinRef | null, maxSide: number, detail: LookDetail = AT_A_GLANCE): PinView | null {
  return usePinViews(ref === null ? NONE : [ref], maxSide, detail)[0] ?? null;
}

/**
 * The same for several pins, of the same item where they are a stream's; in the order of `refs`. What was seen stays until
 * there is something else to see of the same pins.
 */
export function usePinViews(
  refs: readonly PinRef[],
  maxSide: number,
  detail: LookDetail = AT_A_GLANCE,
): readonly (PinView | null)[] {
  const graph = useOpenGraph().id;
  const isCovered = useContext(Covered);
  const id = useId();
  const together = refs.length > 1 ? id : null;
  const key = JSON.stringify(refs);
  const closeness = JSON.stringify(detail);
  const [state, setState] = useState<Views>({ key, views: [] });
  const shown = useRef(state);

  useEffect(() => {
    if (isCovered) return;
    const looked: PinRef[] = JSON.parse(key);
    const before = shown.current.key === key ? shown.current.views : NO_VIEWS;
    const views = looked.map((_, index) => before[index] ?? null);
    let waiting: number | undefined;
    const show = () => {
      window.clearTimeout(waiting);
      waiting = undefined;
      shown.current = { key, views: [...views] };
      setState(shown.current);
    };
    const stops = looked.map((ref, index) =>
      watches.look({
        graph,
        ref,
        together,
        maxSide,
        detail: JSON.parse(closeness),
        listener: (view) => {
          views[index] = view;
          // Those of one item come one after the other: a picture is not to be seen for a moment without its boxes.
          if (areOfOneItem(views)) show();
          else waiting ??= window.setTimeout(show, REST_MS);
        },
      }),
    );
    return () => {
      window.clearTimeout(waiting);
      for (const stop of stops) stop();
    };
  }, [graph, key, maxSide, together, closeness, isCovered]);

  // What was seen at other pins must not be shown for these.
  return state.key === key ? state.views : NO_VIEWS;
}

/** True around what something else covers for the moment: it stays as it is, and costs nothing. */
export const Covered = createContext(false);

/** ms after which what there is is shown though it is of several items: pins of different streams have no item in common. */
const REST_MS = 100;

function areOfOneItem(views: readonly (PinView | null)[]): boolean {
  const items = views.flatMap((view) =>
    view?.state === 'value' && view.preview.item !== null ? [view.preview.item] : [],
  );
  return new Set(items).size <= 1;
}

interface Views {
  /** The pins that the views are of. */
  readonly key: string;
  readonly views: readonly (PinView | null)[];
}

const AT_A_GLANCE: LookDetail = {};
const NONE: readonly PinRef[] = [];
const NO_VIEWS: readonly (PinView | null)[] = [];
