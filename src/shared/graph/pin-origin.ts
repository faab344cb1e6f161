import type { JsonValue } from '../node-api/pins.ts';
import type { NodeSignature } from '../node-api/signature.ts';
import type { PinRef } from '../protocol/preview.ts';
import type { Graph } from './document.ts';
import { flatten } from './flatten.ts';
import { pinFollower } from './link.ts';
import { inputIndex, outputIndex } from './pin-index.ts';
import { ProblemList } from './problem-list.ts';

/** Where a pin of the graph, as the person sees it, gets its value from when the graph runs. */
export type PinOrigin =
  /** An output of a node that runs, by its id and the pin's name. */
  | { readonly from: 'output'; readonly node: string; readonly pin: string }
  | { readonly from: 'literal'; readonly value: JsonValue }
  | { readonly from: 'nothing' };

/**
 * Finds the origins of pins, those of nodes that do not run included: bypassed ones, and the borders of graphs used as
 * nodes. Null for a pin that the graph does not have.
 */
export function pinOrigins(
  graph: Graph,
  catalogue: (id: string) => NodeSignature | undefined,
  inputs: Readonly<Record<string, JsonValue>> = {},
): (ref: PinRef) => PinOrigin | null {
  const flat = flatten(graph, { catalogue, types: () => [], inputs, problems: new ProblemList(), notes: [] });
  const follower = pinFollower(flat);
  const indices = new Map(flat.nodes.map(({ id }, index) => [id, index]));
  return ({ node, side, pin }) => {
    const index = indices.get(node);
    const signature = index === undefined ? null : flat.nodes[index].signature;
    if (index === undefined || signature === null) return null;
    const place = side === 'input' ? inputIndex(signature, pin) : outputIndex(signature, pin);
    if (place === undefined) return null;
    const runs = flat.nodes[index].role.kind === 'node';
    const origin =
      side === 'input'
        ? follower.originOf(index, place)
        : runs
          ? { node: index, output: place }
          : follower.follow({ node: index, output: place });
    if (!('from' in origin)) {
      const producer = flat.nodes[origin.node];
      const output = producer.signature?.outputs[origin.output];
      return output === undefined ? null : { from: 'output', node: producer.id, pin: output.name };
    }
    return origin.from === 'literal' || origin.from === 'default'
      ? { from: 'literal', value: origin.value }
      : { from: 'nothing' };
  };
}
