import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { LiveInput } from '../../shared/protocol/run-events.ts';
import { checkLiteral } from '../../shared/types/literal.ts';
import type { Plan, PlanNode } from './plan.ts';
import type { Preparation } from './prepare-run.ts';

/** What may be told to a run that has a live source; undefined for one that has none. */
export function liveInputs(plan: Plan, preparation: Preparation): LiveInput[] | undefined {
  const { nodes, graph } = plan;
  if (!nodes.some(({ index, signature }) => signature.live === true && preparation.runs[index] === 1)) return undefined;
  return graph.inputs
    .filter(({ node }) => mayChange(plan, preparation, nodes[node]))
    .map(({ name, node }) => ({ name, node: nodes[node].id, value: nodes[node].inputs.default as JsonValue }));
}

/** Whether the run takes a new value of a graph's input that has been given out already. */
export function takesInput(plan: Plan, preparation: Preparation, node: PlanNode, value: unknown): boolean {
  const [output] = node.outputs;
  // Values that need no memory of their own: nothing is to be held or given back. What is no JSON is no literal.
  if (typeof value === 'object' || output.type.kind === 'path') return false;
  return mayChange(plan, preparation, node) && checkLiteral(value as JsonValue, output.type).ok;
}

/** Only nodes without state that run for each item of a stream take it: all others have used the value they were given. */
function mayChange({ nodes, wires }: Plan, { runs }: Preparation, { index, signature }: PlanNode): boolean {
  if (signature.type !== 'io/input') return false;
  const consumers = [...wires.targets.subarray(wires.starts[index], wires.starts[index + 1])]
    .map((target) => nodes[target])
    .filter((node) => runs[node.index] === 1);
  const takesEach = ({ signature, scope }: PlanNode) => signature.body === 'run' && scope !== 0;
  return consumers.length > 0 && consumers.every(takesEach);
}
