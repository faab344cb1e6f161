import type { GraphNode } from '../../shared/graph/document.ts';
import { isGraphInput } from '../../shared/graph/interface.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { InputSignature } from '../../shared/node-api/signature.ts';
import type { PinType } from '../../shared/types/pin-type.ts';
import { parsePinType, SIMPLE_KINDS } from '../../shared/types/pin-type-text.ts';
import { declaredType } from '../../shared/types/type-flow.ts';

/** What a field for an input of a node shows and lets be written. */
export interface PinLiteral {
  readonly type: PinType;
  readonly value: JsonValue | undefined;
  readonly isDefault: boolean;
  readonly pathMode: 'open' | 'save' | 'folder';
  readonly suggestions?: readonly string[];
}

export function pinLiteral(node: GraphNode, pin: InputSignature): PinLiteral {
  const written = node.params?.[pin.name];
  return {
    type: literalType(node, pin),
    value: written ?? pin.default,
    isDefault: written === undefined,
    pathMode: pin.name === 'folder' ? 'folder' : pin.access === 'write' ? 'save' : 'open',
    ...(isGraphInput(node) && pin.name === 'type' ? { suggestions: [...SIMPLE_KINDS] } : {}),
  };
}

/** The default of a graph's input is written as the type that the input declares. */
function literalType(node: GraphNode, pin: InputSignature): PinType {
  const declared = node.params?.type;
  if (isGraphInput(node) && pin.name === 'default' && typeof declared === 'string') {
    const parsed = parsePinType(declared);
    if (parsed.ok) return parsed.type;
  }
  return declaredType(pin.type);
}
