import type { JsonTree, PreviewLimits } from '../../../shared/protocol/preview.ts';
import { describePinType } from '../../../shared/types/pin-type-text.ts';
import { typeOfValue } from '../../../shared/types/value-check.ts';
import { isRecord } from './readable-json.ts';

/** Deeper than what people read, and shallow enough for a message. */
const DEEPEST = 32;

/**
 * A value as a tree of a bounded number of parts, so neither a large value nor one that contains itself does harm. They
 * are taken level by level: a long list at the beginning does not hide what comes after it.
 */
export function jsonTree(value: unknown, { parts, text }: PreviewLimits): JsonTree {
  let left = parts;
  const unfilled: (() => void)[] = [];
  const grow = (part: unknown, depth: number): JsonTree => {
    if (depth < DEEPEST && Array.isArray(part)) {
      const items: JsonTree[] = [];
      unfilled.push(() => {
        for (let k = 0; k < part.length && left > 0; k++, left--) items.push(grow(part[k], depth + 1));
      });
      return { kind: 'list', items, total: part.length };
    }
    const record = recordOf(part);
    if (depth < DEEPEST && record !== null) {
      const keys = Object.keys(record);
      const entries: [string, JsonTree][] = [];
      unfilled.push(() => {
        for (let k = 0; k < keys.length && left > 0; k++, left--)
          entries.push([keys[k], grow(record[keys[k]], depth + 1)]);
      });
      return { kind: 'record', entries, total: keys.length };
    }
    return { kind: 'leaf', text: leafText(part, text) };
  };
  const root = grow(value, 0);
  // It becomes longer while it is walked.
  for (const fill of unfilled) fill();
  return root;
}

/** Null for what has no entries with names. Nodes give several values by name as a map. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  if (value instanceof Map) return Object.fromEntries(value);
  return isRecord(value) ? value : null;
}

function leafText(value: unknown, limit: number): string {
  if (typeof value === 'string') return JSON.stringify(value.length > limit ? `${value.slice(0, limit)}…` : value);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return `<${describePinType(typeOfValue(value))}>`;
}
