import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { RESOURCES } from '../../src/main/registry/folders.ts';
import type { HostWindow } from '../../src/main/window/host-window.ts';
import type { Graph } from '../../src/shared/graph/document.ts';
import { writeGraph } from '../../src/shared/graph/write.ts';
import { connect } from '../../src/shared/protocol/call-client.ts';
import { memoryPorts } from '../../src/shared/protocol/memory-port.ts';
import type { RunEvent } from '../../src/shared/protocol/run-events.ts';
import type { WindowRunRequest } from '../../src/shared/protocol/window-calls.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { type TestWindow, testWorkspace } from './test-window.ts';

const NODES = [resolve('tests/acceptance/nodes')];

/** Runs a node of the tests alone. */
function runOf(type: string, ticket = 't', rest: Partial<WindowRunRequest> = {}): WindowRunRequest {
  const document: Graph = {
    weft: 1,
    nodes: [
      { id: 'n', type: `test/${type}@1` },
      { id: 'out', type: 'io/output@1', params: { name: 'result' } },
    ],
    wires: [{ from: type === 'ones' ? 'n.tensor' : 'n.y', to: 'out.value' }],
  };
  return { document, folder: temporaryFolder(), record: false, ticket, ...rest };
}

function eventsOf({ heard }: TestWindow, ticket: string): RunEvent[] {
  return heard.flatMap((event) => (event.event === 'run' && event.ticket === ticket ? event.events : []));
}

async function begun(window: TestWindow, ticket: string): Promise<string> {
  return vi.waitFor(() => {
    const started = eventsOf(window, ticket).find(({ event }) => event === 'run.started');
    if (started?.event !== 'run.started') throw new Error('It has not begun.');
    return started.run;
  }, 20_000);
}

describe('a window', () => {
  test('learns what host it has, and only the first is to open the files that the host was given', async () => {
    const { window } = await testWorkspace();
    const [first, second] = [window(), window()];
    expect(await first.call('hello', {})).toMatchObject({
      host: 'server',
      dialogs: false,
      openFirst: ['/first.weft.json'],
    });
    expect((await second.call('hello', {})).openFirst).toEqual([]);
  });

  test('gets the whole catalogue, unchanged by the way', async () => {
    const { window, workspace } = await testWorkspace();
    expect(await window().call('catalogue', {})).toEqual(await workspace.engine.nodes());
  });

  test('gets every sample, and each of them opens', async () => {
    const { window } = await testWorkspace();
    const samples = await window().call('samples', {});
    expect(samples[0].path).toBe(join(RESOURCES, 'graphs', 'detect-image.weft.json'));
    for (const { path, description } of samples) {
      expect(description).not.toBe('');
      expect(await window().call('open', { path })).toMatchObject({ kind: 'ok', readOnly: true, trusted: true });
    }
  });

  test('gets the bundled model and what the catalogue offers', async () => {
    const { window } = await testWorkspace();
    const models = await window().call('models', {});
    expect(models.find(({ name }) => name === 'bundled:shapes')).toMatchObject({ state: { kind: 'bundled' } });
    expect(models.length).toBeGreaterThan(5);
  });

  test('can look into a model by its name, and gets a graph that runs it', async () => {
    const { window } = await testWorkspace();
    const own = window();
    const model = { path: 'bundled:shapes', folder: null };
    const inspection = await own.call('inspectModel', model);
    expect(inspection).toMatchObject({ purpose: { task: 'detect', family: 'yolov8' }, refusals: [], irVersion: 8 });
    const graph = await own.call('suggestGraph', model);
    const summary = await own.call('run', runOf('suggested', 't', { document: graph }));
    expect(summary.status).toBe('done');
  });

  test('can read the pins of a model by its name', async () => {
    const { window } = await testWorkspace();
    const signature = await window().call('modelSignature', { path: 'bundled:shapes', folder: null });
    expect(signature.inputs).toMatchObject([{ dtype: 'float32' }]);
    const missing = window().call('modelSignature', { path: 'nothing.onnx', folder: null });
    await expect(missing).rejects.toMatchObject({ code: 'E_MODEL_MISSING' });
  });
});

