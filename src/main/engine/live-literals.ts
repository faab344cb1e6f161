import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { LiveInput } from '../../shared/protocol/run-events.ts';
import type { Dataflow } from './dataflow.ts';
import { takesLiteral, takesValue, usesPerItem } from './live-literal.ts';
import type { Plan, PlanNode } from './plan.ts';
import type { Preparation } from './prepare-run.ts';
import type { Status } from './status.ts';

/** The parts of a run that decide which of its literals may still change. */
export interface LiteralParts {
  readonly plan: Plan;
  readonly preparation: Preparation;
  readonly status: Status;
  readonly dataflow: Dataflow;
}

/** The literals of a graph that runs: those that can change count from the next item. */
export class LiveLiterals {
  readonly #parts: LiteralParts;

  constructor(parts: LiteralParts) {
    this.#parts = parts;
  }

  /**
   * A changed literal counts from the next item, and so does that of a graph's input whose value is used item by item.
   * False when it does not fit, and for a node that keeps what it was given, has run already or takes no part: restart
   * then.
   */
  set(id: string, pin: string, value: unknown): boolean {
    const { plan, preparation, status, dataflow } = this.#parts;
    const node = plan.nodes.find((candidate) => candidate.id === id);
    if (node === undefined) return false;
    if (this.#hasEnded(node)) {
      const changes = takesValue(node, pin, value) && this.#isUsedByItems(node);
      if (changes) dataflow.changeHeld(node, value);
      return changes;
    }
    if (preparation.runs[node.index] === 0) return false;
    if (!usesPerItem(node, pin) || !status.is(node.index, 'waiting')) return false;
    if (!takesLiteral(node, pin, value)) return false;
    dataflow.setLiteral(node, pin, value);
    return true;
  }

  /** Inputs of the graph that may change while the run goes on. */
  get inputs(): LiveInput[] {
    const { plan } = this.#parts;
    return (
      plan.graph.inputs
        .map(({ name, node }) => ({ name, node: plan.nodes[node] }))
        .filter(({ node }) => this.#isUsedByItems(node))
        // Sound: a literal comes from the document or the request, which are JSON, and an input without a value is refused.
        .map(({ name, node }) => ({ name, node: node.id, value: node.inputs.default as JsonValue }))
    );
  }

  /** The node ran once, or its result came from the cache. */
  #hasEnded({ index, scope }: PlanNode): boolean {
    const { status } = this.#parts;
    return scope === 0 && (status.is(index, 'done') || status.is(index, 'cached'));
  }

  /** Nobody has used the value for good: all that follows runs item by item, and has items to come. */
  #isUsedByItems(node: PlanNode): boolean {
    const { plan, preparation, status } = this.#parts;
    const { starts, targets } = plan.wires;
    const followers = Array.from(targets.subarray(starts[node.index], starts[node.index + 1]), (k) => plan.nodes[k]);
    const taking = followers.filter(({ index }) => preparation.runs[index] === 1);
    const usesItByItem = (follower: PlanNode) =>
      follower.wires.every(({ producer, input }) => producer !== node.index || usesPerItem(follower, input));
    const byItems = taking.every(
      (follower) => follower.scope !== 0 && status.is(follower.index, 'waiting') && usesItByItem(follower),
    );
    return taking.length > 0 && byItems;
  }
}
