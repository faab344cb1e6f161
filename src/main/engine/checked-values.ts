import { SKIP } from '../../shared/node-api/define-node.ts';
import { Frame } from '../../shared/node-api/frame.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { convert } from '../../shared/types/conversion.ts';
import { describeNeed, describePinType } from '../../shared/types/pin-type-text.ts';
import { fits, typeOfValue } from '../../shared/types/value-check.ts';
import type { PlanNode, PlanWire } from './plan.ts';

/** A value as the pin that the wire goes to takes it. @throws E_PIN_TYPE when it does not fit */
export function fittedInput(node: PlanNode, wire: PlanWire, given: unknown): unknown {
  let value = wire.conversion === null ? given : convert(given, wire.conversion);
  if (wire.toPath !== null && typeof value === 'string') value = wire.toPath(value);
  if (wire.check?.kind === 'image' && value instanceof Frame) {
    if (wire.takesFrames) return value;
    value = value.image();
  }
  if (wire.check !== null && !fits(value, wire.check)) {
    const needed = describeNeed(wire.check);
    const given = describePinType(typeOfValue(value));
    const message = `${node.id} needs ${needed} for "${wire.input}", but got ${given}: convert it with a node in between.`;
    throw new WeftError('E_PIN_TYPE', message, { node: node.id, pin: wire.input });
  }
  return value;
}

/** What a node's body returned, once it is sure to be its outputs. @throws E_NODE_OUTPUT when it is not */
export function checkedOutputs(node: PlanNode, result: unknown): Record<string, unknown> {
  if (typeof result !== 'object' || result === null) {
    throw new WeftError('E_NODE_OUTPUT', `${node.id} gave no outputs: its body must return an object of them.`, {
      node: node.id,
    });
  }
  const outputs = result as Record<string, unknown>;
  for (const { name, type } of node.outputs) {
    const value = outputs[name];
    if (value === undefined) {
      throw new WeftError('E_NODE_OUTPUT', `${node.id} gave no value for its output \`${name}\`.`, {
        node: node.id,
        pin: name,
      });
    }
    if (value !== SKIP && !fits(value, type)) {
      throw new WeftError('E_NODE_OUTPUT', `${node.id} gave a value of the wrong type for its output \`${name}\`.`, {
        node: node.id,
        pin: name,
      });
    }
  }
  return outputs;
}
