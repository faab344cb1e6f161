import type { Problem } from '../../shared/graph/checked-graph.ts';
import type { GraphNode } from '../../shared/graph/document.ts';
import { interfaceName, isGraphInput, isGraphOutput } from '../../shared/graph/interface.ts';
import { graphNameOf } from '../../shared/graph/nesting.ts';
import type { NodeSignature } from '../../shared/node-api/signature.ts';
import { layOutNode, type NodeLayout } from './node-layout.ts';
import type { NodeTypes } from './node-types.ts';
import { inputPins, outputPins, type PinContext, type ShownPin, samePins } from './shown-pin.ts';

/** A node as the canvas shows it: all that is known of it, save what changes while it runs. */
export interface ShownNode {
  readonly node: GraphNode;
  /** Null for a type that is not installed; its pins are those that wires lead to. */
  readonly signature: NodeSignature | null;
  readonly category: string;
  /** The person's name for it, or that of its type. */
  readonly title: string;
  /** Name of the type, where the title says something else. */
  readonly typeTitle: string | null;
  readonly inputs: readonly ShownPin[];
  readonly outputs: readonly ShownPin[];
  /** What is wrong with it, in sentences. */
  readonly problems: readonly string[];
  /** The sentence that stands in the node itself. */
  readonly message: string | null;
  readonly hasFailed: boolean;
  readonly layout: NodeLayout;
}

/** What is needed to show the nodes of a body. */
export interface ShowContext extends PinContext {
  readonly nodeTypes: NodeTypes;
  problemsOf(node: string): readonly Problem[];
  /** The error of the last run. */
  failureOf(node: string): string | null;
  /** What it waits for in the run under way. */
  waitOf(node: string): string | null;
  /** Whether the node has room for a viewer. */
  hasViewer(node: GraphNode, signature: NodeSignature | null): boolean;
}

export function showNode(node: GraphNode, context: ShowContext): ShownNode {
  const signature = context.nodeTypes(node.type) ?? null;
  const inputs = inputPins(node.id, signature, context);
  const outputs = outputPins(node.id, signature, context);
  const problems = context.problemsOf(node.id);
  const failure = context.failureOf(node.id);
  // A pin that still waits for a wire is no news to somebody who is building: the badge tells it, not the node's body.
  const wrong = problems.find(({ code }) => code !== 'E_PIN_REQUIRED')?.message ?? null;
  const message = failure ?? context.waitOf(node.id) ?? wrong;
  const typeTitle = signature?.title ?? node.type;
  // What a graph takes and gives is known by its name.
  const title = node.ui?.title ?? interfaceTitle(node) ?? typeTitle;
  return {
    node,
    signature,
    category: graphNameOf(node.type) === undefined ? node.type.slice(0, node.type.indexOf('/')) : 'graph',
    title,
    typeTitle: title === typeTitle ? null : typeTitle,
    inputs,
    outputs,
    problems: problems.map(({ message }) => message),
    message,
    hasFailed: failure !== null,
    layout: layOutNode({
      inputs,
      outputs,
      hasMessage: message !== null,
      hasViewer: context.hasViewer(node, signature),
      isCollapsed: node.ui?.collapsed === true,
      size: node.ui?.size,
    }),
  };
}

function interfaceTitle(node: GraphNode): string | undefined {
  return isGraphInput(node) || isGraphOutput(node) ? interfaceName(node) : undefined;
}

/** Shows the nodes again, with the very objects of before for those that look the same. */
export function showNodes(
  nodes: readonly GraphNode[],
  context: ShowContext,
  before: ReadonlyMap<string, ShownNode>,
): Map<string, ShownNode> {
  const shown = new Map<string, ShownNode>();
  for (const node of nodes) {
    // Of two nodes with one id, which is a mistake that is told, wires lead to the first.
    if (shown.has(node.id)) continue;
    const now = showNode(node, context);
    const then = before.get(node.id);
    shown.set(node.id, then !== undefined && looksSame(then, now) ? then : now);
  }
  return shown;
}

/** Everything but the layout, which follows from the rest. */
function looksSame(a: ShownNode, b: ShownNode): boolean {
  return (
    a.node === b.node &&
    a.signature === b.signature &&
    a.message === b.message &&
    a.hasFailed === b.hasFailed &&
    a.layout.viewerHeight === b.layout.viewerHeight &&
    a.problems.length === b.problems.length &&
    a.problems.every((problem, index) => problem === b.problems[index]) &&
    samePins(a.inputs, b.inputs) &&
    samePins(a.outputs, b.outputs)
  );
}
