import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RESOURCES } from '../../src/main/registry/folders.ts';
import { Registry } from '../../src/main/registry/registry.ts';
import { comparisonGraph } from '../../src/main/window/comparison-graph.ts';
import { checkGraph } from '../../src/shared/graph/check.ts';
import type { Graph } from '../../src/shared/graph/document.ts';
import { BACKEND_NAMES } from '../../src/shared/node-api/backend.ts';
import { identityModel, squareDetectorModel } from '../onnx/models.ts';

let folder: string;
let registry: Registry;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weft-comparison-'));
  registry = await Registry.open({ folders: [], cache: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, model: Uint8Array): void {
  writeFileSync(join(folder, name), model);
}

function problemsOf(graph: Graph): readonly string[] {
  return checkGraph(graph, (id) => registry.signature(id), { inputs: {} }).problems.map(({ message }) => message);
}

const defaultOf = ({ nodes }: Graph, input: string) =>
  nodes.find(({ type, params }) => type === 'io/input@1' && params?.name === input)?.params?.default;
const backendsIn = ({ nodes }: Graph) =>
  nodes.flatMap(({ type, params }) => (type === 'model/benchmark@1' ? [params?.backend] : []));

test('a model that takes a picture is measured on the sample picture, on every backend', async () => {
  write('squares.onnx', squareDetectorModel());
  const graph = await comparisonGraph('squares.onnx', folder);
  expect(graph.name).toBe('Backends of squares');
  expect(defaultOf(graph, 'model')).toBe(join(folder, 'squares.onnx'));
  expect(defaultOf(graph, 'image')).toBe(join(RESOURCES, 'media', 'shapes.jpg'));
  expect(backendsIn(graph)).toEqual(BACKEND_NAMES);
  expect(problemsOf(graph)).toEqual([]);
});

test('a model that takes anything else is measured with zeros, without the nodes that prepare a picture', async () => {
  write('same.onnx', identityModel('int64', [1, 4]));
  const graph = await comparisonGraph('same.onnx', folder);
  expect(defaultOf(graph, 'image')).toBeUndefined();
  expect(graph.nodes.map(({ type }) => type)).not.toContain('image/read@1');
  expect(graph.wires?.filter(({ to }) => to.endsWith('.input'))).toEqual([]);
  expect(backendsIn(graph)).toEqual(BACKEND_NAMES);
  expect(problemsOf(graph)).toEqual([]);
});

test('a model that was asked for by its name is named so', async () => {
  expect(defaultOf(await comparisonGraph('bundled:shapes', folder), 'model')).toBe('bundled:shapes');
});

test('one that is not there is refused', async () => {
  await expect(comparisonGraph('none.onnx', folder)).rejects.toMatchObject({ code: 'E_MODEL_MISSING' });
});
