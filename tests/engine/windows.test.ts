import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EngineHost, type EngineNews } from '../../src/main/engine/host.ts';
import type { Graph, GraphBody } from '../../src/shared/graph/document.ts';
import type { PinView, PreviewMessage } from '../../src/shared/protocol/preview.ts';
import type { RunEvent, RunSummary } from '../../src/shared/protocol/run-events.ts';
import { identityModel } from '../onnx/models.ts';
import { graphOf, upTo } from './test-graph.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-windows-'));
  mkdirSync(join(folder, 'test'));
  writeNode(
    'same',
    'inputs: { x: pin.number({ default: 1 }) }, outputs: { y: pin.number() }, run: ({ x }) => ({ y: x })',
  );
  writeNode(
    'count',
    'inputs: {}, outputs: { y: pin.number() }, *source() { for (let y = 0; y < 60_000; y++) yield { y }; }',
  );
  writeNode(
    'picture',
    `inputs: { x: pin.number({ default: 9 }) }, outputs: { image: pin.image() },
     run({ x }, ctx) { const image = ctx.image('u8', 320, 240, 3); image.data.fill(x); return { image }; }`,
  );
  writeNode(
    'tensor',
    `inputs: {}, outputs: { tensor: pin.tensor({ dtype: 'float32', shape: [1, 4] }) },
     run: (_, ctx) => ({ tensor: ctx.tensor('float32', [1, 4]) })`,
  );
  writeNode('spin', 'inputs: {}, outputs: { y: pin.number() }, run() { for (;;); }');
  writeNode('show', "effects: 'shows', inputs: { value: pin.any() }, outputs: {}, run: () => ({})");
});
afterAll(() => rmSync(folder, { recursive: true }));

function writeNode(name: string, parts: string): void {
  writeFileSync(
    join(folder, 'test', `${name}.ts`),
    `import { defineNode, pin } from 'weft';
    export default defineNode({ type: 'test/${name}', version: 1, title: '${name}', summary: 'For tests.', ${parts} } as any);`,
  );
}

interface WindowRun {
  readonly summary: RunSummary;
  readonly batches: readonly (readonly RunEvent[])[];
}

/** A window on a host of its own. */
class TestWindow implements AsyncDisposable {
  readonly host = new EngineHost({ nodesFolders: [folder] });
  readonly messages: PreviewMessage[] = [];

  constructor() {
    this.host.onPreview((window, message) => {
      this.messages.push(message);
      this.host.acknowledgePreview(window, message.watch);
    });
  }

  async run(
    document: Graph,
    parts: { readonly to?: readonly string[]; readonly record?: boolean } = {},
  ): Promise<WindowRun> {
    const batches: (readonly RunEvent[])[] = [];
    const request = { graph: { document, folder }, out: folder, shownIn: { window: 'w' }, ...parts };
    const summary = await this.host.runInBatches(request, (events) => batches.push(events));
    return { summary, batches };
  }

  look(side: 'input' | 'output', node: string, pin: string, maxSide = 0): Promise<PinView> {
    return this.host.previewOf('w', { ref: { node, side, pin }, maxSide });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.host.close();
  }
}

