import { expect, test } from 'vitest';
import { ACTIONS } from '../../../src/renderer/actions/registry.ts';
import { OPERATIONS } from '../../shared/graph/edit/random-edits.ts';

/** The operations on a graph that each action of the registry comes to, which random sequences undo and do again. */
const MADE_OF: Readonly<Record<string, readonly string[]>> = {
  'edit.cut': ['deleteSelection'],
  'edit.paste': ['copyAndPaste'],
  'edit.duplicate': ['duplicate'],
  'edit.duplicate-wired': ['duplicate'],
  'edit.delete': ['deleteSelection'],
  'edit.delete-and-reconnect': ['deleteAndReconnect'],
  'node.rename': ['rename'],
  'node.viewer': ['setViewer'],
  'node.collapse': ['collapse'],
  'node.bypass': ['bypassNodes'],
  'node.lock': ['lock'],
  'node.reset-size': ['resizeNode'],
  'node.make-graph': ['makeGraph'],
  'node.unpack-graph': ['unpackGraph'],
  'run.record': ['setParam'],
  'camera.sample': ['setParam'],
  'insert.node': ['addNode', 'addWiredNode'],
  'insert.note': ['addNote', 'changeNote'],
  'insert.frame': ['addFrame'],
  'insert.wire': ['connect'],
  'insert.after': ['addAfter'],
  'insert.disconnect': ['disconnect'],
  'arrange.layout': ['place'],
  'arrange.align-left': ['align'],
  'arrange.align-centre': ['align'],
  'arrange.align-right': ['align'],
  'arrange.align-top': ['align'],
  'arrange.align-middle': ['align'],
  'arrange.align-bottom': ['align'],
  'arrange.distribute-horizontally': ['distribute'],
  'arrange.distribute-vertically': ['distribute'],
  'arrange.snap': ['snap'],
};

test('every action that makes a step of history is one that random sequences undo and do again', () => {
  const steps = ACTIONS.filter(({ history }) => history === 'step').map(({ id }) => id);
  expect(Object.keys(MADE_OF).sort()).toEqual(steps.sort());
  for (const operation of Object.values(MADE_OF).flat()) expect(Object.keys(OPERATIONS)).toContain(operation);
});
