import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/shared/graph/document.ts';
import { cameraFlags, renderFilm } from './camera-film.ts';
import { camerasOn, FilmCamera, watchCameras } from './camera-steps.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { ended, hoverPin, node, openAs, panel, runBar, startRun, stopButton, TEST_NODES } from './run-steps.ts';
import { onServer } from './which-host.ts';

const FILM = { width: 320, height: 240, fps: 30, frames: 30 };
const SEE = { id: 'see', type: 'video/camera@1', params: { width: FILM.width, height: FILM.height } };
/** What a camera sees, with the number of each frame. */
const LOOK: Omit<Graph, 'weft'> = {
  nodes: [SEE, { id: 'tell', type: 'e2e/tell@1', ui: { at: [400, 0] } }],
  wires: [{ from: 'see.index', to: 'tell.value' }],
};

// The stand-in's Chromium has no camera.
describe.runIf(hasBrowser && onServer)('the camera of the window', () => {
  let editor: Editor;
  let browser: EditorBrowser;
  let page: Page;
  let camera: FilmCamera;

  beforeAll(async () => {
    editor = await startEditor({ nodes: TEST_NODES });
    const film = join(editor.home, 'film.y4m');
    // A grey that grows lighter from frame to frame.
    renderFilm(film, FILM, (planes, index) => planes.fill(60 + index, 0, FILM.width * FILM.height));
    camera = new FilmCamera(film);
    browser = await EditorBrowser.start(cameraFlags(film));
  });
  beforeEach(async () => {
    page = await browser.open(editor);
    await watchCameras(page);
  });
  afterEach(async () => {
    camera.plugIn();
    await browser.leave(page);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  /** How many frames have come, as the run says. */
  const frames = async () => Number(/frame (\d+)/.exec(await runBar(page).innerText())?.[1] ?? 0);
  const openDevices = () => page.getByRole('button', { name: 'Cameras for device of see' }).click();
  const trouble = (): Locator => page.getByRole('alert').filter({ hasText: /unplugged/ });

  test('gives its frames to the run that it is switched on for, and is off when that has ended', async () => {
    await openAs(page, editor, 'look', LOOK);
    await expect.poll(() => camerasOn(page)).toBe(0);
    await startRun(page);
    await expect.poll(frames).toBeGreaterThan(20);
    await expect.poll(() => camerasOn(page)).toBe(1);
    const look = await hoverPin(page, 'see', 'output frame');
    await look
      .getByText(/320.*240/)
      .first()
      .waitFor();
    await stopButton(page).click();
    expect(await ended(page)).toMatch(/^Stopped|^Done/);
    await expect.poll(() => camerasOn(page)).toBe(0);
  });

  test('is off when a node has failed', async () => {
    const fails: Omit<Graph, 'weft'> = {
      nodes: [...LOOK.nodes, { id: 'fail', type: 'e2e/fail-from@1', params: { limit: 10 }, ui: { at: [400, 200] } }],
      wires: [
        { from: 'see.index', to: 'fail.x' },
        { from: 'fail.y', to: 'tell.value' },
      ],
    };
    await openAs(page, editor, 'fails', fails);
    await startRun(page);
    await ended(page);
    await node(page, 'fail').getByRole('img', { name: 'Failed' }).waitFor();
    await expect.poll(() => camerasOn(page)).toBe(0);
  });

  test('is chosen by name from a list that says what it gives; the choice can be undone', async () => {
    await openAs(page, editor, 'choose', LOOK);
    const device = () => page.getByRole('textbox', { name: 'device of see' }).getAttribute('title');
    await openDevices();
    const film = page.getByRole('menuitem', { name: /film\.y4m.*up to 320×240, 30 fps/ });
    await film.waitFor();
    await page.getByRole('menuitem', { name: 'Test pattern' }).click();
    await expect.poll(device).toBe('pattern');
    await openDevices();
    // A name that reads like that of a file is no name for a graph.
    await film.click();
    await expect.poll(device).toBe('0');
    await node(page, 'tell').locator('header').click();
    await page.keyboard.press('Control+Z');
    await expect.poll(device).toBe('pattern');
  });

  test('that is unplugged is told in words, and the run goes on when it is plugged in again', async () => {
    await openAs(page, editor, 'unplug', LOOK);
    await startRun(page);
    await expect.poll(frames).toBeGreaterThan(5);
    camera.unplug();
    await trouble().waitFor();
    await node(page, 'see')
      .getByText(/was unplugged: plug it in again/)
      .waitFor();
    await (await panel(page, 'Problems')).getByText('E_CAMERA_LOST').waitFor();
    const before = await frames();
    camera.plugIn();
    await expect.poll(frames).toBeGreaterThan(before + 5);
    await trouble().waitFor({ state: 'detached' });
    await expect.poll(() => camerasOn(page)).toBe(1);
    await stopButton(page).click();
    await ended(page);
    await expect.poll(() => camerasOn(page)).toBe(0);
  });

  test('that is unplugged is left for another, or the run is stopped', async () => {
    await openAs(page, editor, 'leave', LOOK);
    await startRun(page);
    await expect.poll(frames).toBeGreaterThan(5);
    camera.unplug();
    await trouble().getByRole('button', { name: 'Choose another camera' }).click();
    await page.getByRole('menuitem', { name: 'Test pattern' }).click();
    await trouble().waitFor({ state: 'detached' });
    await expect.poll(frames).toBeGreaterThan(5);
    await stopButton(page).click();
    await ended(page);

    camera.plugIn();
    await openDevices();
    await page.getByRole('menuitem', { name: /film\.y4m/ }).click();
    await startRun(page);
    await expect.poll(frames).toBeGreaterThan(5);
    camera.unplug();
    await trouble().waitFor();
    await stopButton(page).click();
    expect(await ended(page)).toMatch(/^Stopped|^Done/);
    await trouble().waitFor({ state: 'detached' });
  });

  test('is off when the line to the host is lost', async () => {
    await openAs(page, editor, 'lost', LOOK);
    await startRun(page);
    await expect.poll(() => camerasOn(page)).toBe(1);
    await editor.kill();
    await expect.poll(() => camerasOn(page)).toBe(0);
  });
});
