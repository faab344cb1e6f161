import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/shared/graph/document.ts';
import { hasProc, isolatesOf, residentBytes } from '../acceptance/running.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { EditorServer } from './editor-server.ts';
import { ended, node, openAs, runBar, startRun } from './run-steps.ts';
import { onServer } from './which-host.ts';

/** As many as come in about ten seconds. */
const FRAMES = 2_400;
const FPS = 240;
const MB = 2 ** 20;

interface Sample {
  /** Of the page, after a collection. */
  readonly window: number;
  /** Of the server's process, with the engine. */
  readonly engine: number;
  /** Of the largest process that runs models or reads the camera. */
  readonly isolates: number;
}

describe.skipIf(!hasBrowser || !hasProc || !onServer)(`${FRAMES} live frames with boxes in view`, () => {
  let editor: EditorServer;
  let browser: EditorBrowser;
  let page: Page;
  let devTools: CDPSession;

  beforeAll(async () => {
    editor = await EditorServer.start();
    browser = await EditorBrowser.start();
    page = await browser.open(editor);
    devTools = await page.context().newCDPSession(page);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  test('leave memory flat in window, engine and isolates', { timeout: 120_000 }, async () => {
    await openAs(page, editor, 'live', LIVE);
    await startRun(page);
    for (const id of ['draw', 'original'])
      await node(page, id)
        .getByRole('img', { name: /^Picture of/ })
        .waitFor();
    const early = await lowest(FRAMES * 0.25, FRAMES * 0.5);
    const late = await lowest(FRAMES * 0.75, FRAMES);
    await page.keyboard.press('q');
    expect(await ended(page)).toMatch(/^Done in/);
    for (const of of ['window', 'engine', 'isolates'] as const) {
      expect((late[of] - early[of]) / MB, `${of} from ${early[of]} to ${late[of]}`).toBeLessThan(MOST_MORE[of]);
    }
  });

  /** The least that was in use while these frames came: what is left when garbage has been collected. */
  async function lowest(from: number, to: number): Promise<Sample> {
    await expect.poll(framesCome, { timeout: 60_000 }).toBeGreaterThan(from);
    let least = await sample();
    while ((await framesCome()) < to) {
      const { window, engine, isolates } = await sample();
      least = {
        window: Math.min(least.window, window),
        engine: Math.min(least.engine, engine),
        isolates: Math.min(least.isolates, isolates),
      };
    }
    return least;
  }

  async function sample(): Promise<Sample> {
    await devTools.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize } = await devTools.send('Runtime.getHeapUsage');
    const isolates = [...isolatesOf(editor.pid), ...isolatesOf(editor.pid, 'media')].map(residentBytes);
    return {
      window: usedSize + backingStorageSize,
      engine: residentBytes(editor.pid),
      isolates: Math.max(0, ...isolates),
    };
  }

  /** Those that entered and those that were left out. */
  async function framesCome(): Promise<number> {
    const text = await runBar(page)
      .getByText(/^frame \d/)
      .innerText();
    const [, entered = '0', dropped = '0'] = /^frame (\d+)(?:.* (\d+) dropped)?/.exec(text) ?? [];
    return Number(entered) + Number(dropped);
  }
});

/** MiB: what a collection has not come to yet, in the engine and in processes that nobody can ask for one. */
const MOST_MORE: Readonly<Record<keyof Sample, number>> = { window: 4, engine: 40, isolates: 20 };

const LIVE: Omit<Graph, 'weft'> = {
  nodes: [
    {
      id: 'see',
      type: 'video/camera@1',
      params: { device: 'pattern', width: 64, height: 48, fps: FPS },
      ui: { at: [0, 0] },
    },
    { id: 'load', type: 'model/load@1', params: { path: 'bundled:shapes' }, ui: { at: [0, 300] } },
    { id: 'prepare', type: 'detect/prepare@1', ui: { at: [260, 0] } },
    { id: 'infer', type: 'model/infer@1', ui: { at: [260, 200] } },
    { id: 'decode', type: 'detect/decode@1', ui: { at: [260, 400] } },
    { id: 'original', type: 'detect/to-original@1', ui: { at: [520, 0], viewer: true } },
    { id: 'draw', type: 'image/draw-detections@1', ui: { at: [520, 300], viewer: true } },
  ],
  wires: [
    { from: 'see.frame', to: 'prepare.image' },
    { from: 'load.model', to: 'prepare.model' },
    { from: 'load.model', to: 'infer.model' },
    { from: 'prepare.tensor', to: 'infer.input' },
    { from: 'infer.outputs', to: 'decode.outputs' },
    { from: 'prepare.space', to: 'decode.space' },
    { from: 'prepare.family', to: 'decode.family' },
    { from: 'load.model', to: 'decode.model' },
    { from: 'decode.detections', to: 'original.detections' },
    { from: 'see.frame', to: 'draw.image' },
    { from: 'original.detections', to: 'draw.detections' },
  ],
};
