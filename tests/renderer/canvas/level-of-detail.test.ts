import { expect, test } from 'vitest';
import { isFar, levelOfDetail } from '../../../src/renderer/canvas/level-of-detail.ts';

test('a node is all there from half its size on', () => {
  expect(levelOfDetail(4)).toBe('full');
  expect(levelOfDetail(0.5)).toBe('full');
});

test('below half its size widgets give way to labels', () => {
  expect(levelOfDetail(0.49)).toBe('labels');
  expect(isFar(levelOfDetail(0.25))).toBe(false);
});

test('below a quarter a node is a box, with a name as long as that can be read', () => {
  expect(levelOfDetail(0.24)).toBe('name');
  expect(levelOfDetail(0.1)).toBe('box');
  expect(isFar('name') && isFar('box')).toBe(true);
});
