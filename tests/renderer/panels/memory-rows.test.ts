import { expect, test } from 'vitest';
import { memoryRows } from '../../../src/renderer/panels/memory-rows.ts';
import type { NodeMemory, RunMemory } from '../../../src/shared/protocol/run-report.ts';

const node = (id: string, bytes: number, keptBytes: number, pins: NodeMemory['pins']): NodeMemory => ({
  node: id,
  bytes,
  peakBytes: 2 * bytes,
  keptBytes,
  pins,
});
const pin = (name: string, bytes: number, holders: NodeMemory['pins'][number]['holders'] = []) => ({
  pin: name,
  bytes,
  peakBytes: 2 * bytes,
  holders,
});

const memory: RunMemory = {
  nodes: [
    node('read', 10, 0, [pin('image', 10, ['cache', 'preview'])]),
    node('split', 30, 0, [pin('red', 20, ['waiting']), pin('green', 10)]),
    node('track', 5, 5, []),
  ],
  heldBytes: 45,
  cacheBytes: 0,
  arena: { usedBytes: 45, peakBytes: 90, reservedBytes: 100, path: 'zero-copy' },
  heapBytes: 0,
  budgetBytes: 1000,
};

const lines = (rows: ReturnType<typeof memoryRows>) =>
  rows.map(
    ({ node, pin, isPart, bytes, heldBy }) =>
      `${isPart ? '  ' : node}${pin === null ? '' : `.${pin}`} ${bytes} ${heldBy}`,
  );

test('nodes come with the largest first, with their pins, who holds them, and what they keep', () => {
  expect(lines(memoryRows(memory, 'bytes', false))).toEqual([
    'split 30 ',
    '  .red 20 nodes that wait',
    '  .green 10 ',
    'read.image 10 the cache, to be looked at',
    'track 5 ',
    '  .kept 5 the node, from call to call',
  ]);
});

test('they can be put in order by name, and the other way round', () => {
  const names = (by: 'node' | 'peakBytes', up: boolean) =>
    memoryRows(memory, by, up).flatMap(({ node, isPart }) => (isPart ? [] : [node]));
  expect(names('node', true)).toEqual(['read', 'split', 'track']);
  expect(names('node', false)).toEqual(['track', 'split', 'read']);
  expect(names('peakBytes', true)).toEqual(['track', 'read', 'split']);
});
