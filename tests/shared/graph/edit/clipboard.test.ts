import { describe, expect, test } from 'vitest';
import type { Graph } from '../../../../src/shared/graph/document.ts';
import { copyText } from '../../../../src/shared/graph/edit/copy.ts';
import { duplicate } from '../../../../src/shared/graph/edit/duplicate.ts';
import { keyOf } from '../../../../src/shared/graph/edit/element-key.ts';
import { paste } from '../../../../src/shared/graph/edit/paste.ts';
import { NOTHING_SELECTED, selectAll } from '../../../../src/shared/graph/edit/selection.ts';
import { writeGraph } from '../../../../src/shared/graph/write.ts';
import { body, graph } from '../fixtures/nodes.ts';
import { detection, draftOf, nodes, wiresOf } from './editing.ts';

function copied(document: Graph, ...ids: string[]): string {
  const outcome = copyText(document, null, nodes(...ids));
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.text;
}

describe('what is copied', () => {
  test('is the text of a graph of its own, with the wires inside it', () => {
    expect(copied(detection, 'box', 'normalize')).toBe(
      [
        '{',
        '  "weft": 1,',
        '  "nodes": [',
        '    { "id": "box", "type": "image/letterbox@1", "params": { "width": 640, "height": 640 }, "ui": { "at": [300, 0] } },',
        '    { "id": "normalize", "type": "tensor/normalize@1", "ui": { "at": [600, 0] } }',
        '  ],',
        '  "wires": [',
        '    { "from": "box.image", "to": "normalize.image" }',
        '  ]',
        '}',
        '',
      ].join('\n'),
    );
  });

  test('is refused when it is nothing', () => {
    expect(copyText(detection, null, NOTHING_SELECTED)).toMatchObject({ ok: false });
  });
});

