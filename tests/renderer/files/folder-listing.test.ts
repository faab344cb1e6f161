import { expect, test } from 'vitest';
import { joinPath, listedEntries } from '../../../src/renderer/files/folder-listing.ts';

const ENTRIES = [
  { name: 'run10.weft.json', kind: 'file', bytes: 1 },
  { name: 'run2.weft.json', kind: 'file', bytes: 1 },
  { name: 'bus.jpg', kind: 'file', bytes: 1 },
  { name: 'videos', kind: 'folder', bytes: 0 },
  { name: '.cache', kind: 'folder', bytes: 0 },
] as const;

const names = (options: Partial<Parameters<typeof listedEntries>[1]>) =>
  listedEntries(ENTRIES, { mode: 'open', extensions: [], filter: '', ...options }).map(({ name }) => name);

test('folders come first, and numbers are counted', () => {
  expect(names({})).toEqual(['videos', 'bus.jpg', 'run2.weft.json', 'run10.weft.json']);
});

test('only files of the wanted kind are listed', () => {
  expect(names({ extensions: ['weft.json'] })).toEqual(['videos', 'run2.weft.json', 'run10.weft.json']);
  expect(names({ mode: 'folder' })).toEqual(['videos']);
});

test('a filter looks for a part of the name, in any case of letters', () => {
  expect(names({ filter: 'RUN1' })).toEqual(['run10.weft.json']);
});

test('hidden ones are listed for who begins with a dot', () => {
  expect(names({ filter: '.c' })).toEqual(['.cache']);
});

test('paths are joined as the system of the host does it', () => {
  expect(joinPath('/data', 'a')).toBe('/data/a');
  expect(joinPath('/', 'a')).toBe('/a');
  expect(joinPath('C:\\data', 'a')).toBe('C:\\data\\a');
  expect(joinPath('C:\\', 'a')).toBe('C:\\a');
});
