import type { DraggedPin } from '../../shared/graph/edit/add-wired-node.ts';
import { PinTypes } from '../../shared/graph/edit/pin-types.ts';
import { bodyNameOf } from '../state/body-in-view.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { installedTypes } from './installed-types.ts';
import { type WireDrag, wireDrag } from './wire-drag.ts';

/** Begins to draw a wire from a pin: all pins on the canvas show whether they would take it. */
export function beginWire({ editor, store }: OpenGraph, from: DraggedPin): WireDrag {
  const types = new PinTypes(editor.graph, bodyNameOf(store.getState().view), installedTypes);
  const drag: WireDrag = { from, types };
  wireDrag.setState({ drag });
  return drag;
}
