import { describe, expect, test } from 'vitest';
import type { Graph } from '../../../../src/shared/graph/document.ts';
import { GraphEditor } from '../../../../src/shared/graph/edit/graph-editor.ts';
import { removeGraph } from '../../../../src/shared/graph/edit/remove-graph.ts';
import { setParam } from '../../../../src/shared/graph/edit/set-param.ts';
import { writeGraph } from '../../../../src/shared/graph/write.ts';
import { body, graph } from '../fixtures/nodes.ts';
import { detection } from './editing.ts';

const setConf = (editor: GraphEditor, value: number, merge?: string) =>
  editor.edit('Set conf', (draft) => setParam(draft.body(null), 'detect', 'conf', value), { merge });
const confOf = ({ graph: { nodes } }: GraphEditor) => nodes[3].params?.conf;
const labelsOf = ({ history }: GraphEditor) => history.map(({ label }) => label);

describe('an edit', () => {
  test('shares everything that it does not touch', () => {
    const editor = new GraphEditor(detection);
    setConf(editor, 0.6);
    const { nodes, wires } = editor.graph;
    expect(confOf(editor)).toBe(0.6);
    expect(nodes.slice(0, 3).every((node, index) => node === detection.nodes[index])).toBe(true);
    expect(wires).toBe(detection.wires);
    expect(detection.nodes[3].params?.conf).toBe(0.5);
  });

  test('tells its listeners once, until they leave', () => {
    const editor = new GraphEditor(detection);
    const versions: number[] = [];
    const leave = editor.subscribe(() => versions.push(editor.version));
    setConf(editor, 0.6);
    editor.undo();
    leave();
    editor.redo();
    expect(versions).toEqual([1, 2]);
    expect(editor.version).toBe(3);
  });

  test('that changes nothing is no step', () => {
    const editor = new GraphEditor(detection);
    setConf(editor, 0.5);
    expect([editor.graph, editor.version, editor.canUndo]).toEqual([detection, 0, false]);
    expect(editor.graph).toBe(detection);
  });

  test('that throws leaves the graph as it was', () => {
    const editor = new GraphEditor(detection);
    const fail = () =>
      editor.edit('Fail', (draft) => {
        setParam(draft.body(null), 'detect', 'conf', 1);
        draft.body('gone');
      });
    expect(fail).toThrow('The document has no graph "gone": open one that it has.');
    expect(editor.graph).toBe(detection);
    expect(editor.canUndo).toBe(false);
  });
});

describe('edits of one gesture', () => {
  test('are one step until the mark', () => {
    const editor = new GraphEditor(detection);
    for (const value of [0.6, 0.7, 0.8]) setConf(editor, value, 'slider');
    expect(labelsOf(editor)).toEqual(['Set conf']);
    editor.mark();
    setConf(editor, 0.9, 'slider');
    expect(editor.position).toBe(2);
    editor.undo();
    expect(confOf(editor)).toBe(0.8);
    editor.undo();
    expect(editor.graph).toEqual(detection);
    editor.redo();
    expect(confOf(editor)).toBe(0.8);
  });

  test('end where another edit or an undo comes', () => {
    const editor = new GraphEditor(detection);
    setConf(editor, 0.6, 'a');
    setConf(editor, 0.7, 'b');
    setConf(editor, 0.8);
    setConf(editor, 0.9, 'b');
    editor.undo();
    setConf(editor, 1, 'b');
    expect(labelsOf(editor)).toHaveLength(4);
    expect([editor.position, editor.canRedo]).toEqual([4, false]);
  });

  test('are taken back when it is given up, and what was undone before can be done again', () => {
    const editor = new GraphEditor(detection);
    setConf(editor, 0.6);
    setConf(editor, 0.7);
    editor.undo();
    const before = editor.graph;
    setConf(editor, 0.8, 'drag');
    setConf(editor, 0.9, 'drag');
    expect(editor.canRedo).toBe(false);
    expect(editor.bailToMark()).toBe(true);
    expect(editor.graph).toBe(before);
    expect(editor.bailToMark()).toBe(false);
    editor.redo();
    expect(confOf(editor)).toBe(0.7);
  });
});

