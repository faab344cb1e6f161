import { expect, test } from 'vitest';
import { readerFor } from '../../../src/renderer/canvas/reader-for.ts';
import { signature } from './signatures.ts';

const path = [{ name: 'path', type: { kind: 'path' } }] as const;
const CATALOGUE = new Map(
  [
    signature('image/read@1', { inputs: path }),
    signature('image/read@2', { inputs: [{ name: 'file', type: { kind: 'path' } }] }),
    signature('image/folder@1', { inputs: path }),
    signature('model/load@1', { inputs: path }),
  ].map((entry) => [entry.id, entry]),
);

test('a file goes to the newest node that reads it, at the pin for its path', () => {
  expect(readerFor('Photo.JPG', false, CATALOGUE)).toEqual({ type: 'image/read@2', pin: 'file' });
  expect(readerFor('net.onnx', false, CATALOGUE)).toEqual({ type: 'model/load@1', pin: 'path' });
});

test('a folder is read as pictures, whatever its name', () => {
  expect(readerFor('set.onnx', true, CATALOGUE)).toEqual({ type: 'image/folder@1', pin: 'path' });
});

test('what no installed node reads is refused', () => {
  expect(readerFor('notes.txt', false, CATALOGUE)).toBeNull();
  expect(readerFor('clip.mp4', false, CATALOGUE)).toBeNull();
});
