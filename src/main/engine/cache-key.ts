import { hash } from 'node:crypto';
import type { NodeSignature } from '../../shared/node-api/signature.ts';
import type { PlanNode, PlanWire } from './plan.ts';

/**
 * What a node's outputs come from: its type and version, its parameters in canonical form, and for each wired input the
 * producer's key and pin: provenance, never content. Ids, titles and positions do not enter. The files that were read
 * are checked apart, when the key is looked up (`cache.ts`).
 *
 * Null when the outputs must not be cached: the node has an effect, or an input has no key.
 */
export function provenanceKey(
  signature: NodeSignature,
  codeDigest: string | undefined,
  inputs: Readonly<Record<string, unknown>>,
  wires: readonly PlanWire[],
  earlier: readonly PlanNode[],
): string | null {
  if (signature.effects !== null) return null;
  let text = `${signature.id}\n${codeDigest ?? ''}\n${canonicalJson(inputs)}`;
  for (const wire of wires) {
    const producer = earlier[wire.producer];
    if (producer.key === null) return null;
    const output = producer.outputs.find(({ slot }) => slot === wire.slot);
    text += `\n${wire.input}<${producer.key}.${output?.name}:${wire.conversion ?? ''}`;
  }
  return hash('sha256', text);
}

/** JSON with the keys of every object in order, so that equal values give equal text. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
