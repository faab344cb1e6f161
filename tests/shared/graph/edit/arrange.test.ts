import { describe, expect, test } from 'vitest';
import type { Point } from '../../../../src/shared/graph/document.ts';
import { align } from '../../../../src/shared/graph/edit/align.ts';
import { distribute } from '../../../../src/shared/graph/edit/distribute.ts';
import { keyOf } from '../../../../src/shared/graph/edit/element-key.ts';
import { withFrameContents } from '../../../../src/shared/graph/edit/frame-contents.ts';
import { addFrame, changeFrame } from '../../../../src/shared/graph/edit/frames.ts';
import type { BodyDraft } from '../../../../src/shared/graph/edit/graph-draft.ts';
import { GraphEditor } from '../../../../src/shared/graph/edit/graph-editor.ts';
import { lock } from '../../../../src/shared/graph/edit/lock.ts';
import { move } from '../../../../src/shared/graph/edit/move.ts';
import { addNote, changeNote } from '../../../../src/shared/graph/edit/notes.ts';
import { place } from '../../../../src/shared/graph/edit/places.ts';
import { reach } from '../../../../src/shared/graph/edit/reach.ts';
import { invertSelection, NOTHING_SELECTED, selectAll } from '../../../../src/shared/graph/edit/selection.ts';
import { snap } from '../../../../src/shared/graph/edit/snap.ts';
import { graph } from '../fixtures/nodes.ts';
import { detection, draftOf, nodes } from './editing.ts';

const at = (x: number, y: number) => ({ type: 'math/add@1', ui: { at: [x, y] as const } });
const three = graph({ a: at(0, 0), b: at(100, 30), c: at(301, 90) });
/** a: 100 × 40, b: 60 × 20, c: 40 × 80. */
const SIZES: Readonly<Record<string, Point>> = { a: [100, 40], b: [60, 20], c: [40, 80] };
const sizes = (id: string) => SIZES[id];
const placesOf = (draft: BodyDraft) => draft.body.nodes.map(({ ui }) => ui?.at);
const all = nodes('a', 'b', 'c');

describe('aligning', () => {
  test.each([
    [
      'left',
      [
        [0, 0],
        [0, 30],
        [0, 90],
      ],
    ],
    [
      'centre',
      [
        [121, 0],
        [141, 30],
        [151, 90],
      ],
    ],
    [
      'right',
      [
        [241, 0],
        [281, 30],
        [301, 90],
      ],
    ],
    [
      'top',
      [
        [0, 0],
        [100, 0],
        [301, 0],
      ],
    ],
    [
      'middle',
      [
        [0, 65],
        [100, 75],
        [301, 45],
      ],
    ],
    [
      'bottom',
      [
        [0, 130],
        [100, 150],
        [301, 90],
      ],
    ],
  ] as const)('%s', (alignment, places) => {
    const draft = draftOf(three);
    expect(align(draft, all, alignment, sizes)).toEqual({ ok: true, said: `Aligned 3 to the ${alignment}.` });
    expect(placesOf(draft)).toEqual(places);
  });

  test('needs two things, and leaves a locked one in its place', () => {
    const draft = draftOf(three);
    expect(align(draft, nodes('a'), 'left', sizes).ok).toBe(false);
    lock(draft, new Set(['c']), true);
    align(draft, all, 'right', sizes);
    expect(placesOf(draft)[2]).toEqual([301, 90]);
  });
});

test('distributing makes the gaps equal', () => {
  const draft = draftOf(three);
  distribute(draft, all, 'horizontally', sizes);
  // 341 wide with 200 taken: two gaps of 70.5.
  expect(placesOf(draft)).toEqual([
    [0, 0],
    [171, 30],
    [301, 90],
  ]);
  distribute(draft, all, 'vertically', sizes);
  expect(placesOf(draft)).toEqual([
    [0, 0],
    [171, 55],
    [301, 90],
  ]);
  expect(distribute(draft, nodes('a', 'b'), 'vertically', sizes).ok).toBe(false);
});

test('snapping moves to the grid', () => {
  const draft = draftOf(three);
  snap(draft, all, 20);
  expect(placesOf(draft)).toEqual([
    [0, 0],
    [100, 40],
    [300, 100],
  ]);
  expect(snap(draft, NOTHING_SELECTED, 20).ok).toBe(false);
});

test('places from a layout are in whole units, and locked nodes stay', () => {
  const draft = draftOf(three);
  lock(draft, new Set(['c']), true);
  place(draft, {
    nodes: new Map([
      ['a', [1.4, 2.6]],
      ['c', [0, 0]],
      ['gone', [0, 0]],
    ]),
  });
  expect(placesOf(draft)).toEqual([
    [1, 3],
    [100, 30],
    [301, 90],
  ]);
});