describe('a window is told at most 60 times a second', () => {
  test('of a graph of 10,000 nodes, and of each of them', async () => {
    await using window = new TestWindow();
    const nodes = upTo(10_000).map((k) => ({ id: `n${k}`, type: 'test/same@1' }));
    const wires = upTo(9_999).map((k) => `n${k}.y -> n${k + 1}.x`);
    const { summary, batches } = await window.run(graphOf(nodes, wires));
    expect(summary).toMatchObject({ status: 'done', done: 10_000 });
    const ended = batches.flat().filter(({ event }) => event === 'node.finished');
    expect(ended.length).toBe(10_000);
    expectFew(batches, summary);
  });

  test('of a stream of 60,000 items, with the nodes that are at work on it', async () => {
    await using window = new TestWindow();
    const document = graphOf(
      [
        { id: 'count', type: 'test/count@1' },
        { id: 'same', type: 'test/same@1' },
        { id: 'show', type: 'test/show@1' },
      ],
      ['count.y -> same.x', 'same.y -> show.value'],
    );
    const { summary, batches } = await window.run(document);
    expect(summary.streams.count.items).toBe(60_000);
    expectFew(batches, summary);
    const running = batches.flat().flatMap((event) => (event.event === 'node.running' ? [event.node] : []));
    expect(running.sort()).toEqual(['count', 'same', 'show']);
  });

  function expectFew(batches: WindowRun['batches'], { ms }: RunSummary): void {
    // Beside those that follow each other: its beginning, the last one and its end.
    expect(batches.length).toBeLessThanOrEqual(3 + (ms * 60) / 1000);
  }
});

describe('a window sees', () => {
  const picture = graphOf(
    [
      { id: 'picture', type: 'test/picture@1' },
      { id: 'show', type: 'test/show@1' },
    ],
    ['picture.image -> show.value'],
  );

  test('a picture, whole, through the thread', async () => {
    await using window = new TestWindow();
    await window.run(picture);
    const view = await window.look('input', 'show', 'value', 4);
    expect(view).toMatchObject({
      state: 'value',
      preview: {
        type: 'image 320×240×3',
        bytes: 230_400,
        content: { kind: 'picture', picture: { width: 4, height: 3, rgba: pixels(12, 9) } },
      },
    });
  });

  test('what lies at the pins that it watches, until it goes', async () => {
    await using window = new TestWindow();
    window.host.watchPins('w', [{ id: 'a', ref: { node: 'picture', side: 'output', pin: 'image' }, maxSide: 2 }]);
    await window.run(picture);
    await until(() => window.messages.some(({ view }) => view.state === 'value'));
    window.host.closeWindow('w');
    expect(await window.look('output', 'picture', 'image')).toMatchObject({ state: 'empty' });
  });

  test('pins of bypassed nodes and of graphs used as nodes', async () => {
    await using window = new TestWindow();
    const inner: GraphBody = {
      nodes: [
        { id: 'x', type: 'io/input@1', params: { name: 'x', type: 'number' } },
        { id: 'same', type: 'test/same@1' },
        { id: 'y', type: 'io/output@1', params: { name: 'y' } },
      ],
      wires: [
        { from: 'x.value', to: 'same.x' },
        { from: 'same.y', to: 'y.value' },
      ],
    };
    const document = graphOf(
      [
        { id: 'start', type: 'test/same@1', params: { x: 5 } },
        { id: 'off', type: 'test/same@1', bypass: true },
        { id: 'graph', type: 'graph/inner' },
        { id: 'show', type: 'test/show@1' },
      ],
      ['start.y -> off.x', 'off.y -> graph.x', 'graph.y -> show.value'],
      { graphs: { inner } },
    );
    expect((await window.run(document)).summary.status).toBe('done');
    const pins: ['input' | 'output', string, string][] = [
      ['output', 'off', 'y'],
      ['input', 'off', 'x'],
      ['input', 'graph', 'x'],
      ['output', 'graph', 'y'],
      ['output', 'graph/x', 'value'],
      ['output', 'graph/same', 'y'],
    ];
    for (const [side, node, pin] of pins) {
      const view = await window.look(side, node, pin);
      expect(view, `${side} ${node}.${pin}`).toMatchObject({ preview: { content: { kind: 'scalar', value: 5 } } });
    }
  });

  test('the nodes that it runs to, a graph used as a node among them, without files being written', async () => {
    await using window = new TestWindow();
    const { summary, batches } = await window.run(picture, { to: ['picture'], record: true });
    expect(summary.done).toBe(1);
    expect(batches.flat().filter(({ event }) => event === 'output')).toEqual([]);
    expect(await window.look('output', 'picture', 'image')).toMatchObject({ state: 'value' });
    const { nodes, spans } = await window.host.runProfile(summary.run);
    expect([...spans.node].map((node) => nodes[node].id)).toEqual(['picture']);
    expect([spans.item[0], spans.process[0]]).toEqual([-1, 0]);
    const memory = await window.host.runMemory(summary.run);
    expect(memory.nodes).toMatchObject([{ node: 'picture', bytes: 230_400 }]);
  });

  test('when the process that runs models was at work', async () => {
    await using window = new TestWindow();
    writeFileSync(join(folder, 'same.onnx'), identityModel('float32', [1, 4]));
    const document = graphOf(
      [
        { id: 'load', type: 'model/load@1', params: { path: 'same.onnx', backend: 'cpu' } },
        { id: 'tensor', type: 'test/tensor@1' },
        { id: 'infer', type: 'model/infer@1' },
      ],
      ['load.model -> infer.model', 'tensor.tensor -> infer.input'],
    );
    const { summary } = await window.run(document, { record: true });
    expect(summary.status).toBe('done');
    const { nodes, processes, spans } = await window.host.runProfile(summary.run);
    const infer = [...spans.node.keys()].filter((span) => nodes[spans.node[span]].id === 'infer');
    const [own] = infer.filter((span) => spans.process[span] === 0);
    const [inside] = infer.filter((span) => spans.process[span] !== 0);
    expect(processes[spans.process[inside]]).toEqual({ name: 'inference cpu', pid: expect.any(Number) });
    expect(processes[spans.process[inside]].pid).not.toBe(processes[0].pid);
    expect(spans.start[inside]).toBeGreaterThanOrEqual(spans.start[own] - 1);
    expect(spans.end[inside]).toBeLessThanOrEqual(spans.end[own] + 1);
  });

  test('what a model takes and gives', async () => {
    await using window = new TestWindow();
    writeFileSync(join(folder, 'same.onnx'), identityModel('float32', [1, 4]));
    const port = { dtype: 'float32', shape: [1, 4] };
    expect(await window.host.modelSignature('same.onnx', folder)).toEqual({
      inputs: [{ name: 'input', ...port }],
      outputs: [{ name: 'output', ...port }],
    });
    await expect(window.host.modelSignature('other.onnx', folder)).rejects.toMatchObject({ code: 'E_MODEL_MISSING' });
  });
});

