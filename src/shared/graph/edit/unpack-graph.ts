import type { JsonValue } from '../../node-api/pins.ts';
import type { After, Graph, GraphBody, GraphNode, Wire } from '../document.ts';
import { interfaceName, isGraphInput, isGraphOutput } from '../interface.ts';
import { graphNameOf } from '../nesting.ts';
import { clipOf, cornerOf, type Inserted, insertClip } from './clip.ts';
import { describeNodes } from './describe-nodes.ts';
import { explicitWires } from './explicit-wires.ts';
import type { BodyDraft } from './graph-draft.ts';
import { mergeKeys, withKeys } from './merge-keys.ts';
import { noSuchNode, type Outcome } from './outcome.ts';
import { endOf, nodeAt, renamedEnd } from './pin-end.ts';
import { type NodeTypes, PinTypes } from './pin-types.ts';
import { placeOf } from './places.ts';
import { selectAll } from './selection.ts';

/**
 * Puts the contents of a graph used as a node in the place of the node, wired as the node was. The graph itself stays in
 * the document (`remove-graph.ts`).
 */
export function unpackGraph(draft: BodyDraft, types: NodeTypes, id: string): Outcome<Inserted> {
  const node = draft.node(id);
  if (node === undefined) return noSuchNode(id);
  const { graph: document } = draft.document;
  const name = graphNameOf(node.type);
  const { graphs = {} } = document;
  if (name === undefined || !Object.hasOwn(graphs, name)) {
    return { ok: false, reason: `${id} is no graph used as a node: choose one that is.` };
  }
  if (node.bypass === true) return { ok: false, reason: `${id} is bypassed: take that back first.` };
  return draft.document.attempt((): Outcome<Inserted> => {
    const outer = new PinTypes(document, draft.name, types);
    const wires = explicitWires(draft.body, (candidate) => outer.signature(candidate));
    const { clip, border } = contentsOf(document, name, graphs[name], types);
    draft.update('nodes', (other) => (other === node ? undefined : other));
    const [x, y] = cornerOf(clip);
    const [toX, toY] = placeOf(node);
    const inserted = insertClip(draft, clip, [toX - x, toY - y]);
    if (!inserted.ok) return inserted;
    rewire(draft, new Unpacking(node, wires, border, inserted.ids), inserted);
    return { ...inserted, said: `Unpacked ${id} into ${describeNodes(inserted.selection.nodes)}.` };
  });
}

/** What joins the contents of a graph to the outside: its `io` nodes and the wires at them. */
interface Border {
  readonly nodes: readonly GraphNode[];
  readonly wires: readonly Wire[];
}

function contentsOf(document: Graph, name: string, body: GraphBody, types: NodeTypes): { clip: Graph; border: Border } {
  const pins = new PinTypes(document, name, types);
  const wires = explicitWires(body, (id) => pins.signature(id));
  const nodes = body.nodes.filter((node) => isGraphInput(node) || isGraphOutput(node));
  const ids = new Set(nodes.map(({ id }) => id));
  const isAtBorder = ({ from, to }: Wire) => ids.has(nodeAt(from)) || ids.has(nodeAt(to));
  const all = selectAll(body);
  const clip = clipOf(document, name, { ...all, nodes: all.nodes.difference(ids) });
  return {
    clip: { ...clip, wires: wires.filter((wire) => !isAtBorder(wire)) },
    border: { nodes, wires: wires.filter(isAtBorder) },
  };
}

/** Where a value comes from once the border is gone. */
type Source = { readonly from: string } | { readonly value: JsonValue } | undefined;

/** Finds what stands behind the pins of the node that is being unpacked. */
class Unpacking {
  readonly node: GraphNode;
  /** The wires around the node, from pin to pin. */
  readonly outside: readonly Wire[];
  readonly border: Border;
  readonly #ids: ReadonlyMap<string, string>;

  constructor(node: GraphNode, outside: readonly Wire[], border: Border, ids: ReadonlyMap<string, string>) {
    this.node = node;
    this.outside = outside;
    this.border = border;
    this.#ids = ids;
  }

  /** What an `io/input` gives: what is wired to the node's pin, else what is set there, else the input's own default. */
  ofInput(input: GraphNode): Source {
    const name = interfaceName(input);
    if (name === undefined) return undefined;
    const wire = this.outside.find(({ to }) => to === `${this.node.id}.${name}`);
    if (wire !== undefined) return { from: wire.from };
    const { params = {} } = this.node;
    const value = Object.hasOwn(params, name) ? params[name] : input.params?.default;
    return value === undefined ? undefined : { value };
  }

  /** What one of the node's outputs gives. */
  ofOutput(name: string): Source {
    const output = this.border.nodes.find((node) => isGraphOutput(node) && interfaceName(node) === name);
    if (output === undefined) return undefined;
    const wire = this.border.wires.find(({ to }) => to === `${output.id}.value`);
    if (wire !== undefined) return this.behind(wire.from);
    const value = output.params?.value;
    return value === undefined ? undefined : { value };
  }

  /** What an end of a wire inside the graph is outside of it. */
  behind(from: string): Source {
    const input = this.border.nodes.find((node) => isGraphInput(node) && node.id === nodeAt(from));
    return input === undefined ? { from: this.inserted(from) } : this.ofInput(input);
  }

  inserted(end: string): string {
    return renamedEnd(end, this.#ids);
  }
}

function rewire(draft: BodyDraft, unpacking: Unpacking, { ids }: Inserted): void {
  const { node, outside, border } = unpacking;
  draft.update('wires', (wire) => (nodeAt(wire.from) === node.id || nodeAt(wire.to) === node.id ? undefined : wire));
  for (const { from, to } of border.wires) {
    if (ids.has(nodeAt(to))) feed(draft, unpacking.inserted(to), unpacking.behind(from));
  }
  for (const { from, to } of outside) {
    const end = endOf(from);
    if (end?.node === node.id) feed(draft, to, unpacking.ofOutput(end.pin));
  }
  const inner = [...ids.values()];
  const crossing = draft.list('after').filter(({ from, to }) => from === node.id || to === node.id);
  draft.update('after', (after) => (crossing.includes(after) ? undefined : after));
  draft.append(
    'after',
    crossing.flatMap((after) =>
      inner.map((id): After => (after.from === node.id ? { ...after, from: id } : { ...after, to: id })),
    ),
  );
}

/** Gives an input a wire, or a literal; one without a source is left for the check to name. */
function feed(draft: BodyDraft, to: string, source: Source): void {
  if (source === undefined) return;
  if ('from' in source) return draft.append('wires', [{ from: source.from, to }]);
  const end = endOf(to);
  if (end === undefined) return;
  draft.updateNode(end.node, (node) => {
    return withKeys(node, { params: mergeKeys(node.params, { [end.pin]: source.value }) });
  });
}
