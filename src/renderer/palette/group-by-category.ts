import type { NodeSignature } from '../../shared/node-api/signature.ts';

export interface Section {
  /** Null for what a search found. */
  readonly category: string | null;
  readonly nodes: readonly NodeSignature[];
}

/** In the order in which a pipeline uses them; others, which node packages bring, come after, by name. */
const ORDER = [
  'io',
  'video',
  'image',
  'tensor',
  'model',
  'detect',
  'segment',
  'keypoints',
  'classify',
  'flow',
  'value',
  'stats',
  'devices',
];

/** Only the newest version of each node: older ones are for the graphs that have them. */
export function groupByCategory(signatures: readonly NodeSignature[]): Section[] {
  const newest = new Map<string, NodeSignature>();
  for (const signature of signatures) {
    if (signature.version > (newest.get(signature.type)?.version ?? 0)) newest.set(signature.type, signature);
  }
  const byCategory = Map.groupBy(newest.values(), ({ category }) => category);
  return [...byCategory]
    .map(([category, nodes]) => ({ category, nodes: nodes.toSorted((a, b) => a.title.localeCompare(b.title)) }))
    .toSorted((a, b) => placeOf(a.category) - placeOf(b.category) || a.category.localeCompare(b.category));
}

function placeOf(category: string): number {
  const place = ORDER.indexOf(category);
  return place < 0 ? ORDER.length : place;
}
