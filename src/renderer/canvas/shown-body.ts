import type { CheckedGraph, CheckedNode, Problem } from '../../shared/graph/checked-graph.ts';
import type { GraphBody, GraphNode } from '../../shared/graph/document.ts';
import type { NodeSignature } from '../../shared/node-api/signature.ts';
import { showsViewerByDefault } from '../previews/viewer-pins.ts';
import { bodyInView, pathInView } from '../state/body-in-view.ts';
import type { GraphState } from '../state/graph-store.ts';
import { type Catalogue, nodeTypesOf } from './node-types.ts';
import { type ShowContext, type ShownNode, showNodes } from './shown-node.ts';
import { type FlowingTypes, wireEnds } from './shown-pin.ts';

/** What of a graph's state decides how its nodes look at rest. */
export type ShownState = Pick<GraphState, 'graph' | 'view' | 'checked'> & {
  /** Sentences of the nodes that failed in the last run, by path. */
  readonly failures: ReadonlyMap<string, string>;
  /** Sentences of the nodes that wait for a person, by path. */
  readonly waits: ReadonlyMap<string, string>;
  /** Paths of the nodes that have given values. */
  readonly given: ReadonlySet<string>;
};

/** All nodes of the graph that is looked at; those that look as before are the very objects of before. */
export function showBody(
  state: ShownState,
  catalogue: Catalogue,
  before: ReadonlyMap<string, ShownNode>,
): Map<string, ShownNode> {
  const body = bodyInView(state.graph, state.view);
  return showNodes(body.nodes, contextOf(state, body, catalogue), before);
}

function contextOf(state: ShownState, body: GraphBody, catalogue: Catalogue): ShowContext {
  const { graph, view, checked, failures, waits, given } = state;
  const nodesByPath = indexed(checked);
  const problemsByPath = problemsOf(checked);
  const pathOf = (node: string) => pathInView(view, node);
  return {
    nodeTypes: nodeTypesOf(catalogue, graph.graphs),
    wires: wireEnds(body.wires ?? []),
    problemsOf: (node) => problemsByPath.get(pathOf(node) ?? node) ?? [],
    failureOf: (node) => failures.get(pathOf(node) ?? '') ?? null,
    waitOf: (node) => waits.get(pathOf(node) ?? '') ?? null,
    hasViewer: (node, signature) => hasViewer(node, signature, checked, pathOf(node.id), given),
    typesOf: (node) => {
      const found = nodesByPath.get(pathOf(node) ?? '');
      return found && typesFrom(found);
    },
  };
}

/** A viewer that nobody asked for takes no room before there is something to see. */
function hasViewer(
  node: GraphNode,
  signature: NodeSignature | null,
  checked: CheckedGraph,
  path: string | null,
  given: ReadonlySet<string>,
): boolean {
  const { viewer } = node.ui ?? {};
  if (viewer !== undefined) return viewer !== false;
  if (signature === null || path === null || !given.has(path)) return false;
  return showsViewerByDefault(checked, path);
}

const TYPES = new WeakMap<CheckedNode, FlowingTypes>();

function typesFrom(node: CheckedNode): FlowingTypes {
  let types = TYPES.get(node);
  if (types === undefined) {
    const { signature, outputTypes, stream } = node;
    types = {
      outputs: new Map(signature.outputs.map(({ name }, index) => [name, outputTypes[index]])),
      givesItems: signature.body === 'source' || (stream >= 0 && signature.body !== 'collect'),
    };
    TYPES.set(node, types);
  }
  return types;
}

const INDICES = new WeakMap<CheckedGraph, ReadonlyMap<string, CheckedNode>>();

function indexed(checked: CheckedGraph): ReadonlyMap<string, CheckedNode> {
  let index = INDICES.get(checked);
  if (index === undefined) {
    index = new Map(checked.nodes.map((node) => [node.id, node]));
    INDICES.set(checked, index);
  }
  return index;
}

function problemsOf({ problems }: CheckedGraph): Map<string, Problem[]> {
  const byNode = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.node === undefined) continue;
    const known = byNode.get(problem.node);
    if (known === undefined) byNode.set(problem.node, [problem]);
    else known.push(problem);
  }
  return byNode;
}
