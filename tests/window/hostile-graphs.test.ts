import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { OpenedFile } from '../../src/shared/protocol/window-calls.ts';
import { type TestWorkspace, testWorkspace } from './test-window.ts';

/** What opening a file with this text gives, in a window of a workspace that must not be changed by it. */
async function opened(text: string): Promise<{ result: OpenedFile; workspace: TestWorkspace }> {
  const workspace = await testWorkspace([resolve('tests/acceptance/nodes')]);
  const path = join(workspace.folder, 'g.weft.json');
  writeFileSync(path, text);
  const window = workspace.window();
  const result = await window.call('open', { path });
  expect(readdirSync(workspace.folder)).toEqual(['g.weft.json']);
  expect(window.heard.filter(({ event }) => event === 'run')).toEqual([]);
  // The window still has a host that answers.
  expect(await window.call('settings', {})).toMatchObject({ theme: 'system' });
  return { result, workspace };
}

describe('opening a graph does nothing but show it', () => {
  test('when its nodes would write, fetch or read on a run', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.onnx`;
    const { result } = await opened(
      JSON.stringify({
        weft: 1,
        name: '<img src=x onerror=alert(1)>',
        nodes: [
          { id: 'spin', type: 'test/spin@1' },
          { id: 'read', type: 'image/read@1', params: { path: '/etc/shadow' } },
          { id: 'load', type: 'model/load@1', params: { path: url } },
          { id: 'write', type: 'image/write@1', params: { path: '../../../../tmp/weft-hostile.png' } },
          { id: 'code', type: `../../../../tmp/evil@1`, params: { path: 'file:///tmp/evil.ts' } },
        ],
        wires: [{ from: 'read.image', to: 'write.image' }],
      }),
    );
    expect(result).toMatchObject({ kind: 'ok', trusted: false, name: '<img src=x onerror=alert(1)>' });
    expect(asked).toEqual([]);
  });

  test('when its keys mean something to JavaScript', async () => {
    const text =
      '{"weft":1,"__proto__":{"polluted":1},"nodes":[{"id":"constructor","type":"x/y@1","params":{"__proto__":{"polluted":2},"constructor":{"prototype":{"polluted":3}}}}],"graphs":{"__proto__":{"nodes":[]}}}';
    const { result } = await opened(text);
    expect(['ok', 'invalid']).toContain(result.kind);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('when it is nested deeper than any graph', async () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const { result } = await opened(`{"weft":1,"nodes":[{"id":"a","type":"x/y@1","params":${deep}}]}`);
    expect(result.kind).toBe('invalid');
  });

  test('when it is deep, but no deeper than a graph may be', async () => {
    const deep = `${'{"a":'.repeat(190)}1${'}'.repeat(190)}`;
    const { result } = await opened(`{"weft":1,"nodes":[{"id":"a","type":"x/y@1","params":${deep}}]}`);
    expect(result.kind).toBe('ok');
  });

  test('when it has a hundred thousand nodes', async () => {
    const nodes = Array.from({ length: 100_000 }, (_, at) => ({ id: `n${at}`, type: 'x/y@1' }));
    const { result } = await opened(JSON.stringify({ weft: 1, nodes }));
    expect(result.kind).toBe('ok');
  });

  test('when it is larger than any graph', async () => {
    const { result } = await opened(`{"weft":1,"nodes":[],"description":"${'x'.repeat(2 ** 26)}"}`);
    expect(result).toMatchObject({ kind: 'not-weft', problems: [{ message: expect.stringContaining('65 MiB') }] });
  });
});

test('a run of a graph that is nested too deep is refused, and the engine lives on', async () => {
  const { window, folder } = await testWorkspace([resolve('tests/acceptance/nodes')]);
  const own = window();
  let deep: object = {};
  for (let level = 0; level < 500; level++) deep = { deep };
  const document = { weft: 1, nodes: [{ id: 'a', type: 'test/ones@1', params: { deep } }] } as never;
  await expect(own.call('run', { document, folder, record: false, ticket: 't' })).rejects.toMatchObject({
    code: expect.stringMatching(/^E_/),
  });
  expect(await own.call('catalogue', {})).toHaveProperty('nodes');
});