describe('a run', () => {
  test('tells its events under its ticket, all of them before the answer', async () => {
    const { window } = await testWorkspace(NODES);
    const own = window();
    const summary = await own.call('run', runOf('ones', 'mine'));
    expect(summary.status).toBe('done');
    const events = eventsOf(own, 'mine');
    expect(events[0]).toMatchObject({ event: 'run.started', run: summary.run });
    expect(events.at(-1)).toEqual({ event: 'run.finished', ...summary });
  });

  test('writes what a node is there to write into the folder `output` beside the graph', async () => {
    const { window, folder } = await testWorkspace(NODES);
    const document: Graph = {
      weft: 1,
      nodes: [
        { id: 'n', type: 'test/ones@1' },
        { id: 'write', type: 'tensor/write-npy@1', params: { path: 'ones.npy' } },
      ],
      wires: [{ from: 'n.tensor', to: 'write.tensor' }],
    };
    expect((await window().call('run', runOf('ones', 't', { document, folder }))).status).toBe('done');
    expect(readdirSync(folder)).toEqual(['output']);
    expect(readdirSync(join(folder, 'output'))).toEqual(['ones.npy']);
  });

  test('tells its outputs and leaves no files of them behind: a window looks at the values', async () => {
    const { window, folder } = await testWorkspace(NODES);
    const own = window();
    await own.call('run', runOf('ones', 't', { folder }));
    const output = eventsOf(own, 't').find(({ event }) => event === 'output');
    expect(output).toMatchObject({ name: 'result', value: { dtype: 'float32' } });
    expect(output).not.toHaveProperty('value.path');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is not heard of in another window', async () => {
    const { window } = await testWorkspace(NODES);
    const [own, other] = [window(), window()];
    await own.call('run', runOf('ones'));
    expect(other.heard.filter(({ event }) => event === 'run')).toEqual([]);
  });

  test.each(['ticket', 'id'])('is stopped by its %s', async (by) => {
    const { window } = await testWorkspace(NODES);
    const own = window();
    const ended = own.call('run', runOf('wait', 'w'));
    // By its ticket it can be stopped before it has begun.
    await own.call('stop', { run: by === 'ticket' ? 'w' : await begun(own, 'w') });
    expect((await ended).status).toBe('cancelled');
  });

  test('cannot take the ticket of another that goes on', async () => {
    const { window } = await testWorkspace(NODES);
    const own = window();
    const ended = own.call('run', runOf('wait', 'same'));
    await expect(own.call('run', runOf('ones', 'same'))).rejects.toMatchObject({ code: 'E_PROTOCOL' });
    await own.call('stop', { run: 'same' });
    expect((await ended).status).toBe('cancelled');
  });

  test('that never lets go of its thread is stopped: the window is told that the engine was started again, and runs on', async () => {
    const { window } = await testWorkspace(NODES);
    const own = window();
    const ended = own.call('run', runOf('spin', 's'));
    await begun(own, 's');
    await own.call('stop', { run: 's' });
    expect((await ended).status).toBe('cancelled');
    await vi.waitFor(() => {
      const news = own.heard.filter(({ event }) => event === 'engine');
      expect(news).toContainEqual({ event: 'engine', state: 'restarted', message: expect.stringMatching(/\.$/) });
    }, 20_000);
    expect((await own.call('run', runOf('ones', 'next'))).status).toBe('done');
  });

  test('of a live source is done when it is told to finish, by its ticket too before it has begun', async () => {
    const { window, folder } = await testWorkspace();
    const own = window();
    const document: Graph = {
      weft: 1,
      nodes: [
        { id: 'see', type: 'video/camera@1', params: { device: 'pattern', width: 64, height: 48 } },
        { id: 'out', type: 'io/output@1', params: { name: 'index' } },
      ],
      wires: [{ from: 'see.index', to: 'out.value' }],
    };
    const early = own.call('run', { document, folder, record: false, ticket: 'early' });
    await own.call('finish', { run: 'early' });
    expect(await early).toMatchObject({ status: 'done' });

    const run = own.call('run', { document, folder, record: false, ticket: 'live' });
    await vi.waitFor(() => expect(eventsOf(own, 'live').some(({ event }) => event === 'output')).toBe(true), 20_000);
    await own.call('finish', { run: await begun(own, 'live') });
    const { status, streams } = await run;
    expect(status).toBe('done');
    expect(streams.see.items).toBeGreaterThan(0);
  });

  test('ends with the line to its window', async () => {
    const { workspace } = await testWorkspace(NODES);
    const [near, far] = memoryPorts();
    const session = workspace.connect(far, { dialogs: null, setTitle() {}, close() {} });
    const client = connect(near);
    const started = Promise.withResolvers<void>();
    client.onEvent(({ event }) => event === 'run' && started.resolve());
    const ended = client.call('run', runOf('deaf')).catch((error) => error.code);
    await started.promise;
    client.close();
    expect(await ended).toBe('E_DISCONNECTED');
    await session.ended;
  });

  test('ends when the host does, and the line with it', async () => {
    const { workspace, window } = await testWorkspace(NODES);
    const own = window();
    const ended = own.call('run', runOf('wait', 'w')).catch((error) => error.code);
    await begun(own, 'w');
    await workspace.close();
    expect(await ended).toBe('E_DISCONNECTED');
    await own.closed;
  });

  test('shows its values at the pins that the window watches, and on request', async () => {
    const { window } = await testWorkspace(NODES);
    const own = window();
    const ref = { node: 'n', side: 'output', pin: 'tensor' } as const;
    await own.call('watch', { watches: [{ id: 'w', ref, maxSide: 0 }] });
    await own.call('run', runOf('ones'));
    const seen = {
      state: 'value',
      preview: { type: 'float32[1,4]', content: { kind: 'tensor', samples: [1, 1, 1, 1] } },
    };
    await vi.waitFor(() => {
      const views = own.heard.flatMap((event) => (event.event === 'preview' ? [event.message.view] : []));
      expect(views.at(-1)).toMatchObject(seen);
    }, 20_000);
    expect(await own.call('preview', { ref, maxSide: 0 })).toMatchObject(seen);
  });
});

