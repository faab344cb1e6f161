import { expect, test } from 'vitest';
import { compareGraphs } from '../../../src/renderer/files/compare-graphs.ts';
import type { Graph } from '../../../src/shared/graph/document.ts';

const MINE: Graph = {
  weft: 1,
  nodes: [
    { id: 'read', type: 'image/read@1', params: { path: 'a.jpg' } },
    { id: 'blur', type: 'image/blur@1' },
  ],
  wires: [{ from: 'read.image', to: 'blur.image' }],
  graphs: { inner: { nodes: [{ id: 'crop', type: 'image/crop@1' }] } },
};

test('a graph differs in nothing from itself', () => {
  expect(compareGraphs(MINE, structuredClone(MINE))).toEqual({ onlyMine: [], onlyTheirs: [], different: [] });
});

test('parts are told by their names: mine, theirs, and those that differ', () => {
  const theirs: Graph = {
    weft: 1,
    nodes: [
      { id: 'read', type: 'image/read@1', params: { path: 'b.jpg' } },
      { id: 'size', type: 'image/size@1' },
    ],
    graphs: { inner: { nodes: [{ id: 'crop', type: 'image/crop@1', bypass: true }] } },
  };
  expect(compareGraphs(MINE, theirs)).toEqual({
    onlyMine: ['blur', 'read.image → blur.image'],
    onlyTheirs: ['size'],
    different: ['read', 'inner: crop'],
  });
});
