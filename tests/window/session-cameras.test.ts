import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Graph } from '../../src/shared/graph/document.ts';
import { frameBytes } from '../../src/shared/node-api/frame.ts';
import type { CameraRequest } from '../../src/shared/protocol/camera.ts';
import { type TestWindow, testWorkspace } from './test-window.ts';

const NODES = [join(import.meta.dirname, '../acceptance/nodes')];
const WIDTH = 64;
const HEIGHT = 48;
const SEE = { id: 'see', type: 'video/camera@1', params: { device: '0', width: WIDTH, height: HEIGHT } };
const DOCUMENT: Graph = {
  weft: 1,
  nodes: [SEE, { id: 'out', type: 'io/output@1', params: { name: 'index' } }],
  wires: [{ from: 'see.index', to: 'out.value' }],
};

/** What a window was asked about its cameras. */
function asked({ heard }: TestWindow): CameraRequest[] {
  return heard.flatMap((event) => (event.event === 'camera' ? [event.request] : []));
}

function askedTo(window: TestWindow, ask: CameraRequest['ask']): Promise<CameraRequest> {
  return vi.waitFor(() => {
    const request = asked(window).find((request) => request.ask === ask);
    if (request === undefined) throw new Error(`Nobody asked the window to ${ask}.`);
    return request;
  }, 20_000);
}

async function answerWithFrame(window: TestWindow): Promise<void> {
  const { capture } = await askedTo(window, 'open');
  const size = { width: WIDTH, height: HEIGHT };
  await window.call('tellCamera', {
    ...{ news: 'opened', capture, name: 'Test camera', fps: 30, beganAt: Date.now() },
    ...size,
  });
  await askedTo(window, 'frame');
  const planes = new Uint8Array(frameBytes(WIDTH, HEIGHT)).fill(100);
  const colour = { matrix: 'bt601', full: false } as const;
  await window.call('tellCamera', { news: 'frame', capture, index: 7, seconds: 0, ...size, colour, planes });
}

test('a run sees with the camera of its own window, which the page may use for just as long', async () => {
  const { workspace, window, folder } = await testWorkspace();
  const own = window();
  const other = window();
  expect(workspace.usesCamera).toBe(false);
  const run = own.call('run', { document: DOCUMENT, folder, record: false, ticket: 'live' });
  await answerWithFrame(own);
  expect(workspace.usesCamera).toBe(true);
  const output = { event: 'output', name: 'index', item: 0, value: 7 };
  await vi.waitFor(
    () => expect(own.heard.flatMap((event) => (event.event === 'run' ? event.events : []))).toContainEqual(output),
    20_000,
  );
  await own.call('finish', { run: 'live' });
  expect((await run).status).toBe('done');
  await askedTo(own, 'close');
  expect(workspace.usesCamera).toBe(false);
  expect(asked(other)).toEqual([]);
});

test('the window is told to close its cameras when the engine that saw with them is lost', async () => {
  const { workspace, window, folder } = await testWorkspace(NODES);
  const own = window();
  const document: Graph = {
    ...DOCUMENT,
    nodes: [...DOCUMENT.nodes, { id: 'spin', type: 'test/spin-at@1', params: { at: 7 } }],
    wires: [...(DOCUMENT.wires ?? []), { from: 'see.index', to: 'spin.value' }],
  };
  const run = own.call('run', { document, folder, record: false, ticket: 'spin' });
  await answerWithFrame(own);
  await own.call('stop', { run: 'spin' });
  expect((await run).status).toBe('cancelled');
  const lost = () => own.heard.some((event) => event.event === 'engine' && event.state === 'restarted');
  await vi.waitFor(() => expect(lost()).toBe(true), 20_000);
  await askedTo(own, 'close');
  expect(workspace.usesCamera).toBe(false);
});

test('a camera goes with its window', async () => {
  const { workspace, window, folder } = await testWorkspace();
  const own = window();
  const run = own
    .call('run', { document: DOCUMENT, folder, record: false, ticket: 'gone' })
    .catch((error) => error.code);
  await answerWithFrame(own);
  own.close();
  expect(await run).toBe('E_DISCONNECTED');
  await vi.waitFor(() => expect(workspace.usesCamera).toBe(false), 20_000);
});
