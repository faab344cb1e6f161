import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { RunRequest } from '../../shared/protocol/engine-calls.ts';
import type { Plan } from './plan.ts';
import type { Selection } from './prepare-run.ts';

/**
 * The part of a plan that a request asks for; `watched` are ids of nodes somebody looks at, which count where they run.
 * @throws E_INPUT_UNKNOWN for a node that is not there
 */
export function selectNodes(
  plan: Plan,
  { to, from }: Pick<RunRequest, 'to' | 'from'>,
  watched: readonly string[] = [],
): Selection {
  return {
    targets: to?.flatMap((id) => nodesNamed(plan, id, 'to')) ?? null,
    from: from?.flatMap((id) => nodesNamed(plan, id, 'from')) ?? null,
    watched: watched.map((id) => plan.ids.indexOf(id)).filter((index) => index !== -1),
  };
}

/** Indices of the node with this id, or of all nodes in the graph that is used as it. */
function nodesNamed({ ids }: Plan, id: string, way: 'to' | 'from'): number[] {
  const inside = `${id}/`;
  const found = [...ids.keys()].filter((index) => ids[index] === id || ids[index].startsWith(inside));
  if (found.length > 0) return found;
  throw new WeftError('E_INPUT_UNKNOWN', `There is no node ${id} to run ${way}: use one of ${ids.join(', ')}.`);
}
