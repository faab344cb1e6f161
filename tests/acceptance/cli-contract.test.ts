import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/shared/graph/document.ts';
import { events, weft as run } from '../cli/weft.ts';
import { graphOf } from '../engine/test-graph.ts';
import { TEST_NODES } from './hosted-run.ts';
import { startRun } from './running.ts';

const ENV = { WEFT_NODES: TEST_NODES };

let folder: string;
let picture: string;
let numberFile: string;
let pictureFile: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weft-contract-'));
  picture = join(folder, 'grey.png');
  await sharp({ create: { width: 8, height: 6, channels: 3, background: '#808080' } }).toFile(picture);
  numberFile = fileOf('number', NUMBER);
  pictureFile = fileOf('picture', PICTURE);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the exit status', () => {
  test('0: everything is done', async () => {
    expect((await weft('run', numberFile, '--set', 'x=2')).status).toBe(0);
  });

  test('1: a node failed, and those behind it name the cause', async () => {
    const { status, stdout } = await weft('run', numberFile, '--set', 'x=3', '--node', 'fail.at=3', '--json');
    expect(status).toBe(1);
    const ends = events(stdout).filter(({ event }) => event === 'node.finished');
    expect(ends).toContainEqual(
      expect.objectContaining({
        node: 'fail',
        status: 'failed',
        error: expect.objectContaining({ code: 'E_NODE_THREW', node: 'fail' }),
      }),
    );
    expect(ends).toContainEqual(expect.objectContaining({ node: 'y', status: 'skipped', reason: 'fail failed.' }));
    expect(events(stdout).at(-1)).toMatchObject({ status: 'failed', failed: 1, skipped: 1 });
  });

  test('1: the run is degraded', async () => {
    const { status, stdout } = await weft('run', fileOf('items', ITEMS), '--json');
    expect(status).toBe(1);
    const items = events(stdout).filter(({ event }) => event === 'output');
    expect(items.map(({ item, value }) => [item, value])).toEqual([
      [0, 0],
      [2, 2],
      [3, 3],
    ]);
    expect(events(stdout).at(-1)).toMatchObject({
      status: 'degraded',
      streams: { range: { items: 4, failed: 1, dropped: 0 } },
    });
  });

  test.each([
    ['a graph with a mistake', () => fileOf('mistake', graphOf([{ id: 'a', type: 'no/such@1' }], []))],
    ['JSON that is cut off', () => textOf('cut', '{"weft": 1, "nodes": [')],
    ['JSON that is no graph', () => textOf('other', '{"name": "package"}')],
    ['an empty file', () => textOf('empty', '')],
    ['a picture', () => picture],
    ['a folder', () => folder],
  ])('2: %s', async (_what, graph) => {
    for (const command of ['run', 'validate']) {
      const { status, stdout, stderr } = await weft(command, graph());
      expect(status).toBe(2);
      expect(stdout + stderr).toMatch(/^E_[A-Z_]+ .*: .*\.$/m);
    }
  });

  test.each([
    [['run']],
    [['run', 'a.weft.json', 'b.weft.json']],
    [['fly', 'me']],
    [['run', 'g.weft.json', '--fast']],
    [['run', 'g.weft.json', '--set', 'x']],
    [['run', 'g.weft.json', '--set', '=3']],
    [['run', 'g.weft.json', '--node', 'x=3']],
    [['run', 'g.weft.json', '--node', 'a.b.c=3']],
    [['run', 'g.weft.json', '--timeout', 'soon']],
    [['run', 'g.weft.json', '--timeout', '-1']],
    [['completion', 'powershell']],
  ])('2: weft %j is told in one sentence, and nothing runs', async (args) => {
    const { status, stdout, stderr } = await weft(...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^E_USAGE: [^\n]+\.\n$/);
  });

  test.each([
    [['--set', 'z=3'], 'E_INPUT_UNKNOWN', 'x'],
    [['--node', 'nobody.at=3'], 'E_INPUT_UNKNOWN', 'fail'],
    [['--node', 'fail.nothing=3'], 'E_INPUT_UNKNOWN', 'at'],
    [['--set', 'x="three"'], 'E_PIN_TYPE', 'number'],
    [['--to', 'nobody', '--set', 'x=1'], 'E_INPUT_UNKNOWN', 'fail'],
    [[], 'E_PIN_REQUIRED', 'x'],
  ])('2: a graph run with %j, where %s names what there is', async (args, code, name) => {
    const { status, stderr } = await weft('run', numberFile, ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(new RegExp(`^${code} [^\\n]*\\b${name}\\b[^\\n]*[.?]$`, 'm'));
  });

  test('3: the graph, the picture or the model is not there', async () => {
    expect((await weft('run', join(folder, 'nowhere.weft.json'))).status).toBe(3);
    expect((await weft('run', pictureFile, '--set', 'image=nowhere.png', '--out', folder)).status).toBe(3);
    const load = graphOf([{ id: 'load', type: 'model/load@1', params: { path: 'nowhere.onnx' } }], []);
    expect((await weft('run', fileOf('load', load), '--to', 'load')).status).toBe(3);
  });

  test('4: --timeout is over', async () => {
    const { status, stderr } = await weft('run', fileOf('wait', WAIT), '--timeout', '0.2');
    expect(status).toBe(4);
    expect(stderr).toContain('E_RUN_TIMEOUT');
  });

  test('130: interrupted', async () => {
    const running = startRun([fileOf('wait', WAIT)], ENV);
    await running.event(({ event }) => event === 'run.started');
    running.process.kill('SIGINT');
    expect(await running.ended).toBe(130);
  });
});