describe('an engine thread that is lost under a window', () => {
  test('is told of with the runs that ended, and replaced by one that knows what the window watches', async () => {
    await using window = new TestWindow();
    const news: EngineNews[] = [];
    window.host.onEngine((item) => news.push(item));
    await until(() => news.length === 1);
    window.host.watchPins('w', [{ id: 'a', ref: { node: 'one', side: 'output', pin: 'y' }, maxSide: 0 }]);
    const spin = graphOf([{ id: 'spin', type: 'test/spin@1', policy: { timeout: 0.2 } }], []);
    const { summary } = await window.run(spin);
    expect(summary).toMatchObject({ status: 'failed', error: { code: 'E_TIMEOUT' } });
    await until(() => news.length === 3);
    expect(news).toEqual([
      { state: 'ready' },
      {
        state: 'restarted',
        message: 'The engine was started again, because spin did not let go of it within its timeout.',
        runs: [summary.run],
      },
      { state: 'ready' },
    ]);
    await window.run(graphOf([{ id: 'one', type: 'test/same@1', params: { x: 3 } }], []));
    await until(() => window.messages.some(({ view }) => view.state === 'value'));
  });
});

/** `count` pixels of one grey. */
function pixels(count: number, grey: number): Uint8Array {
  return Uint8Array.from({ length: count * 4 }, (_, k) => (k % 4 === 3 ? 255 : grey));
}

/** Waits for what is bound to come; the test's own time limit ends it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}
