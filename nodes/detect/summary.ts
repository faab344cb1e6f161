import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'detect/summary',
  version: 1,
  title: 'Summarise detections',
  summary: 'Counts detections by label.',
  keywords: ['count', 'total', 'statistics', 'text'],
  inputs: { detections: pin.detections({ description: 'The detections to count.' }) },
  outputs: {
    counts: pin.json({ description: 'Number of detections by label, the most frequent first.' }),
    total: pin.integer({ description: 'Number of all detections.' }),
    text: pin.string({ description: 'The same to read: `4 persons, 1 bus`.' }),
  },
  run({ detections }) {
    const counts = new Map<string, number>();
    for (let i = 0; i < detections.count; i++) {
      const label = detections.labelOf(i);
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    const frequentFirst = [...counts].sort(([, a], [, b]) => b - a);
    return {
      counts: Object.fromEntries(frequentFirst),
      total: detections.count,
      text:
        frequentFirst.map(([label, count]) => `${count} ${count === 1 ? label : pluralOf(label)}`).join(', ') ||
        'nothing',
    };
  },
});

/** COCO's labels whose plural does not follow the rules below. */
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['knife', 'knives'],
  ['scissors', 'scissors'],
  ['sheep', 'sheep'],
  ['skis', 'skis'],
]);

function pluralOf(label: string): string {
  const irregular = IRREGULAR.get(label);
  if (irregular !== undefined) return irregular;
  if (!/[a-z]$/i.test(label)) return label;
  if (/[^aeiou]y$/i.test(label)) return `${label.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/i.test(label) ? `${label}es` : `${label}s`;
}
