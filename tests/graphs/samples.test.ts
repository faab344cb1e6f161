import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Registry } from '../../src/main/registry/registry.ts';
import { checkGraph } from '../../src/shared/graph/check.ts';
import type { CheckedGraph } from '../../src/shared/graph/checked-graph.ts';
import { parseGraph } from '../../src/shared/graph/parse.ts';
import { BACKEND_NAMES } from '../../src/shared/node-api/backend.ts';
import type { JsonValue } from '../../src/shared/node-api/pins.ts';
import type { ModelSignature } from '../../src/shared/types/pin-type.ts';

let cache: string;
let registry: Registry;

beforeAll(async () => {
  cache = mkdtempSync(join(tmpdir(), 'weft-samples-'));
  registry = await Registry.open({ folders: [], cache });
});

afterAll(() => rmSync(cache, { recursive: true, force: true }));

const YOLO: ModelSignature = {
  inputs: [{ name: 'images', dtype: 'float32', shape: [1, 3, 320, 320] }],
  outputs: [{ name: 'output0', dtype: 'float32', shape: [1, 84, 2100] }],
};

/** `model`: what the model file is known to be before the run, null when nothing is known. */
function checked(sample: string, inputs: Record<string, JsonValue>, model: ModelSignature | null = YOLO): CheckedGraph {
  const file = new URL(`../../resources/graphs/${sample}.weft.json`, import.meta.url);
  const parsed = parseGraph(readFileSync(file, 'utf8'));
  if (parsed.kind !== 'ok') throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return checkGraph(parsed.graph, (id) => registry.signature(id), { inputs, modelSignature: () => model ?? undefined });
}

function typeOf(graph: CheckedGraph, output: string) {
  return graph.outputs.find(({ name }) => name === output)?.type;
}

describe('sample detect-image', () => {
  test('runs as it is, on the bundled picture with the bundled model', () => {
    const graph = checked('detect-image', {});
    expect(graph.problems).toEqual([]);
    expect(graph.notes).toEqual([]);
    expect(typeOf(graph, 'detections')).toEqual({ kind: 'json' });
    expect(typeOf(graph, 'annotated')).toMatchObject({ kind: 'image' });
  });

  test('takes another picture and model by name', () => {
    expect(checked('detect-image', { image: '/bus.jpg', model: '/yolo.onnx' }).problems).toEqual([]);
  });

  test('takes other thresholds by name', () => {
    const set = { image: '/bus.jpg', model: '/yolo.onnx' };
    expect(checked('detect-image', { ...set, conf: 0.5, iou: 0.6 }).problems).toEqual([]);
  });
});

describe('sample detect-video', () => {
  test('runs as it is, on the bundled video with the bundled model, its frames drawn on as they are', () => {
    const graph = checked('detect-video', {});
    expect(graph.problems).toEqual([]);
    expect(graph.notes).toEqual([]);
    expect(typeOf(graph, 'summary')).toEqual({ kind: 'json' });
    const draw = graph.nodes.find(({ id }) => id === 'draw');
    expect(draw?.outputTypes).toEqual([{ kind: 'frame' }]);
    expect(draw?.inputs[0]).toMatchObject({ from: 'wire', conversion: null });
  });
});

describe('sample detect-live', () => {
  test('runs as it is, and takes camera, model, thresholds, recording and length by name', () => {
    expect(checked('detect-live', {}).problems).toEqual([]);
    const set = { camera: 'pattern', model: '/yolo.onnx', conf: 0.5, iou: 0.6, record: true, max_duration: 3 };
    expect(checked('detect-live', set).problems).toEqual([]);
  });
});

describe('sample preprocess', () => {
  test('makes the tensor of a detection model, its shape known before it runs', () => {
    const graph = checked('preprocess', { image: '/bus.jpg' });
    expect(graph.problems).toEqual([]);
    // How many channels a picture has is known once it is read.
    expect(typeOf(graph, 'tensor')).toEqual({ kind: 'tensor', dtype: 'float32', shape: [1, null, 640, 640] });
  });
});

describe('sample compare-backends', () => {
  test('runs as it is, with a branch for each backend and one preparation for all', () => {
    const graph = checked('compare-backends', {});
    expect(graph.problems).toEqual([]);
    expect(graph.notes).toEqual([]);
    const benchmarks = graph.nodes.filter(({ signature }) => signature.type === 'model/benchmark');
    expect(benchmarks.map(({ id }) => id)).toEqual(BACKEND_NAMES);
    expect(graph.nodes.filter(({ signature }) => signature.type === 'tensor/from-image')).toHaveLength(1);
  });

  test('takes another picture, model and number of runs by name', () => {
    expect(checked('compare-backends', { image: '/a.jpg', model: '/m.onnx', iterations: 5 }).problems).toEqual([]);
  });
});

describe.each([
  ['classify', { image: '/dog.jpg', model: '/m.onnx', labels: '/imagenet.txt' }, ['classes']],
  ['segment', { image: '/dog.jpg', model: '/m.onnx' }, ['detections', 'masks', 'annotated']],
  ['keypoints', { image: '/dog.jpg', model: '/m.onnx' }, ['detections', 'keypoints', 'annotated']],
  ['upscale', { image: '/dog.jpg', model: '/m.onnx' }, ['enlarged']],
])('sample %s', (sample, inputs, outputs) => {
  test('runs once it has its files', () => {
    const graph = checked(sample, inputs, null);
    expect(graph.problems).toEqual([]);
    expect(graph.notes).toEqual([]);
    expect(graph.outputs.map(({ name }) => name)).toEqual(outputs);
  });

  test('asks for every one of them', () => {
    const { problems } = checked(sample, {}, null);
    expect(problems.map(({ code, node }) => [code, node])).toEqual(
      Object.keys(inputs).map((node) => ['E_PIN_REQUIRED', node]),
    );
  });
});

describe('sample upscale', () => {
  const model = (...input: number[]): ModelSignature => ({
    inputs: [{ name: 'input', dtype: 'float32', shape: ['batch', ...input] }],
    outputs: [{ name: 'output', dtype: 'float32', shape: ['batch', 1, 672, 672] }],
  });

  test('fits a model of one channel, and says so of one that takes three', () => {
    const inputs = { image: '/dog.jpg', model: '/m.onnx' };
    expect(checked('upscale', inputs, model(1, 224, 224)).problems).toEqual([]);
    expect(checked('upscale', inputs, model(3, 224, 224)).problems).toMatchObject([
      { code: 'E_PIN_TYPE', node: 'infer', pin: 'input' },
    ]);
  });
});
