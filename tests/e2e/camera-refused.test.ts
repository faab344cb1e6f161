import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Graph } from '../../src/shared/graph/document.ts';
import { cameraFlags, renderFilm } from './camera-film.ts';
import { camerasOn, FilmCamera, watchCameras } from './camera-steps.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { ended, node, openAs, openSample, panel, runBar, startRun, stopButton, TEST_NODES } from './run-steps.ts';
import { onServer } from './which-host.ts';

const LOOK: Omit<Graph, 'weft'> = {
  nodes: [
    { id: 'see', type: 'video/camera@1' },
    { id: 'tell', type: 'e2e/tell@1', ui: { at: [400, 0] } },
  ],
  wires: [{ from: 'see.index', to: 'tell.value' }],
};

// The stand-in's Chromium takes no flags of a test.
describe.runIf(hasBrowser && onServer)('a run whose camera cannot be used', () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await startEditor({ nodes: TEST_NODES });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  /** A window in a browser with other cameras than that of the last test. */
  async function windowWith(flags: readonly string[]): Promise<Page> {
    const browser = await EditorBrowser.start(flags);
    onTestFinished(async () => {
      await browser[Symbol.asyncDispose]();
      expect(browser.faults).toEqual([]);
    });
    return browser.open(editor);
  }

  const banner = (page: Page, sentence: RegExp): Locator => page.getByRole('alert').filter({ hasText: sentence });
  const button = (page: Page, name: string): Locator => page.getByRole('alert').getByRole('button', { name });
  const frames = async (page: Page) => Number(/frame (\d+)/.exec(await runBar(page).innerText())?.[1] ?? 0);

  /** It is told over the canvas, in the node and among the problems. */
  async function expectTold(page: Page, sentence: RegExp, code: string): Promise<void> {
    await banner(page, sentence).waitFor();
    await node(page, 'see').getByText(sentence).waitFor();
    await (await panel(page, 'Problems')).getByText(code, { exact: true }).waitFor();
  }

  async function expectRuns(page: Page): Promise<void> {
    await expect.poll(() => frames(page)).toBeGreaterThan(3);
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await stopButton(page).click();
    await ended(page);
  }

  test('because there is none: the sample needs one click to open, and one for the sample video in its place', async () => {
    const page = await windowWith([]);
    await openSample(page, 'Detect objects in front of a camera', 'detect-live');
    await startRun(page);
    await expectTold(page, /^Camera 0 is not there: plug it in/, 'E_CAMERA_MISSING');
    await button(page, 'Use the sample video').click();
    await expectRuns(page);
    await expect.poll(() => page.getByRole('textbox', { name: 'Input camera' }).inputValue()).toMatch(/shapes\.mp4$/);
  });

  test('because it was not allowed: once it is, trying again is enough', async () => {
    const page = await windowWith(['--use-fake-device-for-media-stream']);
    await openAs(page, editor, 'denied', LOOK);
    await startRun(page);
    await expectTold(page, /^Camera 0 may not be used: allow the camera/, 'E_CAMERA_DENIED');
    await page.context().grantPermissions(['camera']);
    await button(page, 'Try again').click();
    await expectRuns(page);
  });

  test('because another program has it, or it is not plugged in: trying again is enough once it can be used', async () => {
    const film = join(editor.home, 'film.y4m');
    renderFilm(film, { width: 160, height: 120, fps: 30, frames: 30 }, (planes, index) => planes.fill(60 + index));
    const camera = new FilmCamera(film);
    const page = await windowWith(cameraFlags(film));
    await openAs(page, editor, 'busy', LOOK);
    camera.makeBusy();
    await startRun(page);
    await expectTold(page, /^Camera 0 is used by another program: close that/, 'E_CAMERA_BUSY');
    camera.unplug();
    await button(page, 'Try again').click();
    await expectTold(page, /^Camera 0 is not there: plug it in/, 'E_CAMERA_MISSING');
    camera.plugIn();
    await button(page, 'Try again').click();
    await expectRuns(page);
  });

  test('because browsers do not trust the page with cameras', async () => {
    const page = await windowWith(cameraFlags(''));
    await page.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false }));
    await page.reload();
    await page.getByText('Engine ready').waitFor();
    await openAs(page, editor, 'insecure', LOOK);
    await startRun(page);
    await expectTold(page, /^Camera 0 cannot be used from here: a browser gives cameras only/, 'E_CAMERA');
    await button(page, 'Choose another camera').click();
    await page.getByText('Browsers give cameras only to pages of https or localhost.').waitFor();
    await page.getByRole('menuitem', { name: 'Test pattern' }).click();
    await expectRuns(page);
  });

  test('though another can: two are seen with at once, and each is on for its own node', async () => {
    const page = await windowWith([
      '--use-fake-device-for-media-stream=device-count=2',
      '--use-fake-ui-for-media-stream',
    ]);
    await watchCameras(page);
    const two: Omit<Graph, 'weft'> = {
      nodes: [
        ...LOOK.nodes,
        { id: 'other', type: 'video/camera@1', params: { device: '1', width: 320, height: 240 }, ui: { at: [0, 300] } },
        { id: 'tell-other', type: 'e2e/tell@1', ui: { at: [400, 300] } },
      ],
      wires: [...(LOOK.wires ?? []), { from: 'other.index', to: 'tell-other.value' }],
    };
    await openAs(page, editor, 'two', two);
    await startRun(page);
    await expect.poll(() => camerasOn(page)).toBe(2);
    const log = await panel(page, 'Log');
    for (const said of [/tell\s+#/, /tell-other\s+#/]) await expect.poll(() => log.innerText()).toMatch(said);
    await stopButton(page).click();
    await ended(page);
    await expect.poll(() => camerasOn(page)).toBe(0);
  });
});
