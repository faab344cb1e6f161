import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CatalogueModel } from '../../src/main/models/catalogue.ts';
import { breakOff, ModelServer, serve } from '../models/model-server.ts';
import { content, ModelsFolder, sha256, tiny } from '../models/models-folder.ts';
import { buildModel } from '../onnx/build-model.ts';
import { events, weft } from './weft.ts';

const MODEL = buildModel({
  inputs: [{ name: 'x', dtype: 'float32', shape: [1, 2] }],
  outputs: [{ name: 'y', dtype: 'float32', shape: [1, 2] }],
  nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }],
});

/** The environment of a command that knows one model, with its files in `folder`. */
function knowing(folder: ModelsFolder, model: CatalogueModel): NodeJS.ProcessEnv {
  const catalogue = join(folder.path, 'catalogue.json');
  writeFileSync(catalogue, JSON.stringify([model]));
  return { WEFT_CATALOGUE: catalogue, WEFT_MODELS: join(folder.path, 'models'), XDG_CACHE_HOME: folder.path };
}

function graph(folder: ModelsFolder, nodes: object[], wires: object[]): string {
  const path = join(folder.path, 'graph.weft.json');
  writeFileSync(path, JSON.stringify({ weft: 1, nodes, wires }));
  return path;
}

describe('weft models', () => {
  test('lists what comes with Weft and what is on offer, and which of it is here', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(serve(MODEL));
    const env = knowing(folder, tiny(server.url, MODEL));
    const before = await weft(['models', '--json'], env);
    expect(events(before.stdout)).toContainEqual(expect.objectContaining({ name: 'tiny', path: null }));
    await weft(['models', 'pull', 'tiny'], env);
    const after = await weft(['models', 'list', '--json'], env);
    const path = join(folder.path, 'models', 'tiny.onnx');
    expect(events(after.stdout)).toContainEqual(expect.objectContaining({ name: 'tiny', path }));
    const people = await weft(['models'], env);
    expect(people.stdout).toMatch(/^bundled:shapes +.* here$/m);
    expect(people.stdout).toMatch(/^tiny +test +\d+ B +MIT +here$/m);
  });

  test('downloads a model, prints where it is, and removes it again', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(serve(MODEL));
    const env = knowing(folder, tiny(server.url, MODEL));
    const path = join(folder.path, 'models', 'tiny.onnx');
    expect(await weft(['models', 'pull', 'tiny'], env)).toEqual({ status: 0, stdout: `${path}\n`, stderr: '' });
    expect(await weft(['models', 'remove', 'tiny'], env)).toMatchObject({ status: 0, stdout: `removed ${path}\n` });
    expect(await weft(['models', 'remove', 'tiny'], env)).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('E_MODEL_MISSING'),
    });
  });

  test('says that it recorded a digest that was not known', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(serve(MODEL));
    const env = knowing(folder, tiny(server.url, MODEL, { sha256: null }));
    const { status, stdout, stderr } = await weft(['models', 'pull', 'tiny', '--json'], env);
    expect(events(stdout)).toEqual([expect.objectContaining({ name: 'tiny', sha256: sha256(MODEL), trust: 'first' })]);
    expect(stderr).toBe(`No digest of tiny was known: that of this first download, ${sha256(MODEL)}, was recorded.\n`);
    expect(status).toBe(0);
  });

  test('refuses another file with both digests, and ends with 1', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(serve(content(MODEL.length)));
    const { status, stderr } = await weft(['models', 'pull', 'tiny'], knowing(folder, tiny(server.url, MODEL)));
    expect(stderr).toMatch(
      new RegExp(`^E_DIGEST: [^\\n]*${sha256(content(MODEL.length))}[^\\n]*${sha256(MODEL)}[^\\n]*\\n$`),
    );
    expect(status).toBe(1);
  });

  test('stops a download at Ctrl-C with 130', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(breakOff(MODEL, 10, { stall: true }));
    const child = spawn(process.execPath, ['bin/weft.js', 'models', 'pull', 'tiny'], {
      env: { ...process.env, ...knowing(folder, tiny(server.url, MODEL)) },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    while (server.requests.length === 0) await new Promise(setImmediate);
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
  });

  test.each(['tiny', 'file'])('describes a %s', async (what) => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(serve(MODEL));
    const env = knowing(folder, tiny(server.url, MODEL));
    await weft(['models', 'pull', 'tiny'], env);
    const name = what === 'file' ? join(folder.path, 'models', 'tiny.onnx') : what;
    const { stdout } = await weft(['models', 'info', name], env);
    expect(stdout).toMatch(/^input +x float32\[1,2\]$/m);
    expect(stdout).toMatch(/^purpose +not recognised$/m);
    expect(stdout).toContain(sha256(MODEL));
    const json = await weft(['models', 'info', name, '--json'], env);
    expect(events(json.stdout)).toEqual([
      expect.objectContaining({
        digest: sha256(MODEL),
        bytes: MODEL.length,
        purpose: expect.objectContaining({ task: null }),
      }),
    ]);
  });

  test.each([
    [['pull'], 2, /^E_USAGE: Name the model/],
    [['pull', 'tinny'], 3, /^E_MODEL_MISSING: .*did you mean tiny\?$/m],
    [['info', 'tiny'], 3, /^E_MODEL_MISSING: .*weft models pull tiny/],
    [['frob'], 2, /^E_USAGE: .*list, pull, info, remove/],
  ])('%j is answered with a sentence', async (args, expected, sentence) => {
    using folder = new ModelsFolder();
    const { status, stderr } = await weft(['models', ...args], knowing(folder, tiny('http://127.0.0.1:9/', MODEL)));
    expect(stderr).toMatch(sentence);
    expect(status).toBe(expected);
  });
});

