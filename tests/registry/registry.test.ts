import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Tensor } from 'weft';
import { Registry } from '../../src/main/registry/registry.ts';
import type { NodeContext } from '../../src/shared/node-api/context.ts';

let folder: string;
let nodes: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-registry-'));
  nodes = join(folder, 'nodes');
  cache = join(folder, 'cache');
  mkdirSync(nodes);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('what is found', () => {
  test('the bundled nodes are there, with their pins, under category/name@version', async () => {
    const registry = await open();
    expect(registry.problems).toEqual([]);
    expect(registry.signature('value/number@1')).toMatchObject({
      type: 'value/number',
      category: 'value',
      body: 'run',
    });
    const ids = registry.catalogue().map((node) => node.id);
    expect(ids).toContain('flow/range@1');
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test('a node of a folder of one’s own is found and names its file and digest; a bundled one names none', async () => {
    write('mine/one.ts', node('mine/one'));
    const registry = await open();
    expect(registry.signature('mine/one@1')?.title).toBe('Test');
    expect(registry.origin('mine/one@1')).toEqual({
      path: expect.stringMatching(/one\.ts$/),
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(registry.origin('value/number@1')).toBeNull();
  });

  test('several versions of a node live side by side', async () => {
    write('mine/one.ts', node('mine/one', { version: 2 }));
    write('mine/one@1.ts', node('mine/one', { version: 1 }));
    const registry = await open();
    const ids = registry.catalogue().map((signature) => signature.id);
    expect(ids.filter((id) => id.startsWith('mine/'))).toEqual(['mine/one@1', 'mine/one@2']);
    expect((await registry.load('mine/one@1')).version).toBe(1);
    expect((await registry.load('mine/one@2')).version).toBe(2);
  });

  test('two files with the same node: the first counts, the other is named', async () => {
    write('mine/one.ts', node('mine/one'));
    write('mine/one@1.ts', node('mine/one'));
    const registry = await open();
    expect(registry.problems).toHaveLength(1);
    expect(registry.problems[0].report.message).toMatch(/one@1?\.ts defines mine\/one@1 like .*one(@1)?\.ts; rename/);
    expect((await registry.load('mine/one@1')).type).toBe('mine/one');
  });

  test('code that nodes share is not taken for a node', async () => {
    write('mine/_geometry.ts', 'export const half = 0.5;');
    write('mine/shared/geometry.ts', 'export const half = 0.5;');
    write(
      'mine/one.ts',
      `import { half } from './shared/geometry.ts';\n${node('mine/one', { summary: 'String(half)' })}`,
    );
    const registry = await open();
    expect(registry.problems).toEqual([]);
    expect(registry.signature('mine/one@1')?.summary).toBe('0.5');
  });

  test('a node file may be a link to a file elsewhere; one that leads nowhere is named', async () => {
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'anything.ts'), node('mine/one'));
    mkdirSync(join(nodes, 'mine'));
    symlinkSync(join(elsewhere, 'anything.ts'), join(nodes, 'mine', 'one.ts'));
    symlinkSync(join(elsewhere, 'nothing.ts'), join(nodes, 'mine', 'two.ts'));
    const registry = await open();
    expect((await registry.load('mine/one@1')).type).toBe('mine/one');
    expect(registry.origin('mine/one@1')).not.toBeNull();
    expect(registry.problems.map((problem) => problem.type)).toEqual(['mine/two']);
  });

  test('a file where a folder should be is named', async () => {
    writeFileSync(join(folder, 'file'), '');
    const registry = await Registry.open({ folders: [join(folder, 'file')], cache });
    expect(registry.problems.map((problem) => problem.report.code)).toEqual(['E_FILE_READ']);
    expect(registry.signature('value/number@1')).toBeDefined();
  });

  test('a folder that was asked for and is not there is named', async () => {
    const registry = await Registry.open({ folders: [join(folder, 'nowhere')], cache });
    expect(registry.problems.map((problem) => problem.report.code)).toEqual(['E_FILE_MISSING']);
    expect(registry.signature('value/number@1')).toBeDefined();
  });
});

describe('loading', () => {
  test('a node of one’s own makes values of the same classes as Weft’s own', async () => {
    write('mine/one.ts', node('mine/one', { run: "() => ({ out: new Tensor('uint8', [1], new Uint8Array(1)) })" }));
    const definition = await (await open()).load('mine/one@1');
    const run = 'run' in definition ? definition.run : undefined;
    const result = await run?.({}, {} as NodeContext);
    expect((result as { out: unknown }).out).toBeInstanceOf(Tensor);
  });

  test('types are stripped below node_modules too, and through a symbolic link', async () => {
    nodes = join(folder, 'node_modules', 'pack', 'nodes');
    write('mine/one.ts', node('mine/one'));
    const link = join(folder, 'link');
    symlinkSync(nodes, link);
    const registry = await Registry.open({ folders: [link], cache });
    expect(registry.problems).toEqual([]);
    expect((await registry.load('mine/one@1')).type).toBe('mine/one');
  });

  test('a node that is not installed is E_NODE_UNKNOWN', async () => {
    const registry = await open();
    await expect(registry.load('mine/one@1')).rejects.toMatchObject({ code: 'E_NODE_UNKNOWN' });
    expect(registry.signature('mine/one@1')).toBeUndefined();
    expect(registry.failure('mine/one@1')).toBeUndefined();
  });

  test('a file that changed since the registry was opened is refused, and read anew by the next registry', async () => {
    write('mine/one.ts', node('mine/one'));
    const first = await open();
    write('mine/one.ts', node('mine/one', { title: "'Another title'" }));
    await expect(first.load('mine/one@1')).rejects.toMatchObject({ code: 'E_NODE_LOAD' });
    const second = await open();
    expect(second.signature('mine/one@1')?.title).toBe('Another title');
    expect((await second.load('mine/one@1')).title).toBe('Another title');
  });
});

describe('a file that does not define its node is E_NODE_LOAD for that node only', () => {
  const cases: [what: string, source: string, sentence: RegExp][] = [
    ['has a syntax error', 'export default defineNode({', /could not be loaded/],
    ['throws', "throw new Error('no luck');", /no luck/],
    ['exports nothing', 'export const x = 1;', /no default export/],
    ['exports something else', 'export default 3;', /does not define a node/],
    ['has another type', node('mine/other'), /defines mine\/other; name the node mine\/bad/],
    ['has version 0', node('mine/bad', { version: 0 }), /version/],
    ['has two bodies', node('mine/bad', { run: '() => ({}), source: function* () {}' }), /exactly one of run/],
    ['has no body', node('mine/bad', { run: 'undefined' }), /exactly one of run/],
    ['begins a stream without open', node('mine/bad', { stream: "'begins'" }), /begins a stream has open/],
    [
      'is a source that pairs streams',
      node('mine/bad', { stream: "'pairs'", run: 'undefined', source: 'function* () {}' }),
      /run or open/,
    ],
    ['has a pin named in the wrong way', node('mine/bad', { inputs: "{ 'a.b': pin.number() }" }), /inputs\.a\.b/],
    ['imports what is not there', `import 'no-such-library';\n${node('mine/bad')}`, /no-such-library/],
    ['ends its thread', 'process.exit(3);', /exit code 3/],
  ];
  test.each(cases)('%s', async (_what, source, sentence) => {
    write('mine/bad.ts', source);
    write('mine/good.ts', node('mine/good'));
    const registry = await open();
    expect(registry.signature('mine/good@1')).toBeDefined();
    expect(registry.problems.map((problem) => problem.type)).toEqual(['mine/bad']);
    expect(registry.problems[0].report).toMatchObject({
      code: 'E_NODE_LOAD',
      message: expect.stringMatching(sentence),
    });
    expect(registry.failure('mine/bad@1')).toEqual(registry.problems[0].report);
    await expect(registry.load('mine/bad@1')).rejects.toMatchObject({ code: 'E_NODE_LOAD' });
  });

  test('a corrected file is a node again', async () => {
    write('mine/bad.ts', 'export default 3;');
    await open();
    write('mine/bad.ts', node('mine/bad'));
    expect((await open()).signature('mine/bad@1')).toBeDefined();
  });
});

describe('the index', () => {
  test('a second start runs no code of any node', async () => {
    const trace = join(folder, 'trace');
    const traced = `import { appendFileSync } from 'node:fs';\nappendFileSync(${JSON.stringify(trace)}, 'x');\n`;
    write('mine/one.ts', traced + node('mine/one'));
    await open();
    expect(readFileSync(trace, 'utf8')).toBe('x');
    const again = await open();
    expect(again.signature('mine/one@1')?.title).toBe('Test');
    expect(readFileSync(trace, 'utf8')).toBe('x');
    await again.load('mine/one@1');
    expect(readFileSync(trace, 'utf8')).toBe('xx');
  });

  test('a removed file is no longer a node', async () => {
    write('mine/one.ts', node('mine/one'));
    await open();
    rmSync(join(nodes, 'mine/one.ts'));
    expect((await open()).signature('mine/one@1')).toBeUndefined();
  });

  test.each([
    ['emptied', () => ''],
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['changed in one place', (text: string) => text.replace('"title":"Test"', '"title":"Tess"')],
  ])('an index that was %s is built again', async (_how, damage) => {
    write('mine/one.ts', node('mine/one'));
    await open();
    const [file] = readdirSync(cache);
    const intact = readFileSync(join(cache, file), 'utf8');
    writeFileSync(join(cache, file), damage(intact));
    expect((await open()).signature('mine/one@1')?.title).toBe('Test');
    expect(readFileSync(join(cache, file), 'utf8')).toBe(intact);
    expect(readdirSync(cache)).toEqual([file]);
  });

  test('where it cannot be written the nodes are there all the same, and the reason is told', async () => {
    writeFileSync(cache, 'a file where the folder should be');
    const registry = await Registry.open({ folders: [], cache: join(cache, 'below') });
    expect(registry.signature('value/number@1')).toBeDefined();
    expect(registry.problems.map((problem) => problem.report.code)).toEqual(['E_FILE_WRITE']);
  });
});

function open(): Promise<Registry> {
  return Registry.open({ folders: [nodes], cache });
}

function write(file: string, source: string): void {
  mkdirSync(dirname(join(nodes, file)), { recursive: true });
  writeFileSync(join(nodes, file), source);
}

/** Source of a node file; each part is an expression. */
function node(type: string, parts: Record<string, string | number> = {}): string {
  const all = {
    version: 1,
    title: "'Test'",
    summary: "'A node.'",
    inputs: '{}',
    outputs: '{}',
    run: '() => ({})',
    ...parts,
  };
  const lines = Object.entries(all).map(([key, value]) => `  ${key}: ${value},`);
  return [
    "import { defineNode, pin, Tensor, type NodeContext } from 'weft';",
    'const used: readonly unknown[] = [pin, Tensor];',
    'export default defineNode({',
    `  type: '${type}',`,
    ...lines,
    '});',
  ].join('\n');
}
