import { expect, test } from 'vitest';
import { labelColour } from '../../../src/renderer/previews/label-colour.ts';

const SHAPES = ['circle', 'square', 'triangle', 'star', 'hexagon', 'cross', 'person', 'persons', 'car', 'cat'];

test('a class keeps its colour, and no other class has it while there are colours left', () => {
  const colours = SHAPES.map(labelColour);
  expect(new Set(colours).size).toBe(SHAPES.length);
  expect(SHAPES.map(labelColour)).toEqual(colours);
});

test('there is a colour for any number of classes', () => {
  const many = Array.from({ length: 80 }, (_, index) => labelColour(`class ${index}`));
  expect(many.every((colour) => /^oklch\(0\.\d+ 0\.17 \d+\)$/.test(colour))).toBe(true);
});