describe('files', () => {
  test('that a window has open are watched: another program’s change is told, its own save is not', async () => {
    const { window, folder } = await testWorkspace();
    const own = window();
    const path = join(folder, 'g.weft.json');
    const graph: Graph = { weft: 1, nodes: [] };
    await own.call('save', { path, graph, expected: null, overwrite: false });
    writeFileSync(path, writeGraph({ ...graph, name: 'from elsewhere' }));
    await vi.waitFor(
      () => expect(own.heard).toContainEqual(expect.objectContaining({ event: 'file.changed', path })),
      20_000,
    );
    expect(own.heard.filter(({ event }) => event === 'file.changed')).toHaveLength(1);
  });

  test('that were opened or saved are recent ones, with those that are gone marked, until they are forgotten', async () => {
    const { window, folder, state } = await testWorkspace();
    const own = window();
    const [a, b] = ['a.weft.json', 'b.weft.json'].map((name) => join(folder, name));
    await own.call('save', { path: a, graph: { weft: 1, nodes: [] }, expected: null, overwrite: false });
    writeFileSync(b, '{"weft":1,"nodes":[]}');
    await own.call('open', { path: b });
    writeFileSync(b, 'gone');
    expect(await own.call('recent', {})).toMatchObject([
      { path: b, name: 'b', missing: false },
      { path: a, name: 'a' },
    ]);
    await own.call('forgetRecent', { path: b });
    rmSync(a);
    const next = await testWorkspace(undefined, state);
    expect(await next.window().call('recent', {})).toMatchObject([{ path: a, missing: true }]);
  });

  test('that were dropped without a path are copies: they are saved elsewhere, and are no recent ones', async () => {
    const { window } = await testWorkspace();
    const own = window();
    const content = new TextEncoder().encode('{"weft":1,"nodes":[]}');
    const { path } = await own.call('importFile', { name: 'g.weft.json', content });
    expect(await own.call('open', { path })).toMatchObject({ kind: 'ok', readOnly: true, trusted: false });
    expect(await own.call('recent', {})).toEqual([]);
  });

  test('that were saved here are trusted from then on', async () => {
    const { window, folder } = await testWorkspace();
    const own = window();
    const path = join(folder, 'g.weft.json');
    writeFileSync(path, '{"weft":1,"nodes":[]}');
    const opened = await own.call('open', { path });
    if (opened.kind !== 'ok') throw new Error(opened.kind);
    expect(opened.trusted).toBe(false);
    await own.call('save', { path, graph: opened.graph, expected: opened.version, overwrite: false });
    expect(await own.call('open', { path })).toMatchObject({ trusted: true });
  });

  test('count as saved though that cannot be noted, which the window is told', async () => {
    const { window, folder, state } = await testWorkspace();
    const own = window();
    for (const name of ['recent.json', 'trusted.json']) mkdirSync(join(state, name));
    const path = join(folder, 'g.weft.json');
    await own.call('save', { path, graph: { weft: 1, nodes: [] }, expected: null, overwrite: false });
    const failures = own.heard.filter(({ event }) => event === 'host.failed');
    expect(failures).toMatchObject([{ error: { code: 'E_FILE_WRITE' } }, { error: { code: 'E_FILE_WRITE' } }]);
    expect(await own.call('open', { path })).toMatchObject({ kind: 'ok' });
  });

  test('are listed, kept and written inside the allowed folders only', async () => {
    const { window, folder } = await testWorkspace();
    const own = window();
    const content = new Uint8Array([1, 2, 3]);
    await own.call('exportFile', { path: join(folder, 'a.bin'), content });
    expect(readFileSync(join(folder, 'a.bin'))).toEqual(Buffer.from(content));
    expect((await own.call('listFolder', { path: folder })).entries).toEqual([
      { name: 'a.bin', kind: 'file', bytes: 3 },
    ]);
    const { path } = await own.call('importFile', { name: '../a.png', content });
    expect(readFileSync(path)).toEqual(Buffer.from(content));
    for (const outside of ['/etc/weft-test', join(folder, '..', 'weft-test')]) {
      await expect(own.call('exportFile', { path: outside, content })).rejects.toMatchObject({
        code: 'E_FILE_FORBIDDEN',
      });
      await expect(own.call('listFolder', { path: outside })).rejects.toMatchObject({ code: 'E_FILE_FORBIDDEN' });
      const save = { path: outside, graph: { weft: 1, nodes: [] }, expected: null, overwrite: true };
      await expect(own.call('save', save)).rejects.toMatchObject({ code: 'E_FILE_FORBIDDEN' });
      expect(existsSync(outside)).toBe(false);
    }
  });

  test('that a graph names and that are missing are told; names of models count as files', async () => {
    const { window, folder } = await testWorkspace();
    writeFileSync(join(folder, 'here.png'), '');
    const paths = ['here.png', 'gone.png', join(folder, 'here.png'), 'bundled:shapes', '/nowhere/x'];
    expect(await window().call('missingFiles', { folder, paths })).toEqual(['gone.png', '/nowhere/x']);
  });

  test('get paths relative to the graph where both have more in common than the root', async () => {
    const { window } = await testWorkspace();
    const own = window();
    const said = (folder: string | null, path: string) => own.call('relativePath', { folder, path });
    expect(await said('/data/graphs', '/data/graphs/a.png')).toBe('a.png');
    expect(await said('/data/graphs', '/data/media/a.png')).toBe('../media/a.png');
    expect(await said('/data/graphs', '/media/a.png')).toBe('/media/a.png');
    expect(await said('/data/graphs', '/media/b/../a.png')).toBe('/media/a.png');
    expect(await said(null, '/data/a.png')).toBe('/data/a.png');
    expect(await said('/data', 'bundled:shapes')).toBe('bundled:shapes');
  });

  test('of the system’s dialogs are picked only where there are any', async () => {
    const { window, folder } = await testWorkspace();
    const request = { mode: 'open', title: 'Open' } as const;
    await expect(window().call('pickFile', request)).rejects.toMatchObject({ code: 'E_PROTOCOL' });
    const titles: unknown[] = [];
    const desktop: HostWindow = {
      dialogs: { pickFile: async () => join(folder, 'picked'), revealFile() {} },
      setTitle: (...said) => titles.push(said),
      close: () => titles.push('closed'),
    };
    const own = window(desktop);
    expect(await own.call('pickFile', request)).toBe(join(folder, 'picked'));
    await own.call('setTitle', { title: 'a', unsaved: true });
    await own.call('closeWindow', {});
    expect(titles).toEqual([['a', true], 'closed']);
  });
});

