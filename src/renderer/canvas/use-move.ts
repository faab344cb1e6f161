import type { OnNodeDrag } from '@xyflow/react';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { withFrameContents } from '../../shared/graph/edit/frame-contents.ts';
import { insertOnWire } from '../../shared/graph/edit/insert-on-wire.ts';
import { move } from '../../shared/graph/edit/move.ts';
import type { Selection } from '../../shared/graph/edit/selection.ts';
import { bodyInView } from '../state/body-in-view.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { editBody } from './edit-body.ts';
import type { BoxElement } from './flow-elements.ts';
import { installedTypes } from './installed-types.ts';
import type { Moving } from './use-elements.ts';
import { useStable } from './use-stable.ts';

type Dragging = Parameters<OnNodeDrag<BoxElement>>;

interface Drag {
  /** Where the box under the pointer was. */
  readonly x: number;
  readonly y: number;
  readonly selection: Selection;
  /** Null until the pointer has moved. */
  moving: Moving | null;
}

interface MoveOptions {
  /** Key of a wire under a node, where it could be spliced in. */
  wireUnder(node: string): string | null;
  sizes(id: string): readonly [number, number];
}

/**
 * Moves what is dragged. The document hears of it once, at the end: until then the places are the canvas' own, so that
 * a drag costs no edit a frame, and Escape has nothing to take back.
 */
export function useMove({ wireUnder, sizes }: MoveOptions) {
  const open = useOpenGraph();
  const [moving, setMoving] = useState<Moving | null>(null);
  const drag = useRef<Drag | null>(null);

  useEffect(() => {
    const giveUp = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || drag.current === null) return;
      event.preventDefault();
      drag.current = null;
      setMoving(null);
    };
    window.addEventListener('keydown', giveUp, true);
    return () => window.removeEventListener('keydown', giveUp, true);
  }, []);

  const onNodeDragStart = useStable<Dragging, void>((_, { position: { x, y } }, dragged) => {
    const { graph, view } = open.store.getState();
    const selection = withFrameContents(bodyInView(graph, view), selectionOf(dragged), sizes);
    drag.current = { x, y, selection, moving: null };
  });
  const onNodeDrag = useStable<Dragging, void>((_, { position }) => {
    if (drag.current === null) return;
    const { x, y, selection } = drag.current;
    drag.current.moving = { selection, by: [position.x - x, position.y - y] };
    setMoving(drag.current.moving);
  });
  const onNodeDragStop = useStable<Dragging, void>((_, dragged) => {
    const last = drag.current?.moving ?? null;
    drag.current = null;
    // It was given up, or was a click, which React Flow calls a drag too.
    if (last === null) return;
    // The wire is looked for in what is drawn, and that may be a step behind the pointer.
    flushSync(() => setMoving(last));
    const wire = last.selection.nodes.size === 1 ? wireUnder(dragged.id) : null;
    setMoving(null);
    editBody(open, wire === null ? 'Move' : 'Insert into a wire', (draft) => {
      const moved = move(draft, last.selection, last.by);
      if (wire === null || !moved.ok) return moved;
      const spliced = insertOnWire(draft, installedTypes, wire, dragged.id);
      // A node may be dropped where a wire happens to be.
      return spliced.ok ? spliced : moved;
    });
  });
  return { moving, onNodeDragStart, onNodeDrag, onNodeDragStop };
}

function selectionOf(dragged: readonly BoxElement[]): Selection {
  const of = (type: BoxElement['type']) => new Set(dragged.filter((box) => box.type === type).map(({ id }) => id));
  return { nodes: of('node'), frames: of('frame'), notes: of('note'), wires: new Set() };
}