describe('pasting', () => {
  test('puts the parts at a point, with new ids where they are taken', () => {
    const draft = draftOf(detection);
    const outcome = paste(draft, copied(detection, 'box', 'normalize'), [10, 20]);
    expect(outcome).toMatchObject({ ok: true, selection: nodes('box-2', 'normalize-2'), said: 'Inserted 2 nodes.' });
    expect(draft.body.nodes.slice(4).map(({ id, ui }) => [id, ui?.at])).toEqual([
      ['box-2', [10, 20]],
      ['normalize-2', [310, 20]],
    ]);
    expect(wiresOf(draft.body).slice(3)).toEqual(['box-2.image → normalize-2.image']);
  });

  test('takes a whole file, with its frames, notes, wire points and unknown keys', () => {
    const file = writeGraph({
      ...detection,
      wires: [{ from: 'read.image', to: 'box.image', ui: { via: [[100, 100]] } }],
      after: [{ from: 'read', to: 'detect' }],
      frames: [{ at: [-100, 0], size: [10, 10], title: 'F' }],
      notes: [{ at: [0, 0], text: 'n', mood: 'calm' } as never],
    });
    const draft = draftOf(graph({}));
    expect(paste(draft, file, [0, 50])).toMatchObject({ ok: true });
    const { frames, notes, wires, after } = draft.body;
    expect(draft.body.nodes.map(({ id }) => id)).toEqual(['read', 'box', 'normalize', 'detect']);
    expect(frames).toEqual([{ at: [0, 50], size: [10, 10], title: 'F' }]);
    expect(notes).toEqual([{ at: [100, 50], text: 'n', mood: 'calm' }]);
    expect(wires?.[0].ui).toEqual({ via: [[200, 150]] });
    expect(after).toEqual([{ from: 'read', to: 'detect' }]);
  });

  test('gives inputs and outputs of the graph names that are free', () => {
    const document = graph({ in: { type: 'io/input@1', params: { name: 'size' } } });
    const draft = draftOf(document);
    paste(draft, copied(document, 'in'), [0, 0]);
    expect(draft.node('in-2')?.params).toEqual({ name: 'size-2' });
  });

  test('brings the graphs that nodes stand for, under another name where that means something else', () => {
    const inner = body({ x: 'math/add@1' });
    const source = graph({ a: 'graph/outer', b: 'graph/same' }, [], {
      graphs: { outer: body({ i: 'graph/inner' }), inner, same: inner, unused: inner },
    });
    const text = copied(source, 'a', 'b');
    expect(Object.keys(JSON.parse(text).graphs)).toEqual(['outer', 'same', 'inner']);
    const draft = draftOf(graph({}, [], { graphs: { inner: body({ other: 'math/need@1' }), same: inner } }));
    expect(paste(draft, text, [0, 0])).toMatchObject({ ok: true });
    expect(draft.body.nodes.map(({ type }) => type)).toEqual(['graph/outer', 'graph/same']);
    const { graphs = {} } = draft.document.graph;
    expect(Object.keys(graphs)).toEqual(['inner', 'same', 'outer', 'inner-2']);
    expect(graphs.outer.nodes[0].type).toBe('graph/inner-2');
    expect(graphs['inner-2']).toEqual(inner);
  });

  test('renames a graph that uses one that had to be renamed', () => {
    const source = graph({ a: 'graph/outer' }, [], {
      graphs: { outer: body({ i: 'graph/inner' }), inner: body({ x: 'math/add@1' }) },
    });
    const draft = draftOf(
      graph({ a: 'graph/outer' }, [], { graphs: { outer: body({ i: 'graph/inner' }), inner: body({}) } }),
    );
    paste(draft, copied(source, 'a'), [0, 0]);
    expect(draft.node('a-2')?.type).toBe('graph/outer-2');
    expect(draft.document.graph.graphs?.['outer-2'].nodes[0].type).toBe('graph/inner-2');
  });

  test('into the graph that is pasted is refused', () => {
    const document = graph({ a: 'graph/g' }, [], { graphs: { g: body({}) } });
    const draft = draftOf(document, 'g');
    expect(paste(draft, copied(document, 'a'), [0, 0])).toEqual({
      ok: false,
      reason: 'The graph "g" would contain itself: put this into another graph.',
    });
    expect(draft.document.graph).toBe(document);
  });

  test.each([
    ['Hello', 'What was copied is no part of a graph: copy nodes, or the text of a *.weft.json file.'],
    ['{ "nodes": [] }', 'What was copied is no part of a graph: copy nodes, or the text of a *.weft.json file.'],
    ['{ "weft": 1, "nodes": 3 }', '"nodes" must be a list: correct it there.'],
    [
      '{ "weft": 999, "nodes": [] }',
      'The graph has format 999, and this Weft knows formats up to 1: update Weft to open it.',
    ],
  ])('%s is refused', (text, reason) => {
    const draft = draftOf(detection);
    expect(paste(draft, text, [0, 0])).toEqual({ ok: false, reason });
    expect(draft.document.graph).toBe(detection);
  });
});

describe('duplicating', () => {
  test('leaves out or takes along the wires from outside', () => {
    const without = draftOf(detection);
    expect(duplicate(without, nodes('box', 'normalize'), [0, 100], false)).toMatchObject({ ok: true });
    expect(wiresOf(without.body).slice(3)).toEqual(['box-2.image → normalize-2.image']);
    const along = draftOf(detection);
    expect(duplicate(along, nodes('box', 'normalize'), [0, 100], true)).toMatchObject({ said: 'Duplicated 2 nodes.' });
    expect(wiresOf(along.body).slice(3)).toEqual(['box-2.image → normalize-2.image', 'read.image → box-2.image']);
    expect(along.node('box-2')?.ui?.at).toEqual([300, 100]);
  });

  test('covers frames and notes, which become others', () => {
    const draft = draftOf({ ...detection, notes: [{ at: [0, 0], text: 'n' }] });
    duplicate(draft, selectAll(draft.body), [5, 5], false);
    expect(draft.body.notes?.map(({ at }) => at)).toEqual([
      [0, 0],
      [5, 5],
    ]);
    expect(new Set(draft.body.notes?.map(keyOf)).size).toBe(2);
    expect(duplicate(draft, NOTHING_SELECTED, [0, 0], true)).toMatchObject({ ok: false });
  });
});
