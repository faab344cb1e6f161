import { describe, expect, test } from 'vitest';
import graphInput from '../../../nodes/io/input.ts';
import infer from '../../../nodes/model/infer.ts';
import loadModel from '../../../nodes/model/load.ts';
import { isModelPin, modelOfNode } from '../../../src/renderer/models/model-pins.ts';
import { openGraph } from '../../../src/renderer/state/graph-store.ts';
import type { Graph } from '../../../src/shared/graph/document.ts';
import { GraphEditor } from '../../../src/shared/graph/edit/graph-editor.ts';
import { signatureOf } from '../../../src/shared/node-api/signature.ts';

const CATALOGUE = new Map([graphInput, infer, loadModel].map(signatureOf).map((node) => [node.id, node]));

const WIRED: Graph = {
  weft: 1,
  nodes: [
    { id: 'model', type: 'io/input@1', params: { name: 'model', type: 'path', default: 'bundled:shapes' } },
    { id: 'other', type: 'io/input@1', params: { name: 'other', type: 'path' } },
    { id: 'load', type: 'model/load@1' },
    { id: 'own', type: 'model/load@1', params: { path: 'yolo.onnx' } },
    { id: 'infer', type: 'model/infer@1' },
  ],
  wires: [
    { from: 'model.value', to: 'load.path' },
    { from: 'load.model', to: 'infer.model' },
  ],
};

function pinOf(type: string, name: string) {
  const pin = CATALOGUE.get(type)?.inputs.find((input) => input.name === name);
  if (pin === undefined) throw new Error(`${type} has no pin ${name}.`);
  return pin;
}

describe('what is written is the path of a model', () => {
  const isModel = (node: number, type: string, pin: string) =>
    isModelPin(WIRED, WIRED.nodes[node], pinOf(type, pin), CATALOGUE);

  test('at a pin that says so', () => {
    expect(isModel(3, 'model/load@1', 'path')).toBe(true);
    expect(isModel(3, 'model/load@1', 'backend')).toBe(false);
  });

  test('as the default of an input of the graph that is wired to such a pin', () => {
    expect(isModel(0, 'io/input@1', 'default')).toBe(true);
    expect(isModel(0, 'io/input@1', 'name')).toBe(false);
    expect(isModel(1, 'io/input@1', 'default')).toBe(false);
  });
});

describe('the model of a node', () => {
  const open = openGraph({ id: 'g', editor: new GraphEditor(WIRED), file: null, unnamed: 'g', trusted: true });
  const modelOf = (id: string) => modelOfNode(open.store.getState(), id, CATALOGUE);

  test('is the one that is written at it', () => {
    expect(modelOf('own')).toBe('yolo.onnx');
  });

  test('is that of the input of the graph that it is wired to, as it is set now', () => {
    expect(modelOf('load')).toBe('bundled:shapes');
    open.store.setState({ inputs: { model: 'yolox-s' } });
    expect(modelOf('load')).toBe('yolox-s');
  });

  test('is none for nodes that load none', () => {
    expect(modelOf('infer')).toBeNull();
    expect(modelOf('nothing')).toBeNull();
  });
});
