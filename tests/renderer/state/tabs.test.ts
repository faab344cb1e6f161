import { beforeEach, describe, expect, test } from 'vitest';
import { appStore } from '../../../src/renderer/state/app-store.ts';
import { openGraph } from '../../../src/renderer/state/graph-store.ts';
import {
  addFailedTab,
  addGraphTab,
  frontGraph,
  openGraphs,
  removeTab,
  showModelTab,
  showTab,
  stepTab,
} from '../../../src/renderer/state/tabs.ts';
import { GraphEditor } from '../../../src/shared/graph/edit/graph-editor.ts';

function graph(id: string) {
  return openGraph({ id, editor: new GraphEditor({ weft: 1, nodes: [] }), file: null, unnamed: id, trusted: true });
}

beforeEach(() => {
  appStore.setState({ tabs: [], front: null });
});

test('a graph that is opened comes to the front', () => {
  addGraphTab(graph('a'));
  addGraphTab(graph('b'));
  expect(frontGraph()?.id).toBe('b');
  expect(openGraphs().map(({ id }) => id)).toEqual(['a', 'b']);
});

test('a model has one tab, however often it is opened', () => {
  showModelTab({ path: 'm.onnx', folder: null });
  showModelTab({ path: 'm.onnx', folder: '/elsewhere' });
  showModelTab({ path: 'm.onnx', folder: null });
  const { tabs, front } = appStore.getState();
  expect(tabs).toHaveLength(2);
  expect(front).toBe(tabs[0].id);
  expect(frontGraph()).toBeNull();
});

describe('closing a tab', () => {
  beforeEach(() => {
    for (const id of ['a', 'b', 'c']) addGraphTab(graph(id));
  });

  test('shows the one to its right', () => {
    showTab('b');
    removeTab('b');
    expect(frontGraph()?.id).toBe('c');
  });

  test('shows the one to its left where there is none to its right', () => {
    removeTab('c');
    expect(frontGraph()?.id).toBe('b');
  });

  test('leaves the front alone when it is another', () => {
    removeTab('a');
    expect(frontGraph()?.id).toBe('c');
  });

  test('shows the start page after the last', () => {
    for (const id of ['a', 'b', 'c']) removeTab(id);
    expect(appStore.getState().front).toBeNull();
  });
});

test('one steps through the tabs in a circle', () => {
  for (const id of ['a', 'b']) addGraphTab(graph(id));
  stepTab(1);
  expect(frontGraph()?.id).toBe('a');
  stepTab(-1);
  expect(frontGraph()?.id).toBe('b');
  showTab(null);
  stepTab(1);
  expect(frontGraph()?.id).toBe('a');
});

test('a file that could not be opened is in front, and is no graph', () => {
  addFailedTab({ kind: 'newer', path: '/a.weft.json', problems: [{ message: 'It is newer.' }] });
  expect(frontGraph()).toBeNull();
  expect(appStore.getState().tabs).toHaveLength(1);
  expect(openGraphs()).toEqual([]);
});

test('what the editor does is seen in the state of the graph', () => {
  const { editor, store } = graph('a');
  editor.edit('Name', (draft) => draft.body(null).set('name', 'Mine'));
  expect(store.getState().graph.name).toBe('Mine');
  expect(store.getState().saved).toBe(false);
  editor.markSaved();
  expect(store.getState().saved).toBe(true);
});
