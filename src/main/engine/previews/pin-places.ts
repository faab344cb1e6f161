import type { PinOrigin } from '../../../shared/graph/pin-origin.ts';
import type { PinRef } from '../../../shared/protocol/preview.ts';
import type { PinType } from '../../../shared/types/pin-type.ts';
import { declaredType } from '../../../shared/types/type-flow.ts';
import type { Plan, PlanNode, PlanOutput, PlanWire } from '../plan.ts';

/** Finds origins of pins of nodes that do not run. */
export type PinOrigins = (ref: PinRef) => PinOrigin | null;

/** Where the value of a pin is found in a run. */
export type PinPlace =
  /** What `producer` gives; `to` is the input that the pin is, if it is one. */
  | {
      readonly from: 'slot';
      readonly producer: PlanNode;
      readonly slot: number;
      readonly type: PinType;
      readonly to: { readonly node: PlanNode; readonly wire: PlanWire } | null;
    }
  /** A literal of a node that runs, which may change meanwhile. */
  | { readonly from: 'literal'; readonly node: PlanNode; readonly pin: string; readonly type: PinType }
  | { readonly from: 'value'; readonly value: unknown }
  | { readonly from: 'nothing' }
  /** The graph that runs has no such pin. */
  | { readonly from: 'nowhere' };

/** Finds the pins of a graph, as the person sees it, in the plan that was made of it. */
export class PinPlaces {
  readonly #plan: Plan;
  readonly #originsOf: () => PinOrigins;
  #origins: PinOrigins | null = null;
  #indices: ReadonlyMap<string, number> | null = null;

  /** `originsOf` is called when a pin is asked for that the plan does not have. */
  constructor(plan: Plan, originsOf: () => PinOrigins) {
    this.#plan = plan;
    this.#originsOf = originsOf;
  }

  of(ref: PinRef): PinPlace {
    const node = this.#node(ref.node);
    if (node !== undefined) return ref.side === 'input' ? this.#input(node, ref.pin) : outputOf(node, ref.pin);
    this.#origins ??= this.#originsOf();
    const origin = this.#origins(ref);
    switch (origin?.from) {
      case 'output': {
        const producer = this.#node(origin.node);
        return producer === undefined ? NOWHERE : outputOf(producer, origin.pin);
      }
      case 'literal':
        return { from: 'value', value: origin.value };
      case 'nothing':
        return { from: 'nothing' };
      case undefined:
        return NOWHERE;
    }
  }

  /** The output that a wire leads from. */
  outputBefore({ producer, slot }: PlanWire): PlanOutput | undefined {
    return this.#plan.nodes[producer].outputs.find((output) => output.slot === slot);
  }

  #node(id: string): PlanNode | undefined {
    this.#indices ??= new Map(this.#plan.ids.map((name, index) => [name, index]));
    const index = this.#indices.get(id);
    return index === undefined ? undefined : this.#plan.nodes[index];
  }

  #input(node: PlanNode, pin: string): PinPlace {
    const wire = node.wires.find(({ input }) => input === pin);
    if (wire !== undefined) {
      const producer = this.#plan.nodes[wire.producer];
      const type = this.outputBefore(wire)?.type ?? { kind: 'any' };
      return { from: 'slot', producer, slot: wire.slot, type, to: { node, wire } };
    }
    const signature = node.signature.inputs.find(({ name }) => name === pin);
    return signature === undefined ? NOWHERE : { from: 'literal', node, pin, type: declaredType(signature.type) };
  }
}

const NOWHERE: PinPlace = { from: 'nowhere' };

function outputOf(producer: PlanNode, pin: string): PinPlace {
  const output = producer.outputs.find(({ name }) => name === pin);
  return output === undefined ? NOWHERE : { from: 'slot', producer, slot: output.slot, type: output.type, to: null };
}
