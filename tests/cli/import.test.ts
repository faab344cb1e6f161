import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseGraph } from '../../src/shared/graph/parse.ts';
import { events, weft } from './weft.ts';

const FIXTURES = 'tests/shared/graph/import/fixtures';

let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-import-'));
  env = { XDG_CACHE_HOME: join(folder, 'cache') };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('weft import', () => {
  test('writes a graph that can run, and says what did not go over as it was', async () => {
    const out = join(folder, 'graphs', 'parallel.weft.json');
    const { status, stdout, stderr } = await weft(['import', `${FIXTURES}/parallel-backends.json`, '-o', out], env);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toContain('"to_rgb" is left out, for pictures are RGB in Weft.\n');
    expect(await weft(['validate', out], env)).toMatchObject({ status: 0, stdout: '' });
  });

  test('prints the graph where no file is named', async () => {
    const { stdout } = await weft(['import', `${FIXTURES}/parallel-backends.json`], env);
    expect(parseGraph(stdout).kind).toBe('ok');
  });

  test('names the placeholders', async () => {
    const file = join(folder, 'mine.json');
    writeFileSync(file, '{"nodes":[{"id":"mine","function":"my.own.thing"}]}');
    const { status, stderr } = await weft(['import', file], env);
    expect(stderr).toBe('mine is a placeholder, for my.own.thing is not there: replace it, or install what has it.\n');
    expect(status).toBe(0);
  });

  test('refuses a workflow with mistakes, naming all of them, and writes nothing', async () => {
    const out = join(folder, 'wrong.weft.json');
    const { status, stdout, stderr } = await weft(['import', `${FIXTURES}/every-mistake.json`, '--out', out], env);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(15);
    expect(() => readFileSync(out)).toThrow('ENOENT');
  });

  test('does not write over the workflow itself', async () => {
    const file = join(folder, 'same.json');
    writeFileSync(file, '{"nodes":[]}');
    const { status, stderr } = await weft(['import', file, '-o', file], env);
    expect(stderr).toMatch(/^E_USAGE: .*name another file for the graph\.\n$/);
    expect(status).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe('{"nodes":[]}');
  });

  test('of a file that is not there ends with 3', async () => {
    expect(await weft(['import', 'nowhere.json'], env)).toMatchObject({ status: 3, stdout: '' });
  });

  test('keeps a placeholder in the graph, which validate lists', async () => {
    const out = join(folder, 'mine.weft.json');
    const file = join(folder, 'mine.json');
    writeFileSync(file, '{"nodes":[{"id":"mine","function":"my.own.thing"}]}');
    await weft(['import', file, '-o', out], env);
    const { stdout } = await weft(['validate', out, '--json'], env);
    expect(events(stdout)).toContainEqual(expect.objectContaining({ code: 'E_NODE_UNKNOWN', node: 'mine' }));
  });
});
