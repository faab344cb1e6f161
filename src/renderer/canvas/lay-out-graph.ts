import type { ElkNode } from 'elkjs/lib/elk-api.js';
import elkWorker from 'elkjs/lib/elk-worker.min.js?url';
import type { GraphBody, Point } from '../../shared/graph/document.ts';
import { nodeAt } from '../../shared/graph/edit/pin-end.ts';
import { place, placeOf } from '../../shared/graph/edit/places.ts';
import { bodyInView } from '../state/body-in-view.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { editBody } from './edit-body.ts';
import { bringIntoView } from './show-in-view.ts';
import { stage } from './stage.ts';

/**
 * Lays out the selected nodes, or all of them, in layers from left to right: one step of history. What was laid out
 * stays where it was on the canvas, by its top left corner.
 */
export async function layOutGraph(open: OpenGraph): Promise<void> {
  const { graph, view, selection } = open.store.getState();
  const body = bodyInView(graph, view);
  const ids = selection.nodes.size > 1 ? selection.nodes : new Set(body.nodes.map(({ id }) => id));
  const places = await layOut(body, ids, stage.getState().sizes);
  editBody(open, 'Lay out', (draft) => {
    place(draft, { nodes: places });
    // Points were set for where the wires ran before.
    draft.update('wires', (wire) => {
      if (wire.ui?.via === undefined || !ids.has(nodeAt(wire.from)) || !ids.has(nodeAt(wire.to))) return wire;
      const { via: _, ...ui } = wire.ui;
      return { ...wire, ui };
    });
    return { ok: true, said: `Laid out ${places.size} ${places.size === 1 ? 'node' : 'nodes'}.` };
  });
  bringIntoView([...ids]);
}

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': '32',
  'elk.layered.spacing.nodeNodeBetweenLayers': '72',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  // Nodes that a person put in an order keep it where that costs no crossing.
  'elk.layered.considerModelOrder.strategy': 'PREFER_NODES',
};

async function layOut(
  body: GraphBody,
  ids: ReadonlySet<string>,
  sizes: (id: string) => Point,
): Promise<Map<string, Point>> {
  const nodes = body.nodes.filter(({ id }) => ids.has(id));
  const edges = [...(body.wires ?? []), ...(body.after ?? [])].filter(
    ({ from, to }) => ids.has(nodeAt(from)) && ids.has(nodeAt(to)),
  );
  // Loaded when it is needed first, and in a worker: a large graph takes it seconds.
  const { default: Elk } = await import('elkjs/lib/elk-api.js');
  const elk = new Elk({ workerUrl: elkWorker });
  const laid: ElkNode = await elk.layout({
    id: 'graph',
    layoutOptions: OPTIONS,
    children: nodes.map(({ id }) => ({ id, width: sizes(id)[0], height: sizes(id)[1] })),
    edges: edges.map(({ from, to }, index) => ({ id: `${index}`, sources: [nodeAt(from)], targets: [nodeAt(to)] })),
  });
  elk.terminateWorker();
  const left = Math.min(...nodes.map((node) => placeOf(node)[0]));
  const top = Math.min(...nodes.map((node) => placeOf(node)[1]));
  return new Map(laid.children?.map(({ id, x = 0, y = 0 }) => [id, [left + x, top + y]]));
}
