import { GRAPH_TYPE } from '../document.ts';
import type { GraphDraft } from './graph-draft.ts';
import { endOf, textOfEnd } from './pin-end.ts';

/** When the input or output of a graph gets another name: wires and values of the nodes that are this graph follow. */
export function renameGraphPin(
  document: GraphDraft,
  graph: string,
  kind: 'input' | 'output',
  from: string,
  to: string,
): void {
  for (const name of [null, ...Object.keys(document.graph.graphs ?? {})]) {
    const draft = document.body(name);
    const users = new Set(draft.body.nodes.flatMap(({ id, type }) => (type === `${GRAPH_TYPE}${graph}` ? [id] : [])));
    if (users.size === 0) continue;
    const renamed = (text: string) => {
      const end = endOf(text);
      return end?.pin === from && users.has(end.node) ? textOfEnd({ node: end.node, pin: to }) : text;
    };
    draft.update('wires', (wire) => {
      return kind === 'input' ? { ...wire, to: renamed(wire.to) } : { ...wire, from: renamed(wire.from) };
    });
    if (kind === 'output') continue;
    draft.update('nodes', (node) => {
      if (!users.has(node.id) || node.params === undefined) return node;
      const params = Object.entries(node.params).map(([pin, value]) => [pin === from ? to : pin, value]);
      return { ...node, params: Object.fromEntries(params) };
    });
  }
}
