import type { GraphBody, GraphNode } from '../../shared/graph/document.ts';
import { interfaceName, isGraphInput } from '../../shared/graph/interface.ts';
import type { InputSignature, NodeSignature } from '../../shared/node-api/signature.ts';
import { bodyInView } from '../state/body-in-view.ts';
import type { GraphState } from '../state/graph-store.ts';

type Catalogue = ReadonlyMap<string, NodeSignature>;

/** Whether what is written at a pin is the path of a model: the pin says so, or one that a graph's input is wired to. */
export function isModelPin(body: GraphBody, node: GraphNode, pin: InputSignature, catalogue: Catalogue): boolean {
  if (pin.content === 'model') return true;
  return isGraphInput(node) && pin.name === 'default' && feedsModel(body, node, catalogue);
}

/** Whether a node's value goes to a pin for the path of a model. */
export function feedsModel({ nodes, wires = [] }: GraphBody, { id }: GraphNode, catalogue: Catalogue): boolean {
  return wires.some(({ from, to }) => {
    if (from.split('.')[0] !== id) return false;
    const [target, pin] = to.split('.');
    const type = nodes.find((node) => node.id === target)?.type;
    const signature = type === undefined ? undefined : catalogue.get(type);
    return signature?.inputs.some(({ name, content }) => name === pin && content === 'model') === true;
  });
}

/** The model that a node loads, as the graph says it; null for other nodes, and where it is known only in a run. */
export function modelOfNode({ graph, view, inputs }: GraphState, id: string, catalogue: Catalogue): string | null {
  const body = bodyInView(graph, view);
  const node = body.nodes.find((other) => other.id === id);
  const pin = catalogue.get(node?.type ?? '')?.inputs.find(({ content }) => content === 'model');
  if (node === undefined || pin === undefined) return null;
  const source = body.wires?.find(({ to }) => to === `${id}.${pin.name}`)?.from.split('.')[0];
  if (source === undefined) return textOf(node.params?.[pin.name]);
  const input = body.nodes.find((other) => other.id === source);
  if (input === undefined || !isGraphInput(input)) return null;
  return textOf(inputs[interfaceName(input) ?? ''] ?? input.params?.default);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
