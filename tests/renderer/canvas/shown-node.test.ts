import { describe, expect, test } from 'vitest';
import { boxElements, NODE_PIN, wireElements } from '../../../src/renderer/canvas/flow-elements.ts';
import { ROW_HEIGHT, TITLE_HEIGHT } from '../../../src/renderer/canvas/node-layout.ts';
import { type ShownState, showBody } from '../../../src/renderer/canvas/shown-body.ts';
import type { ShownNode } from '../../../src/renderer/canvas/shown-node.ts';
import { NO_SELECTION } from '../../../src/renderer/state/selection.ts';
import { checkGraph } from '../../../src/shared/graph/check.ts';
import type { Graph } from '../../../src/shared/graph/document.ts';
import { GraphEditor } from '../../../src/shared/graph/edit/graph-editor.ts';
import { setParam } from '../../../src/shared/graph/edit/set-param.ts';
import type { NodeSignature } from '../../../src/shared/node-api/signature.ts';
import { signature } from './signatures.ts';

const IMAGE = { kind: 'image', width: null, height: null, channels: null } as const;
const FOLDER = signature('image/folder@1', {
  body: 'source',
  inputs: [{ name: 'path', type: { kind: 'path' } }],
  outputs: [{ name: 'image', type: IMAGE }],
});
const FIT = signature('image/fit@1', {
  title: 'Fit',
  inputs: [
    { name: 'image', type: IMAGE },
    { name: 'width', type: { kind: 'integer' }, default: 640 },
    { name: 'height', type: { kind: 'integer' }, default: 640 },
    { name: 'padding', type: { kind: 'integer' }, default: 114 },
    { name: 'mode', type: { kind: 'enum', values: ['a', 'b'] }, default: 'a' },
  ],
  outputs: [{ name: 'image', type: { kind: 'image', width: 'width', height: 'height', channels: 3 } }],
});
const CATALOGUE = new Map<string, NodeSignature>([FOLDER, FIT].map((entry) => [entry.id, entry]));
const GRAPH: Graph = {
  weft: 1,
  nodes: [
    { id: 'folder', type: FOLDER.id, params: { path: 'x' } },
    { id: 'fit', type: FIT.id, params: { width: 320 }, ui: { at: [300, 40], title: 'Make small' } },
    { id: 'odd', type: 'gone/away@3' },
  ],
  wires: [
    { from: 'folder.image', to: 'fit.image' },
    { from: 'fit.image', to: 'odd.picture' },
    { from: 'fit.image', to: 'nowhere.image' },
  ],
};

function stateOf(graph: Graph): ShownState {
  const checked = checkGraph(graph, (id) => CATALOGUE.get(id));
  return { graph, view: { trail: [] }, checked, failures: new Map(), waits: new Map(), given: new Set() };
}
const show = (state: ShownState, before: ReadonlyMap<string, ShownNode> = new Map()) => {
  return showBody(state, CATALOGUE, before);
};
const nodeOf = (shown: ReadonlyMap<string, ShownNode>, id: string) => {
  const node = shown.get(id);
  if (node === undefined) throw new Error(`${id} is not shown`);
  return node;
};

