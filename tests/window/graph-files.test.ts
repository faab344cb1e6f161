import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RESOURCES } from '../../src/main/registry/folders.ts';
import { AllowedFolders } from '../../src/main/window/allowed-folders.ts';
import { GraphFiles } from '../../src/main/window/graph-files.ts';
import { previousVersion } from '../../src/main/window/replace-file.ts';
import { TrustedGraphs } from '../../src/main/window/trusted-graphs.ts';
import type { Graph } from '../../src/shared/graph/document.ts';
import { writeGraph } from '../../src/shared/graph/write.ts';
import type { OpenedFile } from '../../src/shared/protocol/window-calls.ts';
import { temporaryFolder } from './temporary-folder.ts';

const GRAPH: Graph = { weft: 1, name: 'First', nodes: [{ id: 'a', type: 'flow/none@1' }] };
const OTHER: Graph = { ...GRAPH, name: 'Second' };

async function graphFiles() {
  const folder = temporaryFolder();
  const state = temporaryFolder();
  const allowed = AllowedFolders.only([folder, RESOURCES], []);
  const trusted = await TrustedGraphs.open(state);
  const files = new GraphFiles(allowed, trusted, state);
  const path = join(folder, 'graph.weft.json');
  return { folder, path, files, trusted };
}

function ok(opened: OpenedFile): Extract<OpenedFile, { kind: 'ok' }> {
  if (opened.kind !== 'ok') throw new Error(JSON.stringify(opened));
  return opened;
}

describe('opening', () => {
  test('gives the graph, where it lies and what it is called', async () => {
    const { files, path, folder } = await graphFiles();
    writeFileSync(path, writeGraph(GRAPH));
    expect(await files.open(path)).toMatchObject({
      kind: 'ok',
      path,
      folder,
      name: 'First',
      graph: GRAPH,
      readOnly: false,
    });
  });

  test('calls a graph without a name after its file', async () => {
    const { files, path } = await graphFiles();
    writeFileSync(path, '{"weft":1,"nodes":[]}');
    expect(ok(await files.open(path)).name).toBe('graph');
  });

  test.each([
    ['missing', (path: string) => path, null],
    ['not-weft', (path: string) => path, ''],
    ['not-weft', (path: string) => path, '{"weft":1,"nodes":[{"id":"a"'],
    ['not-weft', (path: string) => path, '[1,2]'],
    ['not-weft', (path: string) => path, Buffer.from([0x7b, 0xff, 0xfe])],
    ['newer', (path: string) => path, '{"weft":99,"nodes":"whatever"}'],
    ['invalid', (path: string) => path, '{"weft":1,"nodes":[{"id":7,"type":"a"}]}'],
    ['not-weft', (path: string) => join(path, '..'), null],
    ['missing', (path: string) => join(path, 'inside'), '{}'],
  ] as const)('tells a file that is %s', async (kind, where, content) => {
    const { files, path } = await graphFiles();
    if (content !== null) writeFileSync(path, content);
    const opened = await files.open(where(path));
    expect(opened).toMatchObject({ kind, problems: [{ message: expect.stringMatching(/\.$/) }] });
    if (content !== null) expect(readFileSync(path)).toEqual(Buffer.from(content));
  });

  test('does not wait for a pipe', async ({ skip }) => {
    if (process.platform === 'win32') skip();
    const { files, path } = await graphFiles();
    execFileSync('mkfifo', [path]);
    expect(await files.open(path)).toMatchObject({ kind: 'not-weft' });
  });

  test.each(['/etc/passwd', '../up.weft.json', 'relative.weft.json', '/tmp/\0'])('refuses %j', async (path) => {
    const { files, folder } = await graphFiles();
    const asked = path.startsWith('..') ? join(folder, path) : path;
    expect((await files.open(asked)).kind).toBe('unreadable');
  });

  test('refuses a link that leads out of the folder', async () => {
    const { files, path } = await graphFiles();
    symlinkSync('/etc/hostname', path);
    const opened = await files.open(path);
    expect(opened).toMatchObject({ kind: 'unreadable', problems: [{ message: expect.stringContaining('--allow') }] });
  });

  test('takes samples for readable only, and for trusted', async () => {
    const { files } = await graphFiles();
    const sample = join(RESOURCES, 'graphs', 'detect-image.weft.json');
    const { readOnly, trusted, graph, version } = ok(await files.open(sample));
    expect({ readOnly, trusted }).toEqual({ readOnly: true, trusted: true });
    const save = files.save({ path: sample, graph, expected: version, overwrite: true });
    await expect(save).rejects.toMatchObject({ code: 'E_FILE_WRITE', message: expect.stringContaining('sample') });
  });

  test('trusts what was made here, until it is changed elsewhere', async () => {
    const { files, path, trusted } = await graphFiles();
    writeFileSync(path, writeGraph(GRAPH));
    const { version, trusted: before } = ok(await files.open(path));
    await trusted.add(version);
    expect([before, ok(await files.open(path)).trusted]).toEqual([false, true]);
    writeFileSync(path, writeGraph({ ...GRAPH, description: 'from elsewhere' }));
    expect(ok(await files.open(path)).trusted).toBe(false);
  });
});

