import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/shared/graph/document.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { tab } from './person-steps.ts';
import { ended, mark, openAs, openSample, panel, run, runBar, startRun, stopButton, TEST_NODES } from './run-steps.ts';

describe.skipIf(!hasBrowser)('a run and its panels', () => {
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

  test('two tabs run in turn, each with its own state, runs and values', async () => {
    const gate = join(editor.files, 'tabs.gate');
    const graph = (value: number, file: string): Omit<Graph, 'weft'> => ({
      nodes: [
        { id: 'number', type: 'value/number@1', params: { value }, ui: { at: [0, 0] } },
        { id: 'gate', type: 'e2e/gate@1', params: { file }, ui: { at: [260, 0] } },
        { id: 'out', type: 'io/output@1', params: { name: 'y' }, ui: { at: [520, 0] } },
      ],
      wires: [
        { from: 'number.value', to: 'gate.x' },
        { from: 'gate.y', to: 'out.value' },
      ],
    });
    await openAs(page, editor, 'held', graph(1, gate));
    await startRun(page);
    await mark(page, 'gate', /^Running/).waitFor();
    const open = join(editor.files, 'open.gate');
    writeFileSync(open, '1');
    await openAs(page, editor, 'free', graph(2, open));
    expect(await run(page)).toMatch(/^Done in/);
    const runs = await panel(page, 'Runs');
    await runs.locator('pre').getByText('2', { exact: true }).waitFor();

    await tab(page, 'held').click();
    await mark(page, 'gate', /^Running/).waitFor();
    await stopButton(page).waitFor();
    writeFileSync(gate, '1');
    expect(await ended(page)).toMatch(/^Done in/);
    await runs.locator('pre').getByText('1', { exact: true }).waitFor();
    await tab(page, 'free').click();
    await runs.locator('pre').getByText('2', { exact: true }).waitFor();
    await mark(page, 'gate', /^Done in/).waitFor();
  });

  test('a video runs frame by frame with progress, and a stop leaves a file that can be played', async () => {
    await openSample(page, 'Detect objects in a video', 'detect-video');
    await startRun(page);
    await runBar(page)
      .getByText(/^frame \d+ of \d+ · [\d.]+ fps/)
      .waitFor();
    // Some of them are still on their way to the file.
    await expect.poll(framesDone, { timeout: 20_000 }).toBeGreaterThan(12);
    await stopButton(page).click();
    expect(await ended(page)).toMatch(/^Stopped after/);
    const folder = join(editor.home, 'Weft', 'output');
    expect(readdirSync(folder)).toEqual(['annotated.mp4']);
    // What the window wrote it can open: the frames until the stop are in it.
    expect(readFileSync(join(folder, 'annotated.mp4')).length).toBeGreaterThan(10_000);
    const path = join(folder, 'annotated.mp4');
    await openAs(page, editor, 'played', {
      nodes: [
        { id: 'info', type: 'video/info@1', params: { path }, ui: { at: [0, 0] } },
        { id: 'read', type: 'video/frame-at@1', params: { path }, ui: { at: [0, 240] } },
        { id: 'frames', type: 'io/output@1', params: { name: 'frames' }, ui: { at: [300, 0] } },
        { id: 'first', type: 'io/output@1', params: { name: 'first' }, ui: { at: [300, 240] } },
      ],
      wires: [
        { from: 'info.frames', to: 'frames.value' },
        { from: 'read.frame', to: 'first.value' },
      ],
    });
    expect(await run(page)).toMatch(/^Done in/);
    const values = (await panel(page, 'Runs')).locator('pre');
    await values.getByText(/"width": \d+/).waitFor();
    expect(Math.max(...(await values.allInnerTexts()).map(Number).filter(Number.isInteger))).toBeGreaterThan(5);
  });

  /** How many frames the run has come to. */
  async function framesDone(): Promise<number> {
    const text = await runBar(page).innerText();
    return Number(/frame (\d+)/.exec(text)?.[1] ?? 0);
  }
});