describe('a node on the canvas', () => {
  test('has the name that a person gave it, and its type beside that', () => {
    expect(nodeOf(show(stateOf(GRAPH)), 'fit')).toMatchObject({ title: 'Make small', typeTitle: 'Fit' });
    expect(nodeOf(show(stateOf(GRAPH)), 'folder')).toMatchObject({ title: 'folder', typeTitle: null });
  });

  test('writes the known shape beside a pin, and tells items of a stream by their form', () => {
    const [image] = nodeOf(show(stateOf(GRAPH)), 'fit').outputs;
    expect(image).toMatchObject({ typeText: '320×640×3', form: 'diamond', isConnected: true });
    expect(nodeOf(show(stateOf(GRAPH)), 'fit').inputs[0]).toMatchObject({ form: 'diamond', isConnected: true });
  });

  test('of a type that is not installed has the pins that wires lead to', () => {
    const odd = nodeOf(show(stateOf(GRAPH)), 'odd');
    expect(odd.signature).toBeNull();
    expect(odd.inputs).toMatchObject([{ name: 'picture', isKnown: false, isConnected: true }]);
    expect(odd.message).toContain('gone/away');
  });

  test('shows at most three widgets and the other parameters by their values', () => {
    const { rows } = nodeOf(show(stateOf(GRAPH)), 'fit').layout;
    expect(rows.map((row) => row.kind === 'field' && row.withWidget)).toEqual([false, true, true, true, false]);
  });

  test('says in itself why it failed', () => {
    const failed = { ...stateOf(GRAPH), failures: new Map([['fit', 'Fit is out of memory.']]) };
    const node = nodeOf(show(failed), 'fit');
    expect(node).toMatchObject({ message: 'Fit is out of memory.', hasFailed: true });
    expect(node.layout.height).toBeGreaterThan(nodeOf(show(stateOf(GRAPH)), 'fit').layout.height);
  });

  test('does not complain in itself of a pin that still waits for a wire', () => {
    const lonely = stateOf({ weft: 1, nodes: [{ id: 'fit', type: FIT.id }] });
    const node = nodeOf(show(lonely), 'fit');
    expect(node.problems).toHaveLength(1);
    expect(node.message).toBeNull();
  });
});

describe('what React Flow gets', () => {
  test('has its pins in the middle of their rows, without being measured', () => {
    const shown = show(stateOf(GRAPH));
    const fit = boxElements(GRAPH, shown, NO_SELECTION).find(({ id }) => id === 'fit');
    const places = new Map(fit?.handles?.map(({ id, type, x, y }) => [`${type} ${id}`, [x, y]]));
    const middle = TITLE_HEIGHT + 4 + ROW_HEIGHT / 2;
    expect(places.get('target image')).toEqual([0, middle]);
    expect(places.get('source image')).toEqual([220, middle]);
    expect(places.get('target width')).toEqual([0, middle + ROW_HEIGHT]);
    expect(fit?.measured).toEqual({ width: fit?.width, height: fit?.height });
  });

  test('draws no wire to a node that is not there', () => {
    expect(wireElements(GRAPH, show(stateOf(GRAPH)), NO_SELECTION).map(({ target }) => target)).toEqual(['fit', 'odd']);
  });

  test('draws wires from node to node, and orders without data, from title to title', () => {
    const graph: Graph = {
      ...GRAPH,
      wires: [{ from: 'folder', to: 'fit' }],
      after: [{ from: 'folder', to: 'odd' }],
    };
    const wires = wireElements(graph, show(stateOf(graph)), NO_SELECTION);
    expect(wires.map(({ data, sourceHandle }) => [data?.kind, sourceHandle])).toEqual([
      ['nodes', NODE_PIN],
      ['after', NODE_PIN],
    ]);
  });

  test('is new only for the one node whose parameter was edited', () => {
    const editor = new GraphEditor(GRAPH);
    const before = show(stateOf(editor.graph));
    const elements = boxElements(editor.graph, before, NO_SELECTION);
    const wires = wireElements(editor.graph, before, NO_SELECTION);
    editor.edit('Set padding', (draft) => setParam(draft.body(null), 'fit', 'padding', 3));
    // The check comes a moment later than the edit, and says the same of all others.
    for (const checked of [stateOf(GRAPH).checked, stateOf(editor.graph).checked]) {
      const after = show({ ...stateOf(editor.graph), checked }, before);
      const renewed = boxElements(editor.graph, after, NO_SELECTION).filter((element) => !elements.includes(element));
      expect(renewed.map(({ id }) => id)).toEqual(['fit']);
      expect(wireElements(editor.graph, after, NO_SELECTION).every((wire) => wires.includes(wire))).toBe(true);
    }
  });
});
