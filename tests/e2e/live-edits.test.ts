import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { ended, goTo, openAs, panel, runBar, startRun, TEST_NODES } from './run-steps.ts';

const PICTURE = join(import.meta.dirname, '../../resources/media/shapes.jpg');
const ITEMS = 12;

describe.skipIf(!hasBrowser)('edits during a run', () => {
  let editor: Editor;
  let browser: EditorBrowser;
  let page: Page;

  beforeAll(async () => {
    editor = await startEditor({ nodes: TEST_NODES });
    browser = await EditorBrowser.start();
  });
  beforeEach(async () => {
    page = await browser.open(editor);
  });
  afterEach(() => browser.leave(page));
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  const gate = () => join(editor.files, 'items.gate');

  /** Finds shapes in a folder of equal pictures; the test lets items in by their number. Logs how many were found. */
  async function openDetection(): Promise<void> {
    const folder = join(editor.files, 'pictures');
    mkdirSync(folder, { recursive: true });
    for (let k = 0; k < ITEMS; k++) copyFileSync(PICTURE, join(folder, `${String(k).padStart(2, '0')}.jpg`));
    writeFileSync(gate(), '0');
    await openAs(page, editor, 'folder', {
      nodes: [
        { id: 'folder', type: 'image/folder@1', params: { folder: 'pictures' }, ui: { at: [0, 0] } },
        { id: 'gate', type: 'e2e/gate@1', params: { file: gate() }, ui: { at: [0, 200] } },
        { id: 'read', type: 'image/read@1', ui: { at: [0, 400] } },
        {
          id: 'conf',
          type: 'io/input@1',
          params: { name: 'conf', type: 'number', default: 0.25 },
          ui: { at: [0, 600] },
        },
        { id: 'load', type: 'model/load@1', params: { path: 'bundled:shapes' }, ui: { at: [260, 0] } },
        { id: 'prepare', type: 'detect/prepare@1', ui: { at: [260, 200] } },
        { id: 'infer', type: 'model/infer@1', ui: { at: [260, 400] } },
        { id: 'decode', type: 'detect/decode@1', ui: { at: [520, 0] } },
        { id: 'filter', type: 'detect/filter@1', ui: { at: [520, 240] } },
        { id: 'nms', type: 'detect/nms@1', ui: { at: [520, 400] } },
        { id: 'original', type: 'detect/to-original@1', ui: { at: [520, 600] } },
        { id: 'format', type: 'detect/format@1', ui: { at: [780, 0] } },
        { id: 'tell', type: 'e2e/tell@1', ui: { at: [780, 200] } },
      ],
      wires: [
        { from: 'folder.path', to: 'gate.x' },
        { from: 'gate.y', to: 'read.path' },
        { from: 'read.image', to: 'prepare.image' },
        { from: 'load.model', to: 'prepare.model' },
        { from: 'load.model', to: 'infer.model' },
        { from: 'prepare.tensor', to: 'infer.input' },
        { from: 'infer.outputs', to: 'decode.outputs' },
        { from: 'prepare.space', to: 'decode.space' },
        { from: 'prepare.family', to: 'decode.family' },
        { from: 'load.model', to: 'decode.model' },
        { from: 'decode.detections', to: 'filter.detections' },
        { from: 'conf.value', to: 'filter.confidence' },
        { from: 'filter.detections', to: 'nms.detections' },
        { from: 'nms.detections', to: 'original.detections' },
        { from: 'original.detections', to: 'format.detections' },
        { from: 'format.list', to: 'tell.value' },
      ],
    });
  }

  /** What each item that went through gave, in their order. */
  async function found(): Promise<number[]> {
    const lines = (await panel(page, 'Log')).getByTitle(/^got /);
    const titles = await Promise.all((await lines.all()).map((line) => line.getAttribute('title')));
    return titles.map((title) => JSON.parse((title ?? '').slice('got '.length)).length);
  }

  test('moving conf while pictures of a folder go through changes those that follow, without a new run', async () => {
    await openDetection();
    await startRun(page);
    writeFileSync(gate(), '4');
    await runBar(page)
      .getByText(new RegExp(`^frame \\d+ of ${ITEMS}`))
      .waitFor();
    await expect.poll(async () => (await found()).length, { timeout: 20_000 }).toBe(4);
    const conf = runBar(page).getByRole('spinbutton', { name: 'Input conf' });
    await conf.click();
    await conf.fill('0.82');
    await page.keyboard.press('Enter');
    // The items that wait have been asked for already; whoever comes to the filter from now on is filtered anew.
    writeFileSync(gate(), String(ITEMS));
    expect(await ended(page)).toMatch(/^Done in/);
    const counts = await found();
    expect(counts.length).toBe(ITEMS);
    expect(counts.slice(0, 4)).toEqual([12, 12, 12, 12]);
    expect(counts.at(-1)).toBeLessThan(12);
    expect(counts.at(-1)).toBeGreaterThan(0);
    expect(
      await runBar(page)
        .getByRole('button', { name: /^Edited since/ })
        .count(),
    ).toBe(0);
    const runs = await panel(page, 'Runs');
    await expect.poll(() => runs.getByRole('list', { name: 'Runs' }).getByRole('button').count()).toBe(1);
    await runs.getByText(`${ITEMS} items`).waitFor();
  });

  test('another edit marks the run as outdated and offers to start it again, which runs the graph as it is now', async () => {
    await openDetection();
    await startRun(page);
    writeFileSync(gate(), '1');
    await expect.poll(async () => (await found()).length, { timeout: 20_000 }).toBe(1);
    await goTo(page, 'nms');
    await page.keyboard.press('M');
    const again = runBar(page).getByRole('button', { name: 'Edited since: start again' });
    await again.waitFor();
    await again.click();
    await again.waitFor({ state: 'detached' });
    await expect.poll(async () => (await found()).length, { timeout: 20_000 }).toBe(1);
    await goTo(page, 'nms');
    // What is only seen makes no difference to a run.
    await page.keyboard.press('L');
    await expect.poll(() => again.count()).toBe(0);
    await page.keyboard.press('M');
    await again.waitFor();
    writeFileSync(gate(), String(ITEMS));
    expect(await ended(page)).toMatch(/^Done in/);
    expect((await found()).length).toBe(ITEMS);
    // The run is over, and what is seen is of the graph before the edit.
    await runBar(page).getByRole('button', { name: 'Edited since: run again' }).click();
    await expect
      .poll(() =>
        runBar(page)
          .getByRole('button', { name: /^Edited since/ })
          .count(),
      )
      .toBe(0);
    expect(await ended(page)).toMatch(/^Done in/);
    const runs = await panel(page, 'Runs');
    await expect.poll(() => runs.getByRole('list', { name: 'Runs' }).getByRole('button').count()).toBe(3);
  });
});
