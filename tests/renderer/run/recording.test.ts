import { describe, expect, test } from 'vitest';
import choose from '../../../nodes/flow/if.ts';
import input from '../../../nodes/io/input.ts';
import camera from '../../../nodes/video/camera.ts';
import record from '../../../nodes/video/record.ts';
import {
  recordingInputs,
  recordingOf,
  recordSwitches,
  switchOffSince,
  toggleRecording,
} from '../../../src/renderer/run/recording.ts';
import { type OpenGraph, openGraph } from '../../../src/renderer/state/graph-store.ts';
import { NO_RUN } from '../../../src/renderer/state/run-state.ts';
import { checkGraph } from '../../../src/shared/graph/check.ts';
import type { Graph } from '../../../src/shared/graph/document.ts';
import { GraphEditor } from '../../../src/shared/graph/edit/graph-editor.ts';
import { signatureOf } from '../../../src/shared/node-api/signature.ts';

const CATALOGUE = new Map(
  [camera, record, input, choose].map((node) => {
    const signature = signatureOf(node);
    return [signature.id, signature] as const;
  }),
);
const SEE = { id: 'see', type: 'video/camera@1', params: { device: 'pattern' } };
const SWITCH = { id: 'switch', type: 'io/input@1', params: { name: 'record', type: 'boolean', default: false } };

describe('recordings', () => {
  test('are switched by the input of the graph that feeds them, once for all that it feeds', () => {
    const graph = opened({
      nodes: [SEE, SWITCH, { id: 'a', type: 'video/record@1' }, { id: 'b', type: 'video/record@1' }],
      wires: [
        { from: 'see.frame', to: 'a.image' },
        { from: 'see.frame', to: 'b.image' },
        { from: 'switch.value', to: 'a.on' },
        { from: 'switch.value', to: 'b.on' },
      ],
    });
    expect(switches(graph)).toEqual([{ kind: 'input', name: 'record', isOn: false }]);
    toggleRecording(graph);
    expect(graph.store.getState().inputs).toEqual({ record: true });
    expect(graph.editor.canUndo).toBe(false);
    toggleRecording(graph);
    expect(graph.store.getState().inputs).toEqual({ record: false });
  });

  test('are switched by the literal of the node where nothing feeds it, as an edit that can be undone', () => {
    const graph = opened({
      nodes: [SEE, { id: 'write', type: 'video/record@1', params: { path: 'a.mp4' } }],
      wires: [{ from: 'see.frame', to: 'write.image' }],
    });
    expect(switches(graph)).toEqual([{ kind: 'literal', node: 'write', isOn: true }]);
    toggleRecording(graph);
    expect(graph.editor.graph.nodes[1].params).toEqual({ path: 'a.mp4', on: false });
    graph.editor.undo();
    expect(graph.editor.graph.nodes[1].params).toEqual({ path: 'a.mp4' });
  });

  test('begun during a run by an input do not go on in the next; what the document says stays', () => {
    const graph = opened({
      nodes: [SEE, SWITCH, { id: 'a', type: 'video/record@1' }, { id: 'b', type: 'video/record@1' }],
      wires: [
        { from: 'see.frame', to: 'a.image' },
        { from: 'see.frame', to: 'b.image' },
        { from: 'switch.value', to: 'a.on' },
      ],
    });
    const { graph: document } = graph.editor;
    const before = recordingInputs(graph);
    graph.store.setState({ inputs: { record: true } });
    switchOffSince(graph, before);
    expect(graph.store.getState().inputs).toEqual({ record: false });
    expect(graph.editor.graph).toBe(document);

    // Who wants each run recorded has switched it on before.
    graph.store.setState({ inputs: { record: true } });
    switchOffSince(graph, recordingInputs(graph));
    expect(graph.store.getState().inputs).toEqual({ record: true });
  });

  test('that a value of the graph switches are not for a person', () => {
    const graph = opened({
      nodes: [
        SEE,
        SWITCH,
        { id: 'choose', type: 'flow/if@1', params: { condition: true } },
        { id: 'write', type: 'video/record@1' },
      ],
      wires: [
        { from: 'see.frame', to: 'write.image' },
        { from: 'switch.value', to: 'choose.value' },
        { from: 'choose.true', to: 'write.on' },
      ],
    });
    expect(switches(graph)).toEqual([]);
  });

  test('go on from when their file is begun until it is complete', () => {
    const graph = opened({
      nodes: [SEE, { id: 'write', type: 'video/record@1' }],
      wires: [{ from: 'see.frame', to: 'write.image' }],
    });
    const file = { node: 'write', path: '/a/recording.mp4', begunAt: 5, isComplete: false };
    const other = { node: 'see', path: '/a/other.mp4', begunAt: 1, isComplete: false };
    const at = (files: (typeof file)[]) => recordingOf({ ...graph.store.getState(), run: { ...NO_RUN, files } });
    expect(at([other, file])).toBe(file);
    expect(at([other, { ...file, isComplete: true }])).toBeNull();
  });
});

function opened(body: Omit<Graph, 'weft'>): OpenGraph {
  const document = { weft: 1, ...body } as const;
  const graph = openGraph({ id: 'g', editor: new GraphEditor(document), file: null, unnamed: 'g', trusted: true });
  const checked = checkGraph(document, (id) => CATALOGUE.get(id));
  expect(checked.problems).toEqual([]);
  graph.store.setState({ checked });
  return graph;
}

function switches({ store }: OpenGraph) {
  return recordSwitches(store.getState());
}
