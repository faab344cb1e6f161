import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events, weft } from '../cli/weft.ts';
import { graphOf } from '../engine/test-graph.ts';

/** One mistake a line: the node, and the pin if there is one, and the code that names it. */
const MISTAKES = [
  { code: 'E_NODE_UNKNOWN', node: 'sharpen' },
  { code: 'E_NODE_DUPLICATE', node: 'read' },
  { code: 'E_PARAM_UNKNOWN', node: 'letterbox', pin: 'colour' },
  { code: 'E_PIN_RANGE', node: 'letterbox', pin: 'width' },
  { code: 'E_PIN_TYPE', node: 'filter', pin: 'detections' },
  { code: 'E_PIN_UNKNOWN', node: 'read' },
  { code: 'E_PIN_REQUIRED', node: 'crop', pin: 'image' },
  { code: 'E_PIN_OCCUPIED', node: 'letterbox', pin: 'image' },
  { code: 'E_WIRE_NODE' },
  { code: 'E_CYCLE' },
  { code: 'E_POLICY', node: 'tensor' },
  { code: 'E_STREAM_MIX', node: 'select' },
] as const;

const WRONG = graphOf(
  [
    { id: 'read', type: 'image/read@1', params: { path: 'a.png' } },
    { id: 'read', type: 'image/read@1', params: { path: 'b.png' } },
    { id: 'sharpen', type: 'image/sharpen@1' },
    { id: 'letterbox', type: 'image/letterbox@1', params: { width: -640, colour: 'red' } },
    { id: 'crop', type: 'image/crop@1', params: { width: 10, height: 10 } },
    { id: 'tensor', type: 'tensor/from-image@1', policy: { attempts: 0 } },
    { id: 'filter', type: 'detect/filter@1' },
    { id: 'first', type: 'tensor/add-batch@1' },
    { id: 'second', type: 'tensor/add-batch@1' },
    { id: 'three', type: 'flow/range@1', params: { stop: 3 } },
    { id: 'four', type: 'flow/range@1', params: { stop: 4 } },
    { id: 'select', type: 'flow/select@1' },
  ],
  [
    'read.image -> letterbox.image',
    'crop.image -> letterbox.image',
    'read.picture -> tensor.image',
    'tensor.tensor -> filter.detections',
    'nobody.image -> sharpen.image',
    'first.tensor -> second.tensor',
    'second.tensor -> first.tensor',
    'three.value -> select.a',
    'four.value -> select.b',
  ],
);

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-validate-'));
  file = join(folder, 'wrong.weft.json');
  writeFileSync(file, JSON.stringify(WRONG));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('weft validate on a graph full of mistakes', () => {
  test('--json names each with code, node and pin, and a sentence that says what to do', async () => {
    const { status, stdout, stderr } = await weft(['validate', file, '--json']);
    expect(status).toBe(2);
    expect(stderr).toBe('');
    const problems = events(stdout).filter(({ event }) => event === 'problem');
    for (const mistake of MISTAKES) expect(problems).toContainEqual(expect.objectContaining(mistake));
    for (const { message } of problems) expect(message).toMatch(/^[^\n]+(: | must be )[^\n]+\.$/);
    expect(events(stdout).at(-1)).toMatchObject({ event: 'validated', problems: problems.length });
  });

  test('tells people the same, a line each', async () => {
    const { status, stdout, stderr } = await weft(['validate', file]);
    expect(status).toBe(2);
    const lines = stdout.trimEnd().split('\n');
    for (const { code } of MISTAKES) expect(stdout).toContain(code);
    for (const line of lines) expect(line).toMatch(/^E_[A-Z_]+ \S+: .+\.$/);
    expect(stderr).toBe(`${lines.length} problems.\n`);
  });

  test('says of nothing twice that it is wrong', async () => {
    const { stdout } = await weft(['validate', file, '--json']);
    const problems = events(stdout).filter(({ event }) => event === 'problem');
    const told = problems.map(({ code, node, pin, message }) => JSON.stringify({ code, node, pin, message }));
    expect(told).toEqual([...new Set(told)]);
    expect(problems.length).toBe(MISTAKES.length);
  });

  test('weft run refuses it with the same problems and runs nothing', async () => {
    const { status, stdout } = await weft(['run', file, '--json', '--out', folder]);
    expect(status).toBe(2);
    const run = events(stdout);
    expect(run.filter(({ event }) => event === 'problem')).toHaveLength(MISTAKES.length);
    expect(run.filter(({ event }) => event === 'node.finished')).toEqual([]);
    expect(run.at(-1)).toMatchObject({ event: 'run.finished', status: 'refused' });
  });
});

test('weft validate finds nothing wrong with the samples', async () => {
  for (const name of ['detect-image', 'preprocess']) {
    const { status, stdout, stderr } = await weft(['validate', `resources/graphs/${name}.weft.json`]);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: 'No problems.\n' });
  }
});
