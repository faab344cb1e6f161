import type { NodeSignature } from '../../../src/shared/node-api/signature.ts';

/** A node type with the parts that a test is about. */
export function signature(id: string, parts: Partial<NodeSignature> = {}): NodeSignature {
  const [type, version] = id.split('@');
  return {
    id,
    type,
    version: Number(version),
    category: type.slice(0, type.indexOf('/')),
    title: type.slice(type.indexOf('/') + 1),
    summary: '',
    keywords: [],
    inputs: [],
    outputs: [],
    body: 'run',
    effects: null,
    ...parts,
  };
}
