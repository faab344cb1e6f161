import type { CheckedGraph } from '../../shared/graph/checked-graph.ts';
import type { Graph, GraphBody } from '../../shared/graph/document.ts';
import type { BodyName } from '../../shared/graph/edit/graph-draft.ts';
import { setParam } from '../../shared/graph/edit/set-param.ts';
import { graphNameOf } from '../../shared/graph/nesting.ts';
import { announce } from '../announce/announce.ts';
import type { OpenGraph } from '../state/graph-store.ts';

/** Where it is written what a camera node sees with. */
export type DevicePlace =
  | { readonly in: 'node'; readonly path: string; readonly pin: string }
  /** An input of the graph that is wired to the node. */
  | { readonly in: 'input'; readonly name: string };

/** Null for a node without a camera, and for one that gets its device from another node. */
export function devicePlace({ nodes, inputs }: CheckedGraph, path: string): DevicePlace | null {
  const node = nodes.find(({ id }) => id === path);
  const at = node?.signature.inputs.findIndex(({ widget }) => widget === 'camera') ?? -1;
  const source = node?.inputs.at(at);
  if (node === undefined || at < 0 || source === undefined) return null;
  if (source.from !== 'wire') return { in: 'node', path, pin: node.signature.inputs[at].name };
  const input = inputs.find((input) => input.node === source.node);
  return input === undefined ? null : { in: 'input', name: input.name };
}

/** Whether an input of the graph says what a camera node sees with. */
export function namesDevice({ nodes }: CheckedGraph, { node }: CheckedGraph['inputs'][number]): boolean {
  return nodes.some(({ signature, inputs }) =>
    signature.inputs.some(({ widget }, index) => {
      const source = inputs[index];
      return widget === 'camera' && source.from === 'wire' && source.node === node;
    }),
  );
}

/** Changes it where it is written: in the document, or for the next runs. */
export function setDevice({ editor, store }: OpenGraph, place: DevicePlace, device: string): void {
  if (place.in === 'input') {
    const { inputs } = store.getState();
    store.setState({ inputs: { ...inputs, [place.name]: device } });
    return;
  }
  const { body, node } = nodeAt(store.getState().graph, place.path);
  const outcome = editor.edit(`Set ${place.pin}`, (draft) => setParam(draft.body(body), node, place.pin, device));
  editor.mark();
  if (outcome.ok) announce(outcome.said);
}

/** The graph within the document that a path leads to, and the id of the node there. */
function nodeAt(graph: Graph, path: string): { readonly body: BodyName; readonly node: string } {
  const outer = path.split('/');
  const node = outer.pop() ?? path;
  let body: BodyName = null;
  for (const step of outer) {
    const within: GraphBody = body === null ? graph : (graph.graphs?.[body] ?? graph);
    body = graphNameOf(within.nodes.find(({ id }) => id === step)?.type ?? '') ?? null;
  }
  return { body, node };
}