test('moving takes along the points of wires between moved nodes', () => {
  const wires = [
    { from: 'a.sum', to: 'b.a', ui: { via: [[5, 5] as const] } },
    { from: 'b.sum', to: 'c.a', ui: { via: [[7, 7] as const] } },
  ];
  const draft = draftOf({ ...three, wires });
  expect(move(draft, nodes('a', 'b'), [10, -10])).toEqual({ ok: true, said: 'Moved 2 nodes.' });
  expect(placesOf(draft)).toEqual([
    [10, -10],
    [110, 20],
    [301, 90],
  ]);
  expect(draft.list('wires').map(({ ui }) => ui?.via)).toEqual([[[15, -5]], [[7, 7]]]);
});

describe('a frame', () => {
  test('is put around what is selected and changed', () => {
    const draft = draftOf(three);
    const added = addFrame(draft, nodes('a', 'b'), sizes, 'Sums');
    if (!added.ok) throw new Error(added.reason);
    expect(draft.body.frames).toEqual([{ at: [-24, -56], size: [208, 130], title: 'Sums' }]);
    changeFrame(draft, added.frame, { colour: '#ff0000', title: undefined });
    changeFrame(draft, added.frame, { size: [10, 10] });
    expect(draft.body.frames).toEqual([{ at: [-24, -56], size: [10, 10], colour: '#ff0000' }]);
    expect(changeFrame(draft, 'gone', {}).ok).toBe(false);
    expect(addFrame(draft, NOTHING_SELECTED, sizes, '').ok).toBe(false);
  });

  test('takes along the nodes and notes whose centre lies in it, and frames that lie in it whole', () => {
    const frame = { at: [-10, -10], size: [150, 60] } as const;
    const inner = { at: [0, 0], size: [10, 10] } as const;
    const outer = { at: [-50, -50], size: [230, 140] } as const;
    const notes = [
      { at: [0, 0], size: [20, 20], text: 'in' },
      { at: [100, 0], text: 'out' },
    ] as const;
    const draft = draftOf({ ...three, frames: [frame, inner, outer], notes });
    const selection = withFrameContents(draft.body, { ...NOTHING_SELECTED, frames: new Set([keyOf(frame)]) }, sizes);
    expect(selection).toEqual({
      nodes: new Set(['a', 'b']),
      wires: new Set(),
      frames: new Set([keyOf(frame), keyOf(inner)]),
      notes: new Set([keyOf(notes[0])]),
    });
    expect(move(draft, selection, [5, 5])).toEqual({ ok: true, said: 'Moved 2 nodes, 2 frames and 1 note.' });
    expect(draft.body.frames?.map((other) => other.at)).toEqual([
      [-5, -5],
      [5, 5],
      [-50, -50],
    ]);
  });
});

test('notes are added and changed, and stay themselves through edit, undo and redo', () => {
  const editor = new GraphEditor(three);
  const added = editor.edit('Add note', (draft) => addNote(draft.body(null), [1, 2], 'x'));
  if (!added.ok) throw new Error('refused');
  const key = () => editor.graph.notes?.map(keyOf);
  editor.edit('Write', (draft) => changeNote(draft.body(null), added.note, { text: '*y*', size: [10, 10] }));
  expect(editor.graph.notes).toEqual([{ at: [1, 2], text: '*y*', size: [10, 10] }]);
  expect(key()).toEqual([added.note]);
  editor.jump(0);
  editor.jump(1);
  expect(key()).toEqual([added.note]);
  expect(editor.edit('Write', (draft) => changeNote(draft.body(null), 'gone', {})).ok).toBe(false);
});

describe('selections', () => {
  test('follow wires and order upstream and downstream', () => {
    const body = { ...detection, after: [{ from: 'read', to: 'detect' }] };
    expect(reach(body, ['normalize'], 'upstream')).toEqual(new Set(['normalize', 'box', 'read']));
    expect(reach(body, ['normalize'], 'downstream')).toEqual(new Set(['normalize', 'detect']));
  });

  test('can be everything, and turned round', () => {
    const everything = selectAll(detection);
    expect([everything.nodes.size, everything.wires.size]).toEqual([4, 3]);
    expect(invertSelection(detection, nodes('box')).nodes).toEqual(new Set(['read', 'normalize', 'detect']));
    const [first, ...others] = everything.wires;
    const inverted = invertSelection(detection, { ...NOTHING_SELECTED, wires: new Set([first]) });
    expect(inverted).toEqual({ ...NOTHING_SELECTED, wires: new Set(others) });
  });
});
