import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readModelSignature } from '../../src/main/engine/model-signature.ts';
import { RESOURCES } from '../../src/main/registry/folders.ts';
import { Registry } from '../../src/main/registry/registry.ts';
import { suggestedGraph } from '../../src/main/window/suggested-graph.ts';
import { checkGraph } from '../../src/shared/graph/check.ts';
import type { Graph } from '../../src/shared/graph/document.ts';
import { parseGraph } from '../../src/shared/graph/parse.ts';
import { Tensor } from '../../src/shared/node-api/tensor.ts';
import { buildModel, type ModelSpec } from '../onnx/build-model.ts';
import { colourClassifierModel, enlargingModel, severalPortsModel, squareDetectorModel } from '../onnx/models.ts';

let folder: string;
let registry: Registry;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weft-suggested-'));
  registry = await Registry.open({ folders: [], cache: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The suggested graph of a model, as it comes back from its file, and what is wrong with it. */
async function suggested(model: Uint8Array | string): Promise<{ graph: Graph; problems: string[] }> {
  const path = typeof model === 'string' ? model : join(folder, 'model.onnx');
  if (typeof model !== 'string') writeFileSync(path, model);
  const parsed = parseGraph(JSON.stringify(await suggestedGraph(path, folder)));
  if (parsed.kind !== 'ok') throw new Error(parsed.problems[0].message);
  const signature = typeof model === 'string' ? undefined : await readModelSignature(path);
  const { problems } = checkGraph(parsed.graph, (id) => registry.signature(id), {
    inputs: {},
    modelSignature: () => signature,
  });
  return { graph: parsed.graph, problems: problems.map(({ code, node }) => `${code} ${node}`) };
}

function defaultOf({ nodes }: Graph, input: string) {
  return nodes.find(({ type, params }) => type === 'io/input@1' && params?.name === input)?.params?.default;
}

const typesOf = ({ nodes }: Graph) => nodes.map(({ type }) => type);

function modelOf(ports: Pick<ModelSpec, 'inputs' | 'outputs'>): Uint8Array {
  const nodes = ports.outputs.map(({ name }) => ({ op: 'Identity', inputs: [ports.inputs[0].name], outputs: [name] }));
  return buildModel({ ...ports, nodes });
}

test('a detector gets the sample for its task, with the model and the bundled picture, ready to run', async () => {
  const { graph, problems } = await suggested(squareDetectorModel());
  expect(graph.name).toBe('Detect objects in a picture');
  expect(defaultOf(graph, 'model')).toBe(join(folder, 'model.onnx'));
  expect(defaultOf(graph, 'image')).toBe(join(RESOURCES, 'media', 'shapes.jpg'));
  expect(problems).toEqual([]);
});

test('a model that was asked for by its name is named so', async () => {
  const { graph } = await suggested('bundled:shapes');
  expect(defaultOf(graph, 'model')).toBe('bundled:shapes');
});

test('a classifier gets the sample without the labels that nobody knows', async () => {
  const { graph, problems } = await suggested(colourClassifierModel());
  expect(graph.name).toBe('Classify a picture');
  expect(typesOf(graph)).not.toContain('classify/read-labels@1');
  expect(problems).toEqual([]);
});

test.each([
  ['of one channel', [1, 1, 28, 28]],
  ['with channels last', [1, 28, 28, 3]],
])('a classifier %s gets pictures in its form', async (_, shape) => {
  const weights = new Tensor('float32', [1, 10], new Float32Array(10));
  const model = buildModel({
    inputs: [{ name: 'x', dtype: 'float32', shape }],
    outputs: [{ name: 'y', dtype: 'float32', shape: [1, 10] }],
    nodes: [{ op: 'Identity', inputs: ['w'], outputs: ['y'] }],
    initializers: [{ name: 'w', tensor: weights }],
  });
  expect((await suggested(model)).problems).toEqual([]);
});

test('a model that enlarges gets the sample that works tile by tile', async () => {
  const { graph, problems } = await suggested(enlargingModel(24, 24));
  expect(graph.name).toBe('Enlarge a picture');
  expect(problems).toEqual([]);
});

test('a model that gives pictures of its own kind gets a graph that shows them', async () => {
  const port = { dtype: 'float32', shape: [1, 3, 64, 64] } as const;
  const { graph, problems } = await suggested(
    modelOf({ inputs: [{ name: 'x', ...port }], outputs: [{ name: 'y', ...port }] }),
  );
  expect(graph.name).toBe('Run model');
  expect(typesOf(graph)).toContain('image/from-tensor@1');
  expect(problems).toEqual([]);
});

test('a model of several tensors gets a graph that asks for files of all but names, and shows every output', async () => {
  const { graph, problems } = await suggested(severalPortsModel());
  const files = graph.nodes.filter(({ type }) => type === 'tensor/read-npy@1');
  const shown = graph.nodes.filter(({ type }) => type === 'io/output@1');
  const path = join(folder, 'model.onnx');
  const { inputs, outputs } = await readModelSignature(path);
  expect(files.map(({ ui }) => ui?.title)).toEqual(inputs.map(({ name }) => `Read ${name}`));
  expect(shown.map(({ ui }) => ui?.title)).toEqual(outputs.map(({ name }) => name));
  // The files, and nothing else, are for the person to choose.
  expect(problems).toEqual(inputs.map((_, index) => `E_PIN_REQUIRED input${index === 0 ? '' : index + 1}`));
});

test('a damaged model is refused with its reason', async () => {
  const path = join(folder, 'damaged.onnx');
  writeFileSync(path, squareDetectorModel().subarray(0, 500));
  await expect(suggestedGraph(path, folder)).rejects.toMatchObject({ code: 'E_MODEL_LOAD' });
});
