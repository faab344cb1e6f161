import { useOnViewportChange, useReactFlow, useStoreApi, type Viewport } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { appStore } from '../state/app-store.ts';
import { bodyNameOf } from '../state/body-in-view.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import type { BoxElement, WireElement } from './flow-elements.ts';
import { locationsOf } from './locations.ts';
import { showAll } from './show-in-view.ts';
import { type Stage, stage } from './stage.ts';
import { useStable } from './use-stable.ts';

/**
 * Lets actions reach the canvas that is in front, and brings a graph back to where it was looked at. False until it is
 * there: what is drawn before that is not to be seen.
 */
export function useStageFlow(sizes: Stage['sizes']): boolean {
  const flow = useReactFlow<BoxElement, WireElement>();
  const flowStore = useStoreApi();
  const open = useOpenGraph();
  const [isThere, setThere] = useState(false);
  const remember = useStable((viewport: Viewport) => {
    const { trail } = open.store.getState().view;
    locationsOf(open).arrive({ trail, viewport }, flowStore.getState());
  });

  useEffect(() => {
    stage.setState({ flow, sizes });
    const { view } = open.store.getState();
    const known = locationsOf(open).lastIn(bodyNameOf(view));
    const arrival = known === undefined ? showAll(0) : flow.setViewport(known);
    void arrival.then(() => {
      remember(flow.getViewport());
      setThere(true);
    });
    return () => {
      stage.setState({ flow: null, insertion: null, keyboardWire: null, renaming: null, isFinding: false });
    };
  }, [flow, open, sizes, remember]);

  useOnViewportChange({
    // Panning changes no zoom, and the whole window listens to that store.
    onChange: ({ zoom }) => void (zoom !== appStore.getState().zoom && appStore.setState({ zoom })),
    onEnd: remember,
  });
  return isThere;
}
