import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events, weft } from './weft.ts';

let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-cli-'));
  env = { WEFT_NODES: join(folder, 'nodes'), XDG_CACHE_HOME: join(folder, 'cache') };
  mkdirSync(join(folder, 'nodes', 'test'), { recursive: true });
  writeNode(
    'double',
    '{ x: pin.number({ max: 100 }) }',
    '{ y: pin.number() }',
    '({ x }, ctx) => (ctx.log("info", "doubling"), { y: 2 * x })',
  );
  writeNode('fail', '{ x: pin.number() }', '{ y: pin.number() }', '() => { throw new Error("no luck"); }');
  writeNode('spin', '{}', '{ y: pin.number() }', '() => { for (;;); }');
  writeNode(
    'wait',
    '{}',
    '{ y: pin.number() }',
    '(_, { signal }) => new Promise((_, no) => signal.addEventListener("abort", () => no(signal.reason)))',
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('weft run --json', () => {
  test('prints one event a line, and what nodes log on stderr', async () => {
    const { status, stdout, stderr } = await weft(['run', graph('double'), '--set', 'x=21', '--json'], env);
    expect(stderr).toBe('node: doubling\n');
    const all = events(stdout);
    expect(all.at(0)).toMatchObject({ event: 'run.started', nodes: 3, cached: [] });
    expect(all).toContainEqual({ event: 'output', name: 'y', value: 42 });
    const finished = all.filter(({ event }) => event === 'node.finished').map(({ node, status }) => [node, status]);
    expect(finished.sort()).toEqual([
      ['in', 'done'],
      ['node', 'done'],
      ['out', 'done'],
    ]);
    expect(all.at(-1)).toMatchObject({ event: 'run.finished', status: 'done', done: 3, failed: 0 });
    expect(status).toBe(0);
  });

  test('tells the problems of a graph that is refused, and ends with 2', async () => {
    const { status, stdout } = await weft(['run', graph('double'), '--set', 'x="word"', '--json'], env);
    const all = events(stdout);
    expect(all).toContainEqual(
      expect.objectContaining({ event: 'problem', code: 'E_PIN_TYPE', message: expect.any(String) }),
    );
    expect(all.at(-1)).toMatchObject({ event: 'run.finished', status: 'refused' });
    expect(status).toBe(2);
  });
});

describe('weft run for people', () => {
  test('prints the outputs on stdout and the nodes on stderr', async () => {
    const { status, stdout, stderr } = await weft(['run', graph('double'), '--set', 'x=21'], env);
    expect(stdout).toBe('y  42\n');
    expect(stderr).toMatch(/^node +done/m);
    expect(stderr).toMatch(/^done in .*: 3 done$/m);
    expect(status).toBe(0);
  });

  test('--node sets a parameter', async () => {
    const { stdout } = await weft(['run', graph('double'), '--node', 'in.default=4'], env);
    expect(stdout).toBe('y  8\n');
  });

  test('--explain prints the plan and runs nothing', async () => {
    const { status, stdout, stderr } = await weft(['run', graph('fail'), '--set', 'x=1', '--explain'], env);
    expect(stdout).toMatch(/^node {2}test\/fail@1 {2}once$/m);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  test('a picture is written below --out and named', async () => {
    const picture = join(folder, 'picture.svg');
    writeFileSync(picture, '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>');
    const file = join(folder, 'read.weft.json');
    writeFileSync(file, JSON.stringify(READ_GRAPH));
    const { stdout } = await weft(
      ['run', file, '--set', `image=${picture}`, '--out', join(folder, 'out'), '--json'],
      env,
    );
    const output = events(stdout).find(({ event }) => event === 'output');
    expect(output?.value).toMatchObject({ path: expect.stringContaining(join(folder, 'out')), width: 8, height: 4 });
  });
});

describe('the exit status', () => {
  test('is 1 when a node failed, whose sentence is told once', async () => {
    const { status, stderr } = await weft(['run', graph('fail'), '--set', 'x=1'], env);
    expect(status).toBe(1);
    expect(stderr.match(/no luck/g)).toHaveLength(1);
    expect(stderr).toContain('E_NODE_THREW');
  });

  test.each([
    ['a graph that is not there', 'nowhere.weft.json', undefined, 3, 'E_FILE_MISSING'],
    ['a file that is not JSON', 'broken.weft.json', '{', 2, 'E_GRAPH_PARSE'],
    ['a graph of a newer Weft', 'newer.weft.json', '{"weft":99,"nodes":[],"wires":[]}', 2, 'E_GRAPH_NEWER'],
  ])('for %s comes with one sentence', async (_what, name, text, expected, code) => {
    const file = join(folder, name);
    if (text !== undefined) writeFileSync(file, text);
    for (const command of ['run', 'validate']) {
      const { status, stdout, stderr } = await weft([command, file], env);
      expect(status).toBe(expected);
      expect(stdout + stderr).toContain(code);
    }
  });

  test.each(['wait', 'spin'])('is 4 when --timeout is over, though a node only %ss', async (node) => {
    const { status } = await weft(['run', graph(node), '--timeout', '0.5'], env);
    expect(status).toBe(4);
  });

  test.each(['wait', 'spin'])('is 130 after Ctrl-C, though a node only %ss', async (node) => {
    const child = spawn(process.execPath, ['bin/weft.js', 'run', graph(node), '--json'], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.resume();
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
  });
});

describe('weft validate', () => {
  test('lists every problem with code, place and sentence', async () => {
    const file = join(folder, 'wrong.weft.json');
    const wrong = {
      weft: 1,
      nodes: [
        { id: 'a', type: 'test/double@1', params: { x: 1000 } },
        { id: 'b', type: 'test/double@1' },
        { id: 'c', type: 'test/nothing@1' },
      ],
      wires: [],
    };
    writeFileSync(file, JSON.stringify(wrong));
    const { status, stdout } = await weft(['validate', file, '--json'], env);
    expect(status).toBe(2);
    const problems = events(stdout).filter(({ event }) => event === 'problem');
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'E_PIN_RANGE', node: 'a', pin: 'x' }),
        expect.objectContaining({ code: 'E_PIN_REQUIRED', node: 'b', pin: 'x' }),
        expect.objectContaining({ code: 'E_NODE_UNKNOWN', node: 'c' }),
      ]),
    );
    const people = await weft(['validate', file], env);
    expect(people.stdout.trimEnd().split('\n')).toHaveLength(problems.length);
  });
});