describe('the options', () => {
  test('a VALUE is JSON or else a bare string', async () => {
    const echo = fileOf('echo', ECHO);
    for (const [text, value] of [
      ['[1,{"a":null}]', [1, { a: null }]],
      ['12', 12],
      ['"12"', '12'],
      ['plain words = fine', 'plain words = fine'],
      ['{broken', '{broken'],
      ['', ''],
    ] as const) {
      const { stdout } = await weft('run', echo, '--set', `v=${text}`, '--json');
      expect(events(stdout)).toContainEqual({ event: 'output', name: 'v', value });
    }
  });

  test('--json prints one JSON object a line on stdout and nothing else', async () => {
    const { stdout, stderr } = await weft('run', numberFile, '--set', 'x=2', '--json');
    for (const line of stdout.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
    expect(stdout).toMatch(/\n$/);
    expect(stderr).toBe('');
  });

  test('--explain tells types and wires, and runs nothing', async () => {
    const { status, stdout } = await weft(
      'run',
      pictureFile,
      '--set',
      `image=${picture}`,
      '--explain',
      '--out',
      folder,
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^letterbox {2}image\/letterbox@1 {2}once$/m);
    expect(stdout).toMatch(/^ {2}image +→ image 32×32×/m);
    expect(readdirSync(folder)).not.toContain('fitted.png');
    const json = await weft('run', pictureFile, '--set', `image=${picture}`, '--explain', '--json');
    expect(events(json.stdout).map(({ event, id }) => [event, id])).toContainEqual(['planned', 'letterbox']);
  });

  test('--to runs only what a node needs, and gives its outputs', async () => {
    const { status, stdout } = await weft(
      'run',
      numberFile,
      '--set',
      'x=2',
      '--node',
      'fail.at=9',
      '--to',
      'fail',
      '--json',
    );
    expect(status).toBe(0);
    expect(events(stdout)).toContainEqual({ event: 'output', name: 'fail.y', value: 2 });
    expect(events(stdout).at(-1)).toMatchObject({ done: 2 });
  });

  test('pictures land in --out, which is made, and paths are relative to the current folder', async () => {
    const out = join(folder, 'deep', 'out');
    const args = ['--set', `image=${relative(process.cwd(), picture)}`, '--out', relative(process.cwd(), out)];
    const { status, stdout } = await weft('run', pictureFile, ...args, '--json');
    expect(status).toBe(0);
    const path = join(out, 'fitted.png');
    const value = { path, width: 32, height: 32 };
    expect(events(stdout)).toContainEqual({ event: 'output', name: 'fitted', value });
    expect(readdirSync(out)).toEqual(['fitted.png']);
    expect(await sharp(path).metadata()).toMatchObject({ width: 32, height: 32 });
  });

  test('a tensor lands there as .npy', async () => {
    const out = join(folder, 'tensors');
    const { stdout } = await weft('run', fileOf('ones', ONES), '--out', out, '--json');
    const value = { path: join(out, 'tensor.npy'), dtype: 'float32', shape: [2, 3] };
    expect(events(stdout)).toContainEqual({ event: 'output', name: 'tensor', value });
  });
});

describe('for people', () => {
  test('no colours where there is no terminal, nor with NO_COLOR', async () => {
    for (const env of [{}, { NO_COLOR: '1' }]) {
      const { stdout, stderr } = await run(['run', numberFile, '--set', 'x=3', '--node', 'fail.at=3'], {
        ...ENV,
        ...env,
      });
      expect(stdout + stderr).not.toContain('\u001b');
    }
  });

  test.each(['nodes --json', 'nodes', 'completion bash'])('weft %s | head -1 ends quietly', async (command) => {
    const child = spawn('sh', ['-c', `"${process.execPath}" bin/weft.js ${command} | head -1 >/dev/null`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    expect(stderr).toBe('');
  });

  test('--help names every command, and --version the version', async () => {
    const { status, stdout } = await weft('--help');
    expect(status).toBe(0);
    for (const command of ['run', 'validate', 'nodes', 'doctor'])
      expect(stdout).toMatch(new RegExp(`^ +${command}\\b`, 'm'));
    expect((await weft('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

const NUMBER = graphOf(
  [
    { id: 'x', type: 'io/input@1', params: { name: 'x', type: 'number' } },
    { id: 'fail', type: 'test/fail-at@1', params: { at: -1 } },
    { id: 'y', type: 'io/output@1', params: { name: 'y' } },
  ],
  ['x.value -> fail.x', 'fail.y -> y.value'],
);

const ITEMS = graphOf(
  [
    { id: 'range', type: 'flow/range@1', params: { stop: 4 } },
    { id: 'fail', type: 'test/fail-at@1', params: { at: 1 }, policy: { onError: 'skip' } },
    { id: 'y', type: 'io/output@1', params: { name: 'y' } },
  ],
  ['range.value -> fail.x', 'fail.y -> y.value'],
);

const WAIT = graphOf(
  [
    { id: 'wait', type: 'test/wait@1' },
    { id: 'y', type: 'io/output@1', params: { name: 'y' } },
  ],
  ['wait.y -> y.value'],
);

const ECHO = graphOf(
  [
    { id: 'in', type: 'io/input@1', params: { name: 'v', type: 'json' } },
    { id: 'out', type: 'io/output@1', params: { name: 'v' } },
  ],
  ['in.value -> out.value'],
);

const PICTURE = graphOf(
  [
    { id: 'image', type: 'io/input@1', params: { name: 'image', type: 'path' } },
    { id: 'read', type: 'image/read@1' },
    { id: 'letterbox', type: 'image/letterbox@1', params: { width: 32, height: 32 } },
    { id: 'fitted', type: 'io/output@1', params: { name: 'fitted' } },
  ],
  ['image.value -> read.path', 'read.image -> letterbox.image', 'letterbox.image -> fitted.value'],
);

const ONES = graphOf(
  [
    { id: 'ones', type: 'test/ones@1', params: { shape: [2, 3] } },
    { id: 'out', type: 'io/output@1', params: { name: 'tensor' } },
  ],
  ['ones.tensor -> out.value'],
);

function weft(...args: string[]) {
  return run(args, ENV);
}

function fileOf(name: string, graph: Graph): string {
  return textOf(name, JSON.stringify(graph));
}

function textOf(name: string, text: string): string {
  const path = join(folder, `${name}.weft.json`);
  writeFileSync(path, text);
  return path;
}
