import type { JsonValue } from '../node-api/pins.ts';
import { type Arriving, flowTypes, type ModelSignatures, type TypeFlow } from '../types/type-flow.ts';
import { GRAPH_INPUT } from './interface.ts';
import type { LinkedNode, Origin } from './link.ts';
import { inputIndex } from './pin-index.ts';

/** Lets types flow through a whole graph, in one pass along its order. One entry per node. */
export function flowGraph(nodes: readonly LinkedNode[], modelSignatures?: ModelSignatures): TypeFlow[] {
  const flows: TypeFlow[] = [];
  for (const { signature, origins } of nodes) {
    const arriving = origins.map((origin): Arriving => {
      const type = origin.from === 'wire' ? flows[origin.node].outputs[origin.output] : null;
      return { type, value: knownValue(nodes, origin) };
    });
    flows.push(flowTypes(signature, arriving, modelSignatures));
  }
  return flows;
}

/** The value that an input will get, where that is known before the run: a literal, or an input of the graph. */
export function knownValue(nodes: readonly LinkedNode[], origin: Origin): JsonValue | undefined {
  switch (origin.from) {
    case 'literal':
    case 'default':
      return origin.value;
    case 'wire': {
      const { signature, origins } = nodes[origin.node];
      const given = signature.type === GRAPH_INPUT ? inputIndex(signature, 'default') : undefined;
      return given === undefined ? undefined : knownValue(nodes, origins[given]);
    }
    default:
      return undefined;
  }
}
