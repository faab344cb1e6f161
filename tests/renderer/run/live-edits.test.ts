import { describe, expect, test } from 'vitest';
import { liveEdit } from '../../../src/renderer/run/live-edits.ts';
import type { Graph } from '../../../src/shared/graph/document.ts';
import { bypassNodes } from '../../../src/shared/graph/edit/bypass-nodes.ts';
import { deleteSelection } from '../../../src/shared/graph/edit/delete-selection.ts';
import type { BodyDraft } from '../../../src/shared/graph/edit/graph-draft.ts';
import { GraphEditor } from '../../../src/shared/graph/edit/graph-editor.ts';
import { move } from '../../../src/shared/graph/edit/move.ts';
import { rename } from '../../../src/shared/graph/edit/rename.ts';
import { NOTHING_SELECTED } from '../../../src/shared/graph/edit/selection.ts';
import { setParam } from '../../../src/shared/graph/edit/set-param.ts';
import { setPolicy } from '../../../src/shared/graph/edit/set-policy.ts';

const GRAPH: Graph = {
  weft: 1,
  nodes: [
    { id: 'read', type: 'image/read@1', params: { path: 'a.png' } },
    { id: 'blur', type: 'image/blur@1', params: { radius: 2 }, ui: { at: [0, 0] } },
  ],
  wires: [{ from: 'read.image', to: 'blur.image' }],
};
const BLUR = new Set(['blur']);

describe('an edit during a run', () => {
  test('of a literal is told with its new value', () => {
    const edit = editedBy((draft) => setParam(draft, 'blur', 'radius', 5));
    expect(edit).toEqual({ literals: [{ node: 'blur', pin: 'radius', value: 5 }], structure: false });
  });

  test('is told when it is taken back, too', () => {
    const editor = new GraphEditor(GRAPH);
    editor.edit('Set', (draft) => setParam(draft.body(null), 'blur', 'radius', 5));
    const edited = editor.graph;
    editor.undo();
    expect(liveEdit(edited, editor.graph).literals).toEqual([{ node: 'blur', pin: 'radius', value: 2 }]);
  });

  test('of what is only seen makes no difference', () => {
    for (const change of [
      (draft: BodyDraft) => move(draft, { ...NOTHING_SELECTED, nodes: BLUR }, [10, 10]),
      (draft: BodyDraft) => rename(draft, 'blur', 'Soften'),
    ]) {
      expect(editedBy(change)).toEqual({ literals: [], structure: false });
    }
  });

  test('of anything else counts only from the next run', () => {
    for (const change of [
      (draft: BodyDraft) => deleteSelection(draft, { ...NOTHING_SELECTED, nodes: BLUR }),
      (draft: BodyDraft) => bypassNodes(draft, { catalogue: () => undefined }, new Set(['read']), true),
      (draft: BodyDraft) => setPolicy(draft, BLUR, { attempts: 3 }),
      (draft: BodyDraft) => setParam(draft, 'blur', 'radius', undefined),
      (draft: BodyDraft) => draft.update('wires', () => undefined),
    ]) {
      expect(editedBy(change).structure, String(change)).toBe(true);
    }
  });
});

function editedBy(change: (draft: BodyDraft) => unknown) {
  const editor = new GraphEditor(GRAPH);
  editor.edit('Edit', (draft) => change(draft.body(null)));
  return liveEdit(GRAPH, editor.graph);
}
