import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Registry } from '../../src/main/registry/registry.ts';
import { checkGraph } from '../../src/shared/graph/check.ts';
import type { CheckedGraph } from '../../src/shared/graph/checked-graph.ts';
import { parseGraph } from '../../src/shared/graph/parse.ts';
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

function checked(sample: string, inputs: Record<string, JsonValue>): CheckedGraph {
  const file = new URL(`../../resources/graphs/${sample}.weft.json`, import.meta.url);
  const parsed = parseGraph(readFileSync(file, 'utf8'));
  if (parsed.kind !== 'ok') throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return checkGraph(parsed.graph, (id) => registry.signature(id), { inputs, modelSignature: () => YOLO });
}

function typeOf(graph: CheckedGraph, output: string) {
  return graph.outputs.find(({ name }) => name === output)?.type;
}

describe('sample detect-image', () => {
  test('runs once it has a picture and a model', () => {
    const graph = checked('detect-image', { image: '/bus.jpg', model: '/yolo.onnx' });
    expect(graph.problems).toEqual([]);
    expect(graph.notes).toEqual([]);
    expect(typeOf(graph, 'detections')).toEqual({ kind: 'json' });
    expect(typeOf(graph, 'annotated')).toMatchObject({ kind: 'image' });
  });

  test('asks for a picture and a model', () => {
    const { problems } = checked('detect-image', {});
    expect(problems.map(({ code, node }) => ({ code, node }))).toEqual([
      { code: 'E_PIN_REQUIRED', node: 'image' },
      { code: 'E_PIN_REQUIRED', node: 'model' },
    ]);
  });

  test('takes other thresholds by name', () => {
    const set = { image: '/bus.jpg', model: '/yolo.onnx' };
    expect(checked('detect-image', { ...set, conf: 0.5, iou: 0.6 }).problems).toEqual([]);
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
