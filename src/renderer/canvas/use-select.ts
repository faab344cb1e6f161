import type { EdgeChange, NodeChange } from '@xyflow/react';
import { type MouseEvent, type PointerEvent, useRef } from 'react';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { NO_SELECTION, type Selection } from '../state/selection.ts';
import type { BoxElement, WireElement } from './flow-elements.ts';
import { selectBoxes, selectWires } from './selection-changes.ts';
import { useStable } from './use-stable.ts';

/** Takes over what is selected by mouse. A box that is drawn with Shift adds to what was selected before. */
export function useSelect(typeOf: (id: string) => BoxElement['type'] | undefined) {
  const { store } = useOpenGraph();
  const kept = useRef<Selection>(NO_SELECTION);

  const take = (change: (selection: Selection) => Selection) => {
    const { selection: before } = store.getState();
    const selection = joined(change(before), kept.current);
    if (selection !== before) store.setState({ selection });
  };
  return {
    /** Before React Flow, which lets go of everything as a box begins. */
    onPointerDownCapture: ({ shiftKey, target }: PointerEvent) => {
      const isOnPane = target instanceof Element && target.classList.contains('react-flow__pane');
      kept.current = shiftKey && isOnPane ? store.getState().selection : NO_SELECTION;
    },
    onNodesChange: useStable((changes: NodeChange<BoxElement>[]) =>
      take((selection) => selectBoxes(selection, changes, typeOf)),
    ),
    onEdgesChange: useStable((changes: EdgeChange<WireElement>[]) =>
      take((selection) => selectWires(selection, changes)),
    ),
    /** React Flow leaves what is selected as it is, for it might be dragged; a click means one thing alone. */
    onNodeClick: useStable(({ shiftKey, ctrlKey, metaKey, target }: MouseEvent, { id }: BoxElement) => {
      const isInField = target instanceof Element && target.closest('.nodrag') !== null;
      if (shiftKey || ctrlKey || metaKey || isInField) return;
      take(() => selectBoxes(NO_SELECTION, [{ type: 'select', id, selected: true }], typeOf));
    }),
  };
}

function joined(selection: Selection, kept: Selection): Selection {
  if (kept === NO_SELECTION) return selection;
  return {
    nodes: selection.nodes.union(kept.nodes),
    wires: selection.wires.union(kept.wires),
    frames: selection.frames.union(kept.frames),
    notes: selection.notes.union(kept.notes),
  };
}
