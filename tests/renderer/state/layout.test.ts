import { expect, test } from 'vitest';
import { type Layout, parseLayout } from '../../../src/renderer/state/layout.ts';

const LAYOUT: Layout = {
  left: { open: false, size: 300 },
  right: { open: true, size: 400 },
  bottom: { open: true, size: 120 },
  bottomTab: 'log',
};

test('a layout that was kept comes back', () => {
  expect(parseLayout(JSON.stringify(LAYOUT))).toEqual(LAYOUT);
});

test.each([
  ['no JSON', 'left'],
  ['another form', '{"left": 3}'],
  ['a size beyond the limits', JSON.stringify({ ...LAYOUT, left: { open: true, size: 5000 } })],
  ['a tab that there is not', JSON.stringify({ ...LAYOUT, bottomTab: 'weather' })],
])('the default layout stands in for %s', (_, text) => {
  expect(parseLayout(text).bottomTab).toBe('problems');
});
