import { expect, test } from 'vitest';
import { fileName, folderOf, freeName, graphName } from '../../../src/renderer/files/graph-name.ts';
import type { GraphState } from '../../../src/renderer/state/graph-store.ts';

const at = (path: string) => ({ path, folder: folderOf(path), version: '', readOnly: false, changedOnDisk: null });
const named = (name: string, file: GraphState['file']) => ({
  file,
  graph: { weft: 1, name, nodes: [] },
  unnamed: 'Untitled 2',
});

test('a graph goes by its file, or else by its own name', () => {
  expect(graphName(named('Detect objects', at('/data/Detect cars.weft.json')))).toBe('Detect cars');
  expect(graphName(named('Detect objects', null))).toBe('Detect objects');
  expect(graphName(named('  ', null))).toBe('Untitled 2');
});

test('new graphs are told apart by a number, and a number that is free again is used again', () => {
  expect(freeName(['cats'])).toBe('Untitled');
  expect(freeName(['Untitled', 'Untitled 3'])).toBe('Untitled 2');
});

test('paths of every system are taken apart', () => {
  expect([fileName('/a/b.json'), folderOf('/a/b.json')]).toEqual(['b.json', '/a']);
  expect([fileName('C:\\a\\b.json'), folderOf('C:\\a\\b.json')]).toEqual(['b.json', 'C:\\a']);
});
