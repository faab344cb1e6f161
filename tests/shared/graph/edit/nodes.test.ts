import { describe, expect, test } from 'vitest';
import { addNode } from '../../../../src/shared/graph/edit/add-node.ts';
import { bypassNodes } from '../../../../src/shared/graph/edit/bypass-nodes.ts';
import { collapse } from '../../../../src/shared/graph/edit/collapse.ts';
import { deleteSelection } from '../../../../src/shared/graph/edit/delete-selection.ts';
import { lock } from '../../../../src/shared/graph/edit/lock.ts';
import { move } from '../../../../src/shared/graph/edit/move.ts';
import { rename } from '../../../../src/shared/graph/edit/rename.ts';
import { renameId } from '../../../../src/shared/graph/edit/rename-id.ts';
import { resizeNode } from '../../../../src/shared/graph/edit/resize-node.ts';
import { setBeside } from '../../../../src/shared/graph/edit/set-beside.ts';
import { setGraphInput } from '../../../../src/shared/graph/edit/set-graph-input.ts';
import { setParam } from '../../../../src/shared/graph/edit/set-param.ts';
import { setPolicy } from '../../../../src/shared/graph/edit/set-policy.ts';
import { setViewer } from '../../../../src/shared/graph/edit/set-viewer.ts';
import { body, graph } from '../fixtures/nodes.ts';
import { detection, draftOf, nodes, types, wiresOf } from './editing.ts';

const refusal = (reason: string) => ({ ok: false, reason });

describe('adding a node', () => {
  test('makes an id of the name of its type', () => {
    const draft = draftOf(detection);
    const added = ['image/letterbox@1', 'image/letterbox@1', 'image/letterbox@1', '9/9 Lives!@1'].map((type) =>
      addNode(draft, type, [1, 2]),
    );
    expect(added).toMatchObject([{ id: 'letterbox' }, { id: 'letterbox-2' }, { id: 'letterbox-3' }, { id: 'lives' }]);
    expect(draft.node('letterbox')).toEqual({ id: 'letterbox', type: 'image/letterbox@1', ui: { at: [1, 2] } });
  });

  test('is refused for a graph that would contain itself', () => {
    const nested = graph({}, [], { graphs: { a: body({ b: 'graph/b' }), b: body({}) } });
    const draft = draftOf(nested, 'b');
    for (const type of ['graph/a', 'graph/b']) {
      const reason = 'The graph "b" would contain itself: put this into another graph.';
      expect(addNode(draft, type, [0, 0])).toEqual(refusal(reason));
    }
    expect(draft.document.graph).toBe(nested);
  });
});

test('deleting takes the wires of the nodes along, and leaves locked nodes', () => {
  const draft = draftOf({ ...detection, after: [{ from: 'read', to: 'detect' }] });
  lock(draft, new Set(['box']), true);
  expect(deleteSelection(draft, nodes('box', 'detect'))).toEqual({ ok: true, said: 'Deleted detect.' });
  expect(draft.body.nodes.map(({ id }) => id)).toEqual(['read', 'box', 'normalize']);
  expect(wiresOf(draft.body)).toEqual(['read.image → box.image', 'box.image → normalize.image']);
  expect(draft.body.after).toEqual([]);
  expect(deleteSelection(draft, nodes('box'))).toEqual(refusal('The node is locked: unlock it first.'));
  expect(deleteSelection(draft, nodes())).toEqual(refusal('Nothing is selected: select a node.'));
});

test('a title is set, and an empty one removed', () => {
  const draft = draftOf(detection);
  rename(draft, 'box', ' Fit ');
  expect(draft.node('box')?.ui?.title).toBe('Fit');
  rename(draft, 'box', '  ');
  expect(draft.document.graph).toEqual(detection);
});

describe('an id', () => {
  test('takes its wires along', () => {
    const draft = draftOf({ ...detection, wires: [...(detection.wires ?? []), { from: 'box', to: 'detect' }] });
    expect(renameId(draft, 'box', 'fit')).toEqual({ ok: true, said: 'Renamed box to fit.' });
    expect(wiresOf(draft.body)).toEqual([
      'read.image → fit.image',
      'fit.image → normalize.image',
      'normalize.tensor → detect.tensor',
      'fit → detect',
    ]);
  });

  test('has a form and is there once', () => {
    const draft = draftOf(detection);
    expect(renameId(draft, 'box', 'Box 1')).toMatchObject({ ok: false });
    expect(renameId(draft, 'box', 'read')).toEqual(refusal('Another node has the id "read": choose another.'));
    expect(renameId(draft, 'gone', 'read')).toEqual(refusal('The graph has no node "gone": choose one that it has.'));
    expect(draft.document.graph).toBe(detection);
  });

  test('that two nodes have is mended on the second, for wires lead to the first', () => {
    const twice = graph({ a: { id: 'x', type: 'math/add@1' }, b: { id: 'x', type: 'math/need@1' }, y: 'math/add@1' }, [
      'x.sum → y.a',
    ]);
    const draft = draftOf(twice);
    renameId(draft, 'x', 'z');
    expect(draft.body.nodes.map(({ id, type }) => `${id} ${type}`)).toEqual([
      'x math/add@1',
      'z math/need@1',
      'y math/add@1',
    ]);
    expect(wiresOf(draft.body)).toEqual(['x.sum → y.a']);
  });
});

test('a parameter is set, and cleared without a trace', () => {
  const draft = draftOf(detection);
  expect(setParam(draft, 'normalize', 'image', [1, 2])).toMatchObject({ said: 'Set "image" of normalize to [1,2].' });
  expect(draft.node('normalize')?.params).toEqual({ image: [1, 2] });
  setParam(draft, 'normalize', 'image', undefined);
  expect(draft.document.graph).toEqual(detection);
  expect(setParam(draft, 'gone', 'x', 1)).toEqual(refusal('The graph has no node "gone": choose one that it has.'));
});

