import type { PinTypeRule } from '../types/pin-type.ts';
import type { BodyKind, Effect, NodeDefinition, StreamRole } from './define-node.ts';
import type { PinOptions } from './pins.ts';

export interface InputSignature extends PinOptions {
  readonly name: string;
  readonly type: PinTypeRule;
}

export interface OutputSignature {
  readonly name: string;
  readonly type: PinTypeRule;
  readonly description?: string;
}

/** All that can be known of a node without its code: plain data, for the palette, validation and types. */
export interface NodeSignature {
  /** `category/name@version`, as graph files name it. */
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly category: string;
  readonly title: string;
  readonly summary: string;
  readonly keywords: readonly string[];
  readonly inputs: readonly InputSignature[];
  readonly outputs: readonly OutputSignature[];
  readonly body: BodyKind;
  readonly effects: Effect | null;
  /** Items that find no room are replaced by newer ones. */
  readonly live?: true;
  readonly stream?: StreamRole;
}

export function bodyKindOf(node: NodeDefinition): BodyKind {
  if ('run' in node) return 'run';
  if ('source' in node) return 'source';
  return 'open' in node ? 'open' : 'collect';
}

export function signatureOf(node: NodeDefinition): NodeSignature {
  return {
    id: `${node.type}@${node.version}`,
    type: node.type,
    version: node.version,
    category: node.type.slice(0, node.type.indexOf('/')),
    title: node.title,
    summary: node.summary,
    keywords: node.keywords ?? [],
    inputs: Object.entries(node.inputs).map(([name, { type, options }]) => ({ name, type, ...options })),
    outputs: Object.entries(node.outputs).map(([name, { type, options }]) => ({
      name,
      type,
      ...(options.description === undefined ? {} : { description: options.description }),
    })),
    body: bodyKindOf(node),
    effects: node.effects ?? null,
    ...(node.live === undefined ? {} : { live: node.live }),
    ...(node.stream === undefined ? {} : { stream: node.stream }),
  };
}