describe('history', () => {
  test('can be jumped in, and an edit cuts off what was undone', () => {
    const editor = new GraphEditor(detection);
    for (const value of [0.1, 0.2, 0.3, 0.4]) setConf(editor, value);
    expect(editor.jump(1)).toBe(true);
    expect([confOf(editor), editor.position, editor.history.length]).toEqual([0.1, 1, 4]);
    expect(editor.jump(4)).toBe(true);
    expect(confOf(editor)).toBe(0.4);
    expect([editor.jump(5), editor.jump(-1), editor.jump(4)]).toEqual([false, false, false]);
    editor.jump(2);
    setConf(editor, 0.9);
    expect([editor.history.length, editor.canRedo, editor.redo()]).toEqual([3, false, false]);
  });

  test('holds what was touched, not the document', () => {
    const many = {
      ...detection,
      notes: Array.from({ length: 5000 }, () => ({ at: [0, 0] as const, text: 'x'.repeat(100) })),
    };
    const editor = new GraphEditor(many);
    setConf(editor, 0.6);
    editor.edit('Write', (draft) => draft.body(null).append('notes', [{ at: [0, 0], text: 'y'.repeat(1000) }]));
    expect(editor.historyBytes).toBeGreaterThan(2000);
    expect(editor.historyBytes).toBeLessThan(5000);
  });

  test('forgets its oldest steps when its memory is used up, never the newest', () => {
    const editor = new GraphEditor(detection, { historyBytes: 20_000 });
    const write = (length: number) =>
      editor.edit(`Write ${length}`, (draft) => draft.body(null).set('description', 'x'.repeat(length)));
    for (let length = 1000; length < 1020; length++) write(length);
    expect(editor.historyBytes).toBeLessThanOrEqual(20_000);
    expect(editor.history.length).toBeGreaterThan(1);
    expect(editor.history.at(-1)?.label).toBe('Write 1019');
    while (editor.undo());
    expect(editor.canUndo).toBe(false);
    expect(editor.graph.description?.length).toBeGreaterThan(1000);
    write(100_000);
    expect(labelsOf(editor)).toEqual(['Write 100000']);
    editor.undo();
    expect(editor.graph.description?.length).toBeGreaterThan(1000);
  });
});

test('undoing a gesture that pushed old steps out of the history undoes just that gesture', () => {
  const editor = new GraphEditor(detection, { historyBytes: 20_000 });
  const write = (length: number, merge?: string) =>
    editor.edit('Write', (draft) => draft.body(null).set('description', 'x'.repeat(length)), { merge });
  for (const length of [1000, 1001, 1002]) write(length);
  write(6000, 'typing');
  expect(editor.undo()).toBe(true);
  expect(editor.graph.description?.length).toBe(1002);
  expect(editor.history.length).toBeLessThan(4);
});

describe('what is saved', () => {
  test('is known again when undo comes back to it', () => {
    const editor = new GraphEditor(detection);
    expect(editor.isSaved).toBe(true);
    setConf(editor, 0.6);
    expect(editor.isSaved).toBe(false);
    editor.markSaved();
    setConf(editor, 0.7, 'slider');
    expect(editor.isSaved).toBe(false);
    editor.undo();
    expect(editor.isSaved).toBe(true);
    editor.undo();
    expect(editor.isSaved).toBe(false);
    setConf(editor, 0.6);
    expect(editor.isSaved).toBe(false);
  });

  test('is not what was never saved', () => {
    const editor = new GraphEditor(detection, { saved: false });
    expect(editor.isSaved).toBe(false);
    setConf(editor, 0.6);
    editor.undo();
    expect(editor.isSaved).toBe(false);
    editor.markSaved();
    expect(editor.isSaved).toBe(true);
  });
});

test('keys that Weft does not know and the order of all keys outlive edit and undo', () => {
  const document = {
    other: { z: 1, a: [2] },
    ...graph({ a: { type: 'math/add@1', params: { b: 1, a: 2 } } }, [], {
      graphs: { second: body({ x: 'math/add@1' }), first: body({}), ['__proto__']: body({}) },
    }),
    weft: 1,
  } as Graph;
  const text = writeGraph(document);
  const editor = new GraphEditor(document);
  editor.edit('Remove', (draft) => removeGraph(draft, 'second'));
  editor.edit('Put', (draft) => draft.putGraph('third', body({})));
  editor.edit('Name', (draft) => draft.body('first').set('name', 'First'));
  editor.edit('Frame', (draft) => draft.body(null).append('frames', [{ at: [0, 0], size: [1, 1] }]));
  setConf(editor, 1);
  editor.edit('Clear', (draft) => setParam(draft.body(null), 'a', 'b', undefined));
  const edited = writeGraph(editor.graph);
  expect(Object.keys(editor.graph.graphs ?? {})).toEqual(['first', '__proto__', 'third']);
  editor.jump(0);
  expect(writeGraph(editor.graph)).toBe(text);
  editor.jump(editor.history.length);
  expect(writeGraph(editor.graph)).toBe(edited);
});
