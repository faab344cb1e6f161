import type { NodeDefinition } from '../../shared/node-api/define-node.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { RunRequest } from '../../shared/protocol/engine-calls.ts';
import type { Registry } from '../registry/registry.ts';
import { compilePlan } from './compile-plan.ts';
import type { OpenedGraph } from './open-graph.ts';
import type { Plan } from './plan.ts';

/** The plan of a graph without problems. Loads the code of its nodes. @throws what a node's module throws */
export async function compileGraph(
  { checked, folder }: OpenedGraph,
  { out }: RunRequest,
  registry: Registry,
): Promise<Plan> {
  const ids = new Set(checked.nodes.map(({ signature }) => signature.id));
  const definitions = new Map<string, NodeDefinition>();
  await Promise.all([...ids].map(async (id) => definitions.set(id, await registry.load(id))));
  const definitionOf = (id: string) => {
    const definition = definitions.get(id);
    if (definition === undefined) throw new WeftError('E_NODE_UNKNOWN', `There is no node ${id}.`);
    return definition;
  };
  const digestOf = (id: string) => registry.origin(id)?.digest;
  return compilePlan(checked, definitionOf, { graphFolder: folder, outFolder: out, digestOf });
}
