import type { GraphNode } from '../../shared/graph/document.ts';
import type { PinOptions } from '../../shared/node-api/pins.ts';
import type { InputSignature } from '../../shared/node-api/signature.ts';
import { isModelPin } from '../models/model-pins.ts';
import { useApp } from '../state/app-store.ts';
import { bodyInView } from '../state/body-in-view.ts';
import { useGraphState } from '../state/open-graph-context.tsx';

/** The options of an input's field: its own, and what the pins say that the graph's input is wired to. */
export function useFieldOptions(node: GraphNode, pin: InputSignature): PinOptions {
  const catalogue = useApp((state) => state.catalogue);
  const isModel = useGraphState(({ graph, view }) => isModelPin(bodyInView(graph, view), node, pin, catalogue));
  return isModel && pin.content === undefined ? { ...pin, content: 'model' } : pin;
}
