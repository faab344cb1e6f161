import { expect, test } from 'vitest';
import { neighbourOf } from '../../../src/renderer/canvas/neighbour.ts';

const at = (id: string, x: number, y: number) => ({ id, position: { x, y }, width: 100, height: 50 });
const BOXES = [at('a', 0, 0), at('b', 300, 10), at('c', 600, 0), at('d', 310, 200)];

test('the focus goes to the nearest node in a direction', () => {
  expect(neighbourOf(BOXES, 'a', 'right')).toBe('b');
  expect(neighbourOf(BOXES, 'b', 'right')).toBe('c');
  expect(neighbourOf(BOXES, 'b', 'down')).toBe('d');
  expect(neighbourOf(BOXES, 'd', 'up')).toBe('b');
});

test('the focus stays where nothing lies in the direction', () => {
  expect(neighbourOf(BOXES, 'a', 'left')).toBeNull();
  expect(neighbourOf(BOXES, 'd', 'down')).toBeNull();
});

test('from nothing the focus goes to the top left', () => {
  expect(neighbourOf(BOXES, null, 'down')).toBe('a');
  expect(neighbourOf([], null, 'down')).toBeNull();
});
