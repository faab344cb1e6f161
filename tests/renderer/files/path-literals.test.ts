import { expect, test } from 'vitest';
import readImage from '../../../nodes/image/read.ts';
import writeImage from '../../../nodes/image/write.ts';
import loadModel from '../../../nodes/model/load.ts';
import { isAbsolutePath, pathLiterals } from '../../../src/renderer/files/path-literals.ts';
import type { Graph } from '../../../src/shared/graph/document.ts';
import { signatureOf } from '../../../src/shared/node-api/signature.ts';

const CATALOGUE = new Map([readImage, writeImage, loadModel].map(signatureOf).map((node) => [node.id, node]));

const paths = (nodes: Graph['nodes']) =>
  pathLiterals({ weft: 1, nodes }, CATALOGUE).map(({ node, pin, path, access }) => [node, pin, path, access]);

test('what a node reads is told from what it writes', () => {
  const nodes = [
    { id: 'read', type: 'image/read@1', params: { path: '../media/a.jpg' } },
    { id: 'write', type: 'image/write@1', params: { path: 'b.png' } },
  ];
  expect(paths(nodes)).toEqual([
    ['read', 'path', '../media/a.jpg', 'read'],
    ['write', 'path', 'b.png', 'write'],
  ]);
});

test('an input of the graph has a path when its declared type is one', () => {
  const nodes = [
    { id: 'a', type: 'io/input@1', params: { name: 'a', type: 'path', default: 'x.jpg' } },
    { id: 'b', type: 'io/input@1', params: { name: 'b', type: 'string', default: 'x.jpg' } },
  ];
  expect(paths(nodes)).toEqual([['a', 'default', 'x.jpg', 'read']]);
});

test('names of models are no paths, and neither is nothing', () => {
  const nodes = ['bundled:shapes', 'yolox_nano', '', 'models/mine.onnx'].map((path, index) => ({
    id: `load${index}`,
    type: 'model/load@1',
    params: { path },
  }));
  expect(paths(nodes)).toEqual([['load3', 'path', 'models/mine.onnx', 'read']]);
});

test('graphs used as nodes are looked into', () => {
  const inner = { nodes: [{ id: 'read', type: 'image/read@1', params: { path: 'a.jpg' } }] };
  const graph: Graph = { weft: 1, nodes: [], graphs: { inner } };
  expect(pathLiterals(graph, CATALOGUE)).toEqual([
    { body: 'inner', node: 'read', pin: 'path', path: 'a.jpg', access: 'read' },
  ]);
});

test('a path is absolute on its own system', () => {
  expect(['/a', 'C:\\a', 'c:/a', '\\\\server\\a'].filter(isAbsolutePath)).toHaveLength(4);
  expect(['a', './a', '../a', ''].filter(isAbsolutePath)).toEqual([]);
});
