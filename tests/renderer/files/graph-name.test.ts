import { expect, test } from 'vitest';
import { fileName, folderOf, graphName } from '../../../src/renderer/files/graph-name.ts';

const at = (path: string) => ({ path, folder: folderOf(path), version: '', readOnly: false, changedOnDisk: null });

test('a graph goes by its file, or else by its own name', () => {
  expect(graphName(at('/data/Detect cars.weft.json'), 'Detect objects')).toBe('Detect cars');
  expect(graphName(null, 'Detect objects')).toBe('Detect objects');
  expect(graphName(null, '  ')).toBe('Untitled');
  expect(graphName(null, undefined)).toBe('Untitled');
});

test('paths of every system are taken apart', () => {
  expect([fileName('/a/b.json'), folderOf('/a/b.json')]).toEqual(['b.json', '/a']);
  expect([fileName('C:\\a\\b.json'), folderOf('C:\\a\\b.json')]).toEqual(['b.json', 'C:\\a']);
});