describe('weft nodes', () => {
  test('lists bundled and personal nodes, one a line', async () => {
    const { status, stdout } = await weft(['nodes', '--json'], env);
    expect(status).toBe(0);
    const ids = events(stdout).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['test/double@1', 'image/letterbox@1', 'io/input@1']));
  });

  test('shows one node in full', async () => {
    const { stdout } = await weft(['nodes', 'image/letterbox'], env);
    expect(stdout).toContain('Letterbox  image/letterbox@1');
    expect(stdout).toMatch(/^ {2}width +integer += 640 +1–16384 px$/m);
    expect(stdout).toMatch(/^ {2}image +image .*required$/m);
  });

  test('says so when nothing matches', async () => {
    const { stdout, stderr } = await weft(['nodes', 'no such thing'], env);
    expect(stdout).toBe('');
    expect(stderr).toContain('No node matches');
  });
});

test('weft doctor tells Node, arena, backends, formats and folders', async () => {
  const { status, stdout } = await weft(['doctor'], env);
  expect(status).toBe(0);
  for (const fact of ['Node', 'Cores', 'Memory', 'Arena', 'ONNX Runtime backends', 'Picture formats', 'Cache folder']) {
    expect(stdout).toMatch(new RegExp(`^${fact} +\\S`, 'm'));
  }
  expect(stdout).toContain(join(folder, 'cache', 'weft'));
});

const READ_GRAPH = {
  weft: 1,
  nodes: [
    { id: 'in', type: 'io/input@1', params: { name: 'image', type: 'path' } },
    { id: 'read', type: 'image/read@1' },
    { id: 'out', type: 'io/output@1', params: { name: 'picture' } },
  ],
  wires: [
    { from: 'in.value', to: 'read.path' },
    { from: 'read.image', to: 'out.value' },
  ],
};

/** A graph whose output `y` is what `test/<name>` makes of its input `x`, if it has one. */
function graph(name: string): string {
  const file = join(folder, `${name}.weft.json`);
  const takesInput = name === 'double' || name === 'fail';
  const document = {
    weft: 1,
    nodes: [
      ...(takesInput ? [{ id: 'in', type: 'io/input@1', params: { name: 'x', type: 'number' } }] : []),
      { id: 'node', type: `test/${name}@1` },
      { id: 'out', type: 'io/output@1', params: { name: 'y' } },
    ],
    wires: [...(takesInput ? [{ from: 'in.value', to: 'node.x' }] : []), { from: 'node.y', to: 'out.value' }],
  };
  writeFileSync(file, JSON.stringify(document));
  return file;
}

function writeNode(name: string, inputs: string, outputs: string, run: string): void {
  const source = `import { defineNode, pin } from 'weft';
export default defineNode({
  type: 'test/${name}', version: 1, title: '${name}', summary: 'For a test.', inputs: ${inputs}, outputs: ${outputs},
  run: ${run},
});`;
  writeFileSync(join(folder, 'nodes', 'test', `${name}.ts`), source);
}