describe('unsaved work', () => {
  test('of a window that has gone is offered to the next', async () => {
    const { window } = await testWorkspace();
    const first = window();
    const backup = { id: 'd1', path: null, name: 'Draft', graph: { weft: 1, nodes: [] } };
    await first.call('backUp', backup);
    expect(await window().call('backups', {})).toEqual([]);
    first.close();
    await vi.waitFor(async () => expect(await window().call('backups', {})).toMatchObject([backup]), 20_000);
  });

  test('that was saved is not', async () => {
    const { window } = await testWorkspace();
    const first = window();
    await first.call('backUp', { id: 'd1', path: null, name: 'Draft', graph: { weft: 1, nodes: [] } });
    await first.call('dropBackup', { id: 'd1' });
    first.close();
    await first.closed;
    expect(await window().call('backups', {})).toEqual([]);
  });
});

describe('settings', () => {
  test('that one window changes are told to all, and kept', async () => {
    const { window, state } = await testWorkspace();
    const [own, other] = [window(), window()];
    const settings = { ...(await own.call('settings', {})), theme: 'dark' as const, keys: { 'run.start': ['F5'] } };
    await own.call('changeSettings', { settings });
    await vi.waitFor(() => expect(other.heard).toContainEqual({ event: 'settings', settings }), 20_000);
    const next = await testWorkspace(undefined, state);
    expect(await next.window().call('settings', {})).toEqual(settings);
  });

  test('of a damaged file are put aside, which the window is told, and the usual ones count', async () => {
    const { state } = await testWorkspace();
    writeFileSync(join(state, 'settings.json'), '{"theme":"neon"');
    const { window } = await testWorkspace(undefined, state);
    const own = window();
    expect((await own.call('settings', {})).theme).toBe('system');
    expect(own.heard).toContainEqual({
      event: 'host.failed',
      error: expect.objectContaining({ message: expect.stringContaining('settings.json.damaged') }),
    });
    expect(readFileSync(join(state, 'settings.json.damaged'), 'utf8')).toBe('{"theme":"neon"');
  });

  test('of another form are refused', async () => {
    const { window } = await testWorkspace();
    const settings = { theme: 'neon' } as never;
    await expect(window().call('changeSettings', { settings })).rejects.toMatchObject({ code: 'E_PROTOCOL' });
  });
});

test('a person’s home folder is where the files of a graph that was never saved start', async () => {
  const { window } = await testWorkspace();
  expect(await window().call('missingFiles', { folder: null, paths: ['.', join(homedir(), 'weft-nothing')] })).toEqual([
    join(homedir(), 'weft-nothing'),
  ]);
});