const LOAD = { id: 'load', type: 'model/load@1' };
const INFO = { id: 'info', type: 'model/info@1' };
const OUT = { id: 'out', type: 'io/output@1', params: { name: 'text' } };
const WIRES = [
  { from: 'load.model', to: 'info.model' },
  { from: 'info.text', to: 'out.value' },
];

describe('a graph', () => {
  test.each([
    ['a parameter', [{ ...LOAD, params: { path: 'tiny' } }], [], []],
    [
      'an input of the graph',
      [{ id: 'in', type: 'io/input@1', params: { name: 'model', type: 'path' } }, LOAD],
      ['--set', 'model=tiny'],
      ['in.value'],
    ],
    [
      'the default of an input',
      [{ id: 'in', type: 'io/input@1', params: { name: 'model', type: 'path', default: 'tiny' } }, LOAD],
      [],
      ['in.value'],
    ],
    ['a text that is wired', [{ id: 'in', type: 'value/text@1', params: { value: 'tiny' } }, LOAD], [], ['in.value']],
    ['the command line', [{ ...LOAD, params: { path: 'x' } }], ['--node', 'load.path=tiny'], []],
  ])('takes a model by its name as %s', async (_what, nodes, args, from) => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(serve(MODEL));
    const env = knowing(folder, tiny(server.url, MODEL));
    await weft(['models', 'pull', 'tiny'], env);
    const path = graph(
      folder,
      [...nodes, INFO, OUT],
      [...from.map((pin) => ({ from: pin, to: 'load.path' })), ...WIRES],
    );
    const { stdout, status } = await weft(['run', path, ...args], env);
    expect(stdout).toContain('tiny.onnx');
    expect(status).toBe(0);
  });

  test('takes a file that has the name of a model before the model', async () => {
    using folder = new ModelsFolder();
    const env = knowing(folder, tiny('http://127.0.0.1:9/', MODEL));
    writeFileSync(join(folder.path, 'tiny'), MODEL);
    const { stdout } = await weft(
      ['run', graph(folder, [{ ...LOAD, params: { path: 'tiny' } }, INFO, OUT], WIRES)],
      env,
    );
    expect(stdout).toMatch(/tiny \(cpu\)/);
  });

  test('writes to a file that has the name of a model', async () => {
    using folder = new ModelsFolder();
    const env = knowing(folder, { ...tiny('http://127.0.0.1:9/', MODEL), name: 'tiny.png' });
    const picture = join(folder.path, 'picture.svg');
    writeFileSync(picture, '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>');
    const nodes = [
      { id: 'read', type: 'image/read@1', params: { path: 'picture.svg' } },
      { id: 'write', type: 'image/write@1', params: { path: 'tiny.png' } },
      OUT,
    ];
    const wires = [
      { from: 'read.image', to: 'write.image' },
      { from: 'write.path', to: 'out.value' },
    ];
    const { stdout } = await weft(['run', graph(folder, nodes, wires), '--out', folder.path], env);
    expect(stdout).toContain(join(folder.path, 'tiny.png'));
  });

  test('says how to get a model that is not here, downloads nothing, and ends with 3', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(serve(MODEL));
    const env = knowing(folder, tiny(server.url, MODEL));
    const path = graph(folder, [{ ...LOAD, params: { path: 'tiny' } }, INFO, OUT], WIRES);
    const { stderr, status } = await weft(['run', path], env);
    expect(stderr).toContain('get it with `weft models pull tiny`');
    expect(status).toBe(3);
    expect(server.requests).toHaveLength(0);
  });

  test('with model/download downloads it, telling how far it is', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(serve(MODEL));
    const env = knowing(folder, tiny(server.url, MODEL, { sha256: null }));
    const nodes = [{ id: 'download', type: 'model/download@1', params: { name: 'tiny' } }, LOAD, INFO, OUT];
    const path = graph(folder, nodes, [{ from: 'download.path', to: 'load.path' }, ...WIRES]);
    const { stdout, stderr, status } = await weft(['run', path, '--json'], env);
    expect(status).toBe(0);
    expect(events(stdout)).toContainEqual(
      expect.objectContaining({ event: 'node.progress', node: 'download', done: 1 }),
    );
    expect(stderr).toContain(`download: No digest of tiny was known`);
    expect((await weft(['run', path], env)).status).toBe(0);
    expect(server.requests).toHaveLength(1);
  });
});
