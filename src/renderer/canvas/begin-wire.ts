import type { DraggedPin } from '../../shared/graph/edit/add-wired-node.ts';
import { disconnect } from '../../shared/graph/edit/disconnect.ts';
import { GraphDraft } from '../../shared/graph/edit/graph-draft.ts';
import { PinTypes } from '../../shared/graph/edit/pin-types.ts';
import { bodyNameOf } from '../state/body-in-view.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { installedTypes } from './installed-types.ts';
import { type WireDrag, wireDrag } from './wire-drag.ts';

/**
 * Begins to draw a wire from a pin: all pins on the canvas show whether they would take it.
 * @param pulled key of the wire whose end was taken off its input
 */
export function beginWire({ editor, store }: OpenGraph, from: DraggedPin, pulled: string | null = null): WireDrag {
  const body = bodyNameOf(store.getState().view);
  const draft = new GraphDraft(editor.graph);
  // It is judged as if the wire were gone already.
  if (pulled !== null) disconnect(draft.body(body), new Set([pulled]));
  const drag: WireDrag = { from, types: new PinTypes(draft.graph, body, installedTypes), pulled };
  wireDrag.setState({ drag });
  return drag;
}
