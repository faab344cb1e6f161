import { expect, test } from 'vitest';
import { BOX_HEIGHT, BOX_WIDTH, COLLAPSED_HEIGHT, sketchOf } from '../../../src/renderer/start/sketch.ts';

const NODES = [
  { id: 'read', type: 'image/read@1', ui: { at: [0, 40] } },
  { id: 'size', type: 'image/size@1', ui: { at: [300, 0] } },
  { id: 'lost', type: 'value/number@1' },
] as const;

test('nodes are boxes of their category, and the sketch holds them all', () => {
  const sketch = sketchOf({ nodes: NODES });
  expect(sketch?.boxes).toEqual([
    { id: 'read', category: 'image', x: 0, y: 40, height: BOX_HEIGHT },
    { id: 'size', category: 'image', x: 300, y: 0, height: BOX_HEIGHT },
  ]);
  expect(sketch).toMatchObject({ left: 0, top: 0, width: 300 + BOX_WIDTH, height: 40 + BOX_HEIGHT });
});

test('a wire goes from the right side of its source to the left side of its target', () => {
  const sketch = sketchOf({ nodes: NODES, wires: [{ from: 'read.image', to: 'size.image' }] });
  expect(sketch?.lines).toEqual([
    { key: 'read.image→size.image', from: [BOX_WIDTH, 40 + BOX_HEIGHT / 2], to: [300, BOX_HEIGHT / 2] },
  ]);
});

test('a collapsed node is a low box', () => {
  const sketch = sketchOf({ nodes: [{ ...NODES[0], ui: { at: [0, 0], collapsed: true } }] });
  expect(sketch).toMatchObject({ boxes: [{ height: COLLAPSED_HEIGHT }], height: COLLAPSED_HEIGHT });
});

test('wires of nodes without a place are left out', () => {
  expect(sketchOf({ nodes: NODES, wires: [{ from: 'lost', to: 'size.image' }] })?.lines).toEqual([]);
});

test('there is no sketch of nothing', () => {
  expect(sketchOf({ nodes: [NODES[2]] })).toBeNull();
});
