import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { connect, type WindowClient } from '../../src/shared/protocol/call-client.ts';
import { portOf } from '../server/socket-client.ts';
import { builtPage } from '../server/test-server.ts';
import { temporaryFolder } from '../window/temporary-folder.ts';
import { weft } from './weft.ts';

interface Serving {
  readonly child: ChildProcess;
  readonly url: URL;
  window(): Promise<WindowClient>;
}

/** `weft serve` in a process of its own, whose home is empty; it may use the files of `folder`. */
async function serving(folder: string, state: string, graph?: string): Promise<Serving> {
  const args = ['tests/cli/serve-page.ts', builtPage(), folder, ...(graph === undefined ? [] : [graph])];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, WEFT_STATE: state, HOME: state, WEFT_NODES: 'tests/acceptance/nodes' },
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const [printed] = await once(child.stdout, 'data');
  const url = new URL(/http:\S+/.exec(String(printed))?.[0] ?? 'no address was printed');
  const opened = await fetch(url, { redirect: 'manual' });
  const cookie = String(opened.headers.get('set-cookie')).split(';')[0];
  const window = async () => {
    const socket = new WebSocket(`ws://${url.host}/window`, { headers: { cookie, origin: url.origin } });
    await once(socket, 'open');
    return connect(portOf(socket));
  };
  return { child, url, window };
}

const WAITS = {
  weft: 1,
  nodes: [
    { id: 'n', type: 'test/deaf@1' },
    { id: 'out', type: 'io/output@1', params: { name: 'y' } },
  ],
  wires: [{ from: 'n.y', to: 'out.value' }],
};

test('prints an address that opens the page, and the window opens the graph that was named', async () => {
  const folder = temporaryFolder();
  const graph = join(folder, 'g.weft.json');
  writeFileSync(graph, '{"weft":1,"nodes":[]}');
  const { window, url } = await serving(temporaryFolder(), temporaryFolder(), graph);
  expect(url.hostname).toBe('localhost');
  const own = await window();
  expect((await own.call('hello', {})).openFirst).toEqual([graph]);
  expect(await own.call('open', { path: graph })).toMatchObject({ kind: 'ok' });
});

test('lets windows use the folder that --allow names, and no others', async () => {
  const folder = temporaryFolder();
  const { window } = await serving(folder, temporaryFolder());
  const own = await window();
  expect(await own.call('listFolder', { path: folder })).toMatchObject({ entries: [] });
  await expect(own.call('listFolder', { path: dirname(folder) })).rejects.toMatchObject({ code: 'E_FILE_FORBIDDEN' });
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it, though a node waits for ever: windows are told, and nothing is left',
  async (signal) => {
    const folder = temporaryFolder();
    const { child, window } = await serving(folder, temporaryFolder());
    const own = await window();
    const begun = Promise.withResolvers<void>();
    own.onEvent(({ event }) => event === 'run' && begun.resolve());
    const run = own.call('run', { document: WAITS, folder, record: false, ticket: 't' }).catch((error) => error.code);
    await begun.promise;
    const exited = once(child, 'exit');
    child.kill(signal);
    expect(await run).toBe('E_DISCONNECTED');
    await own.closed;
    const [status, killedBy] = await exited;
    // 0: all ended in order; 130: the node did not, and was cut off.
    expect([0, 130]).toContain(status);
    expect(killedBy).toBeNull();
  },
);

describe('kill -9', () => {
  test('leaves saved files as they were saved, and unsaved work to the next start', async () => {
    const [folder, state] = [temporaryFolder(), temporaryFolder()];
    const path = join(folder, 'g.weft.json');
    const saved = { weft: 1, name: 'saved', nodes: [] };
    const edited = { weft: 1, name: 'edited', nodes: [{ id: 'a', type: 'x/y@1', later: [1] }] };
    const before = await serving(folder, state);
    const window = await before.window();
    await window.call('save', { path, graph: saved, expected: null, overwrite: false });
    // Within the delay of the window's backup nothing but the saved file is there.
    await window.call('backUp', { id: 'doc', path, name: 'edited', graph: edited });
    before.child.kill('SIGKILL');
    await window.closed;

    const next = await (await serving(folder, state)).window();
    expect(await next.call('open', { path })).toMatchObject({ kind: 'ok', graph: saved });
    expect(await next.call('backups', {})).toEqual([
      { id: 'doc', path, name: 'edited', graph: edited, at: expect.any(Number) },
    ]);
    await next.call('dropBackup', { id: 'doc' });
    expect(readdirSync(join(state, 'backups'))).toEqual([]);
  });

  test('in the middle of saves and backups leaves a whole file and a whole backup', async () => {
    const [folder, state] = [temporaryFolder(), temporaryFolder()];
    const path = join(folder, 'g.weft.json');
    for (let round = 0; round < 3; round++) {
      const { child, window } = await serving(folder, state);
      const own = await window();
      const writing = (async () => {
        for (let n = 0; ; n++) {
          const graph = { weft: 1, name: `version ${n}`, description: 'x'.repeat(300_000), nodes: [] };
          await own.call('save', { path, graph, expected: null, overwrite: true });
          await own.call('backUp', { id: 'doc', path, name: graph.name, graph });
          if (n === 3 + round) child.kill('SIGKILL');
        }
      })();
      await expect(writing).rejects.toMatchObject({ code: 'E_DISCONNECTED' });
    }
    const next = await (await serving(folder, state)).window();
    const opened = await next.call('open', { path });
    expect(opened).toMatchObject({ kind: 'ok', graph: { description: 'x'.repeat(300_000) } });
    expect(await next.call('backups', {})).toMatchObject([{ id: 'doc', graph: { description: 'x'.repeat(300_000) } }]);
    expect(JSON.parse(readFileSync(path, 'utf8')).weft).toBe(1);
  });
});

test.each([
  [['--port', '70000'], '70000'],
  [['--port', 'x'], "'x'"],
])('refuses %j as a mistake of the call', async (args, named) => {
  const { status, stderr } = await weft(['serve', ...args]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^E_USAGE: /);
  expect(stderr).toContain(named);
});
