import type { PinType } from '../../types/pin-type.ts';
import { formatPinType } from '../../types/pin-type-text.ts';
import { declaredType } from '../../types/type-flow.ts';
import type { GraphNode, Point } from '../document.ts';
import { GRAPH_INPUT, GRAPH_OUTPUT } from '../interface.ts';
import { endOf } from './pin-end.ts';
import type { PinTypes } from './pin-types.ts';
import { uniqueId } from './unique-id.ts';
import { wholePoint } from './whole-point.ts';

/** An `io/input` for what the output `from` (`node.pin`) gives. Adds its id to the taken ones, as `outputNode` does. */
export function inputNode(name: string, pins: PinTypes, from: string, taken: Set<string>, at: Point): GraphNode {
  const end = endOf(from);
  const output = end && pins.signature(end.node)?.outputs.find((pin) => pin.name === end.pin);
  const type = output === undefined ? 'any' : formatPinType(anySize(declaredType(output.type)));
  return { id: takenId(name, taken), type: `${GRAPH_INPUT}@1`, params: { name, type }, ui: { at: wholePoint(at) } };
}

export function outputNode(name: string, taken: Set<string>, at: Point): GraphNode {
  return { id: takenId(name, taken), type: `${GRAPH_OUTPUT}@1`, params: { name }, ui: { at: wholePoint(at) } };
}

function takenId(name: string, taken: Set<string>): string {
  const id = uniqueId(name, (candidate) => taken.has(candidate));
  taken.add(id);
  return id;
}

/** The sizes in use today are no promise that a graph makes; those that flow into it are checked inside. */
function anySize(type: PinType): PinType {
  switch (type.kind) {
    case 'image':
      return { kind: 'image', width: null, height: null, channels: null };
    case 'mask':
      return { kind: 'mask', width: null, height: null };
    case 'tensor':
      return { kind: 'tensor', dtype: type.dtype, shape: null };
    case 'list':
      return { kind: 'list', of: anySize(type.of) };
    default:
      return type;
  }
}
