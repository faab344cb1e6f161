import { expect, test } from 'vitest';
import { searchNodes } from '../../src/main/registry/search.ts';
import type { NodeSignature } from '../../src/shared/node-api/signature.ts';

const CATALOGUE = [
  signature('image/letterbox', 1, 'Letterbox', ['pad']),
  signature('image/letterbox', 2, 'Letterbox', ['pad']),
  signature('image/resize', 1, 'Resize', ['scale']),
  signature('detect/nms', 1, 'Non-maximum suppression', []),
];

test('a word is looked for in type, title, summary and keywords, whatever its case', () => {
  expect(found('PAD')).toEqual(['image/letterbox@1', 'image/letterbox@2']);
  expect(found('maximum')).toEqual(['detect/nms@1']);
  expect(found('image/')).toHaveLength(3);
  expect(found('of resize')).toEqual(['image/resize@1']);
});

test('every word must be there', () => {
  expect(found('image scale')).toEqual(['image/resize@1']);
  expect(found('image suppression')).toEqual([]);
});

test('a type gives its newest version alone, an id that version', () => {
  expect(found('image/letterbox')).toEqual(['image/letterbox@2']);
  expect(found('image/letterbox@1')).toEqual(['image/letterbox@1']);
});

function found(query: string): string[] {
  return searchNodes(CATALOGUE, query).map((node) => node.id);
}

function signature(type: string, version: number, title: string, keywords: string[]): NodeSignature {
  return {
    id: `${type}@${version}`,
    type,
    version,
    category: type.slice(0, type.indexOf('/')),
    title,
    summary: `Summary of ${title}.`,
    keywords,
    inputs: [],
    outputs: [],
    body: 'run',
    effects: null,
  };
}
