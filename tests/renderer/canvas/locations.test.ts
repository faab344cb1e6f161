import { expect, test } from 'vitest';
import { Locations } from '../../../src/renderer/canvas/locations.ts';

const SIZE = { width: 800, height: 600 };
const at = (x: number, graph?: string) => ({
  trail: graph === undefined ? [] : [{ graph, node: 'n' }],
  viewport: { x, y: 0, zoom: 1 },
});

test('a small move belongs to the place it is near', () => {
  const locations = new Locations();
  locations.arrive(at(0), SIZE);
  locations.arrive(at(-100), SIZE);
  expect(locations.canGo(-1)).toBe(false);
});

test('going back and forward leads through the jumps', () => {
  const locations = new Locations();
  for (const place of [at(0), at(-1000), at(0, 'inner')]) locations.arrive(place, SIZE);
  expect(locations.go(-1)).toEqual(at(-1000));
  expect(locations.go(-1)).toEqual(at(0));
  expect(locations.go(-1)).toBeUndefined();
  expect(locations.go(1)).toEqual(at(-1000));
});

test('a jump after going back forgets what lay ahead', () => {
  const locations = new Locations();
  for (const place of [at(0), at(-1000)]) locations.arrive(place, SIZE);
  locations.go(-1);
  locations.arrive(at(-3000), SIZE);
  expect(locations.canGo(1)).toBe(false);
  expect(locations.go(-1)).toEqual(at(0));
});

test('each graph is remembered where it was looked at last', () => {
  const locations = new Locations();
  for (const place of [at(-50), at(-900, 'inner')]) locations.arrive(place, SIZE);
  expect(locations.lastIn(null)?.x).toBe(-50);
  expect(locations.lastIn('inner')?.x).toBe(-900);
  expect(locations.lastIn('other')).toBeUndefined();
});