test('renaming the input of a graph used as a node takes along the wires and values of its nodes', () => {
  const nested = graph(
    { a: 'math/add@1', g: { type: 'graph/inner', params: { left: 1, right: 2 } }, b: 'math/add@1' },
    ['a.sum → g.left', 'g.total → b.a'],
    {
      graphs: {
        inner: body({
          in: { type: 'io/input@1', params: { name: 'left' } },
          out: { type: 'io/output@1', params: { name: 'total' } },
        }),
      },
    },
  );
  const draft = draftOf(nested, 'inner');
  setParam(draft, 'in', 'name', 'first');
  setParam(draft, 'out', 'name', 'sum');
  expect(wiresOf(draft.document.graph)).toEqual(['a.sum → g.first', 'g.sum → b.a']);
  expect(draft.document.graph.nodes[1].params).toEqual({ first: 1, right: 2 });
});

test("a graph's input has a default that can be set and removed", () => {
  const draft = draftOf(graph({ in: { type: 'io/input@1', params: { name: 'size', default: 1 } } }));
  setGraphInput(draft, 'size', 2);
  expect(draft.node('in')?.params).toEqual({ name: 'size', default: 2 });
  setGraphInput(draft, 'size', undefined);
  expect(draft.node('in')?.params).toEqual({ name: 'size' });
  expect(setGraphInput(draft, 'in', 1)).toEqual(refusal('The graph has no input "in": choose one that it has.'));
});

describe('a policy', () => {
  test('is set part by part', () => {
    const draft = draftOf(detection);
    setPolicy(draft, new Set(['box', 'read']), { attempts: 3, timeout: 5 });
    setPolicy(draft, new Set(['box']), { attempts: undefined });
    expect(draft.node('box')?.policy).toEqual({ timeout: 5 });
    expect(draft.node('read')?.policy).toEqual({ attempts: 3, timeout: 5 });
    setPolicy(draft, new Set(['box']), { timeout: undefined });
    expect(draft.node('box')).not.toHaveProperty('policy');
  });

  test('is refused out of range, and for graphs used as nodes', () => {
    const draft = draftOf(graph({ a: 'math/add@1', g: 'graph/g' }, [], { graphs: { g: body({}) } }));
    expect(setPolicy(draft, new Set(['a']), { attempts: 50 })).toEqual(
      refusal('The policy is out of range: attempts must be a whole number from 1 to 10, not 50.'),
    );
    expect(setPolicy(draft, new Set(['a', 'g']), { attempts: 2 })).toEqual(
      refusal('g is a graph used as a node: give a policy to the nodes inside it.'),
    );
  });
});

describe('a bypass', () => {
  test('is set and taken back', () => {
    const draft = draftOf(detection);
    expect(bypassNodes(draft, types, new Set(['box']), true)).toEqual({ ok: true, said: 'Bypassed box.' });
    expect(draft.node('box')?.bypass).toBe(true);
    bypassNodes(draft, types, new Set(['box']), false);
    expect(draft.document.graph).toEqual(detection);
  });

  test('is refused where nothing can stand in for an output', () => {
    const draft = draftOf(detection);
    const reason =
      'Normalize cannot be bypassed, for no input that has a value can stand in for its output "tensor": remove the wire from it, or do not bypass it.';
    expect(bypassNodes(draft, types, new Set(['normalize']), true)).toEqual(refusal(reason));
    expect(draft.document.graph).toBe(detection);
  });
});

test('lock, collapse and viewer leave nothing behind when they are taken back', () => {
  const draft = draftOf(detection);
  const ids = new Set(['box', 'read']);
  lock(draft, ids, true);
  collapse(draft, ids, true);
  setViewer(draft, ids, 'image');
  setViewer(draft, new Set(['read']), true);
  expect(draft.node('box')?.ui).toEqual({ at: [300, 0], locked: true, collapsed: true, viewer: 'image' });
  expect(draft.node('read')?.ui?.viewer).toBe(true);
  lock(draft, ids, false);
  collapse(draft, ids, false);
  setViewer(draft, ids, false);
  expect(draft.node('box')?.ui?.viewer).toBe(false);
  setViewer(draft, ids, undefined);
  expect(draft.document.graph).toEqual(detection);
  expect(lock(draft, new Set(['gone']), true)).toEqual(refusal('No node is selected: select one.'));
});

test('a picture beside that of a viewer follows its node when that is renamed, and goes when it is taken away', () => {
  const draft = draftOf(detection);
  setBeside(draft, 'box', 'read.image');
  expect(draft.node('box')?.ui?.beside).toBe('read.image');
  renameId(draft, 'read', 'photo');
  expect(draft.node('box')?.ui?.beside).toBe('photo.image');
  renameId(draft, 'photo', 'read');
  setBeside(draft, 'box', undefined);
  expect(draft.document.graph).toEqual(detection);
  expect(setBeside(draft, 'box', 'gone.image')).toMatchObject({ ok: false });
});

test('a size is set and given back; a locked node keeps its size and place', () => {
  const draft = draftOf(detection);
  resizeNode(draft, 'box', { at: [290, 0.4], size: [250.6, 100] });
  expect(draft.node('box')?.ui).toEqual({ at: [290, 0], size: [251, 100] });
  resizeNode(draft, 'box', null);
  expect(draft.node('box')?.ui).toEqual({ at: [290, 0] });
  lock(draft, new Set(['box']), true);
  expect(resizeNode(draft, 'box', null)).toEqual(refusal('box is locked: unlock it first.'));
  expect(move(draft, nodes('box'), [1, 1])).toMatchObject({ ok: false });
});