describe('saving', () => {
  test('writes the graph and keeps the version before beside it, hidden', async () => {
    const { files, path, folder } = await graphFiles();
    const first = await files.save({ path, graph: GRAPH, expected: null, overwrite: false });
    const second = await files.save({ path, graph: OTHER, expected: first.version, overwrite: false });
    expect(readFileSync(path, 'utf8')).toBe(writeGraph(OTHER));
    expect(readFileSync(previousVersion(path), 'utf8')).toBe(writeGraph(GRAPH));
    expect(readdirSync(folder).sort()).toEqual(['.graph.weft.json.previous', 'graph.weft.json']);
    expect(ok(await files.open(path)).version).toBe(second.version);
  });

  test('keeps nodes of unknown types and keys of later versions through open and save', async () => {
    const { files, path } = await graphFiles();
    const text = `${JSON.stringify({
      weft: 1,
      nodes: [{ id: 'x', type: 'galaxy/warp@7', params: { deep: { list: [1, null, 'é'] } }, future: true }],
      later: { a: 1 },
    })}\n`;
    writeFileSync(path, text);
    const { graph, version } = ok(await files.open(path));
    await files.save({ path, graph, expected: version, overwrite: false });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text));
  });

  test('refuses a file that is no longer what was opened, and leaves it', async () => {
    const { files, path } = await graphFiles();
    const { version } = await files.save({ path, graph: GRAPH, expected: null, overwrite: false });
    writeFileSync(path, 'changed by somebody');
    const save = files.save({ path, graph: OTHER, expected: version, overwrite: false });
    await expect(save).rejects.toMatchObject({ code: 'E_FILE_CHANGED' });
    expect(readFileSync(path, 'utf8')).toBe('changed by somebody');
    await files.save({ path, graph: OTHER, expected: version, overwrite: true });
    expect(readFileSync(previousVersion(path), 'utf8')).toBe('changed by somebody');
  });

  test('refuses to take the name of a file that the window does not know', async () => {
    const { files, path } = await graphFiles();
    writeFileSync(path, writeGraph(GRAPH));
    const save = files.save({ path, graph: OTHER, expected: null, overwrite: false });
    await expect(save).rejects.toMatchObject({
      code: 'E_FILE_CHANGED',
      message: expect.stringContaining('there already'),
    });
  });

  test('writes a file anew that was deleted in the meantime', async () => {
    const { files, path } = await graphFiles();
    await files.save({ path, graph: GRAPH, expected: 'a version that is gone', overwrite: false });
    expect(ok(await files.open(path)).graph).toEqual(GRAPH);
  });

  test('never writes over a newer format, though the person says so', async () => {
    const { files, path } = await graphFiles();
    const { version } = await files.save({ path, graph: GRAPH, expected: null, overwrite: false });
    writeFileSync(path, '{"weft":2,"nodes":[]}');
    const save = files.save({ path, graph: OTHER, expected: version, overwrite: true });
    await expect(save).rejects.toMatchObject({ code: 'E_GRAPH_NEWER' });
    expect(readFileSync(path, 'utf8')).toBe('{"weft":2,"nodes":[]}');
  });

  test('of a graph in a format that it does not know is refused', async () => {
    const { files, path } = await graphFiles();
    const save = files.save({ path, graph: { ...GRAPH, weft: 2 }, expected: null, overwrite: true });
    await expect(save).rejects.toMatchObject({ code: 'E_GRAPH_NEWER' });
    expect((await files.open(path)).kind).toBe('missing');
  });

  test('keeps a link, the rights of the file and its other names', async () => {
    const { files, path, folder } = await graphFiles();
    mkdirSync(join(folder, 'elsewhere'));
    const target = join(folder, 'elsewhere', 'real.weft.json');
    writeFileSync(target, writeGraph(GRAPH));
    chmodSync(target, 0o640);
    linkSync(target, join(folder, 'second-name'));
    symlinkSync(target, path);
    const { version } = ok(await files.open(path));
    await files.save({ path, graph: OTHER, expected: version, overwrite: false });
    expect(readFileSync(target, 'utf8')).toBe(writeGraph(OTHER));
    expect(statSync(target).mode & 0o777).toBe(0o640);
    expect(
      readdirSync(folder, { withFileTypes: true })
        .find(({ name }) => name === 'graph.weft.json')
        ?.isSymbolicLink(),
    ).toBe(true);
    // What another name leads to is the version before: a file is replaced, never written into.
    expect(readFileSync(join(folder, 'second-name'), 'utf8')).toBe(writeGraph(GRAPH));
  });

  test('refuses a link that leads to nothing outside of the folder', async () => {
    const { files, path } = await graphFiles();
    symlinkSync('/tmp/weft-must-not-appear.weft.json', path);
    const save = files.save({ path, graph: GRAPH, expected: null, overwrite: true });
    await expect(save).rejects.toMatchObject({ code: 'E_FILE_FORBIDDEN' });
  });

  test('by two windows at once: one of them is told that the file has changed', async () => {
    const { files, path } = await graphFiles();
    const { version } = await files.save({ path, graph: GRAPH, expected: null, overwrite: false });
    const saves = [OTHER, { ...GRAPH, name: 'Third' }].map((graph) =>
      files.save({ path, graph, expected: version, overwrite: false }),
    );
    const results = await Promise.allSettled(saves);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'E_FILE_CHANGED' } });
    const winner = results.findIndex(({ status }) => status === 'fulfilled');
    expect(ok(await files.open(path)).name).toBe(['Second', 'Third'][winner]);
  });

  test('into a folder that is not there fails with a sentence', async () => {
    const { files, folder } = await graphFiles();
    const save = files.save({
      path: join(folder, 'no', 'g.weft.json'),
      graph: GRAPH,
      expected: null,
      overwrite: false,
    });
    await expect(save).rejects.toMatchObject({ code: 'E_FILE_WRITE', message: expect.stringMatching(/\.$/) });
  });
});
