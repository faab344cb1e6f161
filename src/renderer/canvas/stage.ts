import type { ReactFlowInstance } from '@xyflow/react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Point } from '../../shared/graph/document.ts';
import type { DraggedPin } from '../../shared/graph/edit/add-wired-node.ts';
import type { NodeSizes } from '../../shared/graph/edit/boxes.ts';
import type { BoxElement, WireElement } from './flow-elements.ts';

/** What a search for a node to insert is about. */
export interface Insertion {
  /** Where the node goes, in canvas units. */
  readonly at: Point;
  /** Where the list opens, in pixels of the window. */
  readonly screen: Point;
  /** The pin that the node is wired to; null for none. */
  readonly pin: DraggedPin | null;
}

/** The state of the canvas in front that actions, menus and gestures share. None of it is part of a document. */
export interface Stage {
  /** Null while no canvas is there. */
  readonly flow: ReactFlowInstance<BoxElement, WireElement> | null;
  /** Width and height of nodes as they are drawn. */
  readonly sizes: NodeSizes;
  readonly insertion: Insertion | null;
  /** The pin that a wire is drawn from by keyboard, or the node that it has to be chosen of. */
  readonly keyboardWire: { readonly node: string; readonly pin: DraggedPin | null } | null;
  /** Id of the node whose name, or key of the frame or note whose text is edited. */
  readonly renaming: string | null;
  readonly isFinding: boolean;
  readonly snaps: boolean;
  readonly hasMinimap: boolean;
}

export const stage = createStore<Stage>(() => ({
  flow: null,
  sizes: () => [0, 0],
  insertion: null,
  keyboardWire: null,
  renaming: null,
  isFinding: false,
  snaps: false,
  hasMinimap: true,
}));

export function useStage<T>(selector: (state: Stage) => T): T {
  return useStore(stage, selector);
}

/** Distance of the lines that nodes snap to, in canvas units. */
export const GRID = 8;
