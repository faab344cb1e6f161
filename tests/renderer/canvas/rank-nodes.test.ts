import { describe, expect, test } from 'vitest';
import { rankNodes } from '../../../src/renderer/canvas/rank-nodes.ts';
import { signature } from './signatures.ts';

const BLUR = signature('image/blur@1', { title: 'Blur', keywords: ['soften', 'gauss'], summary: 'Softens a picture.' });
const READ = signature('image/read@1', {
  title: 'Read image',
  keywords: ['open', 'load'],
  summary: 'Reads a picture.',
});
const LOAD = signature('model/load@1', { title: 'Load model', summary: 'Reads an ONNX file.' });
const ALL = [BLUR, READ, LOAD];
const idsOf = (query: string, recent: readonly string[] = []) => rankNodes(query, ALL, recent).map(({ id }) => id);

describe('a search for nodes', () => {
  test('puts a title that begins with the word before a keyword', () => {
    expect(idsOf('load')).toEqual([LOAD.id, READ.id]);
  });

  test('finds by keyword and by summary', () => {
    expect(idsOf('gauss')).toEqual([BLUR.id]);
    expect(idsOf('onnx')).toEqual([LOAD.id]);
  });

  test('asks for every word', () => {
    expect(idsOf('image read')).toEqual([READ.id]);
    expect(idsOf('image nothing')).toEqual([]);
  });

  test('without words lists all, those used last first', () => {
    expect(idsOf('')).toEqual([BLUR.id, LOAD.id, READ.id]);
    expect(idsOf('', [READ.id, LOAD.id])).toEqual([READ.id, LOAD.id, BLUR.id]);
  });

  test('does not put what was used last before a better fit', () => {
    expect(idsOf('load', [READ.id])[0]).toBe(LOAD.id);
  });
});
