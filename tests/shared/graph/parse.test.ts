import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FORMAT_VERSION, parseGraph } from '../../../src/shared/graph/parse.ts';
import { writeGraph } from '../../../src/shared/graph/write.ts';

const fixtures = new URL('./fixtures/', import.meta.url);
const files = readdirSync(fixtures).filter((name) => name.endsWith('.weft.json'));

/** The kind, and the sentences. */
function parsed(text: string): unknown[] {
  const result = parseGraph(text);
  return result.kind === 'ok'
    ? ['ok']
    : [result.kind, ...result.problems.map(({ code, message }) => `${code} ${message}`)];
}

describe('parsing', () => {
  test('there is a fixture for every version of the format', () => {
    expect(files).toEqual(Array.from({ length: FORMAT_VERSION }, (_, index) => `format-${index + 1}.weft.json`));
  });

  test.each(files)('%s opens, and everything in it is kept', (file) => {
    const text = readFileSync(new URL(file, fixtures), 'utf8');
    const result = parseGraph(text);
    if (result.kind !== 'ok') throw new Error(result.problems[0].message);
    expect(result.graph.weft).toBe(FORMAT_VERSION);
    const mystery = result.graph.nodes.find(({ id }) => id === 'mystery');
    expect(JSON.stringify(mystery)).toBe(
      '{"id":"mystery","type":"future/thing@7","params":{"z":{"b":[1,0,1e-7,null],"a":"é\u2028"},"a":true},"theirs":{"kept":["as","it","is"]}}',
    );
  });

  test('the fixture of this version is written as it was read', () => {
    const text = readFileSync(new URL(`format-${FORMAT_VERSION}.weft.json`, fixtures), 'utf8');
    const result = parseGraph(text);
    if (result.kind !== 'ok') throw new Error(result.problems[0].message);
    // The fixture writes one character as an escape, which the writer does not need.
    expect(writeGraph(result.graph)).toBe(text.replace('\\u2028', '\u2028'));
  });

  test.each<[string, string, string]>([
    ['an empty file', '', 'The file is empty: open another file, or bring back an earlier version of this one.'],
    ['blanks', ' \n', 'The file is empty: open another file, or bring back an earlier version of this one.'],
    [
      'a file that breaks off',
      '{\n  "weft": 1,\n  "nodes": [',
      'The file is damaged, for it is no JSON at line 3, column 13, where the end of the file stands: correct it there, or bring back an earlier version.',
    ],
    [
      'a stray comma',
      '{ "weft": 1,\n "nodes": [], }',
      'The file is damaged, for it is no JSON at line 2, column 15, where "}" stands: correct it there, or bring back an earlier version.',
    ],
    [
      'zeros, as a crashed disk leaves them',
      '\0\0\0',
      'The file is damaged, for it is no JSON at line 1, column 1, where "\\u0000\\u0000\\u0000" stands: correct it there, or bring back an earlier version.',
    ],
    [
      'JSON of something else',
      '{ "workflow": {} }',
      'The file is JSON, but no Weft graph, for it has no "weft" version: open a *.weft.json file.',
    ],
    ['a list', '[1]', 'The file is JSON, but no Weft graph, for it has no "weft" version: open a *.weft.json file.'],
    [
      'a version that is no number',
      '{ "weft": "1" }',
      'The file is JSON, but no Weft graph, for it has no "weft" version: open a *.weft.json file.',
    ],
    [
      'a version below 1',
      '{ "weft": 0.5 }',
      'The file says "weft": 0.5, which is no version of a Weft graph: open another file.',
    ],
  ])('%s is no Weft graph', (_, text, sentence) => {
    expect(parsed(text)).toEqual(['not-weft', `E_GRAPH_PARSE ${sentence}`]);
  });

  test('a newer format is refused by its number', () => {
    expect(parseGraph('{ "weft": 99, "nodes": "changed beyond recognition" }')).toEqual({
      kind: 'newer',
      version: 99,
      problems: [
        {
          code: 'E_GRAPH_NEWER',
          message: `The graph has format 99, and this Weft knows formats up to ${FORMAT_VERSION}: update Weft to open it.`,
          path: 'weft',
        },
      ],
    });
  });

  test('a graph of the wrong form has every place named', () => {
    const wrong = {
      weft: 1,
      nodes: [{ id: 'a' }, { id: 5, type: 'x', bypass: 'yes' }],
      wires: [{ from: 'a.b' }],
      frames: [{ at: [0], size: [1, 1] }],
      graphs: { inner: { nodes: {} } },
    };
    const result = parseGraph(JSON.stringify(wrong));
    expect(result.kind).toBe('invalid');
    expect(result.kind === 'invalid' ? result.problems.map(({ path }) => path) : []).toEqual([
      'nodes[0].type',
      'nodes[1].id',
      'nodes[1].bypass',
      'wires[0].to',
      'frames[0].at',
      'graphs.inner.nodes',
    ]);
    expect(parsed(JSON.stringify({ weft: 1 }))).toEqual([
      'invalid',
      'E_GRAPH_INVALID "nodes" must be a list: correct it there.',
    ]);
    expect(parsed(JSON.stringify({ weft: 1, nodes: [{ id: 5, type: 'a', ui: { at: [1], viewer: 3 } }] }))).toEqual([
      'invalid',
      'E_GRAPH_INVALID "nodes[0].id" must be a text: correct it there.',
      'E_GRAPH_INVALID "nodes[0].ui.at" must be a pair of numbers: correct it there.',
      'E_GRAPH_INVALID "nodes[0].ui.viewer" must be true, false or the name of a pin: correct it there.',
    ]);
  });

  test('what has the right form opens, whatever it means', () => {
    const odd = {
      weft: 1,
      nodes: [{ id: 'Not An Id', type: 'nothing', policy: { attempts: 'many' } }],
      wires: [{ from: '..', to: '' }],
    };
    expect(parsed(JSON.stringify(odd))).toEqual(['ok']);
  });

  test('a file that nests without end is refused', () => {
    const deep = `{ "weft": 1, "nodes": [], "x": ${'['.repeat(100_000)}${']'.repeat(100_000)} }`;
    expect(parsed(deep)).toEqual([
      'invalid',
      'E_GRAPH_INVALID The graph is nested deeper than 200 levels: open another file.',
    ]);
  });

  test('a byte order mark is overlooked', () => {
    expect(parsed('\uFEFF{ "weft": 1, "nodes": [] }')).toEqual(['ok']);
  });
});
