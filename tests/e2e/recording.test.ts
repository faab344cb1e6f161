import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/shared/graph/document.ts';
import { probe } from '../isolates/media/made-videos.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { ended, openAs, panel, runBar, saveAgain, startRun, stopButton, TEST_NODES } from './run-steps.ts';

const FPS = 30;

describe.skipIf(!hasBrowser)('a live run', () => {
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

  /** A camera that sees moving bars, recorded while `record` is on; `after` takes the numbers of its frames. */
  function recorder(file: string, after: Graph['nodes'] = [], wires: Graph['wires'] = []): Omit<Graph, 'weft'> {
    const camera = { device: 'pattern', width: 160, height: 120, fps: FPS };
    return {
      nodes: [
        { id: 'see', type: 'video/camera@1', params: camera, ui: { at: [0, 0] } },
        {
          id: 'record',
          type: 'io/input@1',
          params: { name: 'record', type: 'boolean', default: false },
          ui: { at: [0, 300] },
        },
        { id: 'write', type: 'video/record@1', params: { path: file }, ui: { at: [300, 0] } },
        ...after,
      ],
      wires: [{ from: 'see.frame', to: 'write.image' }, { from: 'record.value', to: 'write.on' }, ...(wires ?? [])],
    };
  }

  const file = (name: string) => join(editor.files, 'output', name);
  const record = () => runBar(page).getByRole('button', { name: /^Record/ });
  const notice = (name: string) =>
    page.getByRole('region', { name: 'Notices' }).getByText(`Saved ${name} in ${join(editor.files, 'output')}.`);

  /** Begins a recording by its key and waits until it has gone on for a while. */
  async function beginRecording(): Promise<void> {
    // The keys are those of a run that has begun.
    await record().waitFor();
    await page.keyboard.press('s');
    // The clock runs from the first picture in the file on.
    await record()
      .getByText(/^\d+:\d*[1-9]\d*$/)
      .waitFor();
    await expect.poll(() => record().getAttribute('aria-pressed')).toBe('true');
  }

  /** That a video plays, and is as long as its pictures say. */
  function expectWhole(path: string): void {
    const { frames, times, seconds } = probe(path);
    expect(frames).toBeGreaterThan(1);
    expect(times[0]).toBe(0);
    expect(Math.abs(seconds - ((times.at(-1) ?? 0) + 1 / FPS))).toBeLessThanOrEqual(1 / FPS);
  }

  test('S begins and ends recordings and Q ends the run: each file is announced, listed and whole', async () => {
    await openAs(page, editor, 'twice', recorder('twice.mp4'));
    await startRun(page);
    await beginRecording();
    await page.keyboard.press('s');
    await notice('twice.mp4').waitFor();
    await expect.poll(() => record().getAttribute('aria-pressed')).toBe('false');
    expectWhole(file('twice.mp4'));
    // A run that is still going on writes the next one.
    await beginRecording();
    await page.keyboard.press('q');
    expect(await ended(page)).toMatch(/^Done in/);
    await notice('twice-2.mp4').waitFor();
    expectWhole(file('twice-2.mp4'));
    const runs = await panel(page, 'Runs');
    await runs.getByText(file('twice.mp4'), { exact: true }).waitFor();
    await runs.getByText(file('twice-2.mp4'), { exact: true }).waitFor();
    await expect.poll(() => runs.getByText('not completed').count()).toBe(0);
  });

  test('the buttons do the same, and the keys are letters in a field', async () => {
    await openAs(page, editor, 'buttons', recorder('buttons.mp4'));
    await startRun(page);
    await page.keyboard.press('Control+F');
    const field = page.getByRole('textbox', { name: 'Find in this graph' });
    await field.pressSequentially('sq');
    await expect.poll(() => field.inputValue()).toBe('sq');
    await field.press('Escape');
    await expect.poll(() => record().getAttribute('aria-pressed')).toBe('false');
    await record().click();
    await runBar(page)
      .getByRole('button', { name: /^Recording/ })
      .waitFor();
    // The field of the graph's input says the same.
    await expect.poll(() => runBar(page).getByRole('checkbox', { name: 'Input record' }).isChecked()).toBe(true);
    await expect.poll(() => existsSync(file('buttons.mp4'))).toBe(true);
    await stopButton(page).click();
    expect(await ended(page)).toMatch(/^Done in/);
    expectWhole(file('buttons.mp4'));
    await record().waitFor({ state: 'detached' });
    // The next run does not record unasked.
    await expect.poll(() => runBar(page).getByRole('checkbox', { name: 'Input record' }).isChecked()).toBe(false);
  });

  test('a run that is stopped at once completes its recording', async () => {
    await openAs(page, editor, 'stopped', recorder('stopped.mp4'));
    await startRun(page);
    await beginRecording();
    await page.keyboard.press('Shift+F5');
    expect(await ended(page)).toMatch(/^Stopped after/);
    await notice('stopped.mp4').waitFor();
    expectWhole(file('stopped.mp4'));
  });

  test('an error in the graph completes the recording', async () => {
    const failing = {
      id: 'fail',
      type: 'e2e/fail-from@1',
      params: { limit: 2 * FPS },
      ui: { at: [300, 300] },
    } as const;
    const out = { id: 'out', type: 'io/output@1', params: { name: 'number' }, ui: { at: [600, 300] } } as const;
    const graph = recorder(
      'failed.mp4',
      [failing, out],
      [
        { from: 'see.index', to: 'fail.x' },
        { from: 'fail.y', to: 'out.value' },
      ],
    );
    await openAs(page, editor, 'failed', graph);
    await runBar(page).getByRole('checkbox', { name: 'Input record' }).check();
    await startRun(page);
    expect(await ended(page)).toContain('the number is not below 60');
    await notice('failed.mp4').waitFor();
    expectWhole(file('failed.mp4'));
  });

  test('a window that closes in mid-recording leaves a whole file', async () => {
    await openAs(page, editor, 'closed', recorder('closed.mp4'));
    await startRun(page);
    await beginRecording();
    await saveAgain(page, 'closed');
    await browser.leave(page);
    await expect.poll(() => isWhole(file('closed.mp4')), { timeout: 15_000 }).toBe(true);
    expectWhole(file('closed.mp4'));
  });

  /** A file that is still written has no end. */
  function isWhole(path: string): boolean {
    const { times, seconds } = probe(path);
    return times.length > 1 && seconds > 0;
  }
});
