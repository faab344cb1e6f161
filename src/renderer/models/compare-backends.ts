import { GraphEditor } from '../../shared/graph/edit/graph-editor.ts';
import type { NodeSignature } from '../../shared/node-api/signature.ts';
import { announce } from '../announce/announce.ts';
import { call } from '../connection/host.ts';
import { freeName, graphName } from '../files/graph-name.ts';
import { runGraph } from '../run/run-graph.ts';
import type { ModelRef } from '../state/app-store.ts';
import { bodyInView } from '../state/body-in-view.ts';
import { type GraphState, openGraph } from '../state/graph-store.ts';
import { addGraphTab, openGraphs } from '../state/tabs.ts';
import { modelOfNode } from './model-pins.ts';

/** Opens a new graph that measures the model on every backend, and runs it. @throws WeftError for a model that cannot be read */
export async function compareBackends({ path, folder }: ModelRef): Promise<void> {
  const document = await call('compareGraph', { path, folder });
  const unnamed = freeName(openGraphs().map(({ store }) => graphName(store.getState())));
  const graph = openGraph({
    id: crypto.randomUUID(),
    editor: new GraphEditor(document),
    file: null,
    unnamed,
    trusted: true,
  });
  addGraphTab(graph);
  announce('A new graph that compares the backends is open.');
  await runGraph(graph);
}

/** The model that a node loads, measures, or gets from the nodes before it; null where there is none. */
export function modelBehind(
  state: GraphState,
  id: string,
  catalogue: ReadonlyMap<string, NodeSignature>,
): string | null {
  const { nodes, wires = [] } = bodyInView(state.graph, state.view);
  const seen = new Set<string>([id]);
  for (const at of seen) {
    const model = modelOfNode(state, at, catalogue);
    if (model !== null) return model;
    const signature = catalogue.get(nodes.find((node) => node.id === at)?.type ?? '');
    const pins = signature?.inputs.filter(({ type }) => type.kind === 'model').map(({ name }) => `${at}.${name}`) ?? [];
    // A set that grows while it is walked is a search.
    for (const { from, to } of wires) if (pins.includes(to)) seen.add(from.split('.')[0]);
  }
  return null;
}
