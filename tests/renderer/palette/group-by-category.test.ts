import { expect, test } from 'vitest';
import { groupByCategory } from '../../../src/renderer/palette/group-by-category.ts';
import { signature } from '../canvas/signatures.ts';

test('categories come in the order of a pipeline, those of node packages after them', () => {
  const sections = groupByCategory(['zoo/a@1', 'art/b@1', 'flow/c@1', 'image/d@1'].map((id) => signature(id)));
  expect(sections.map(({ category }) => category)).toEqual(['image', 'flow', 'art', 'zoo']);
});

test('a category lists its nodes by title, each in its newest version', () => {
  const [section] = groupByCategory([
    signature('image/read@1', { title: 'Read' }),
    signature('image/read@2', { title: 'Read' }),
    signature('image/blur@1', { title: 'Blur' }),
  ]);
  expect(section.nodes.map(({ id }) => id)).toEqual(['image/blur@1', 'image/read@2']);
});
