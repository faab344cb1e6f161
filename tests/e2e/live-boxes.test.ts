import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cameraFlags } from './camera-film.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import {
  type Age,
  agesOf,
  boxedPictures,
  camerasRead,
  overlap,
  seePictures,
  takeCaptures,
  viewLarge,
  viewOf,
  watchBoxes,
  watchCamera,
} from './live-view.ts';
import type { SeenPicture } from './probe/seen-picture.ts';
import { ended, node, openSample, runBar, startRun, stopButton } from './run-steps.ts';
import { renderShapeFilm } from './shape-film.ts';
import { onDesktop } from './which-host.ts';

/** So few that any machine keeps up with it. */
const FPS = 15;
const PICTURES = 300;

// The browser of the stand-in takes no flags.
describe.skipIf(!hasBrowser || onDesktop)('boxes on a live picture', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-film-'));
  let editor: Editor;
  let browser: EditorBrowser;
  let page: Page;

  beforeAll(async () => {
    const film = join(folder, 'shapes.y4m');
    renderShapeFilm(film, FPS);
    editor = await startEditor();
    browser = await EditorBrowser.start(cameraFlags(film));
    page = await browser.open(editor, { viewport: { width: 900, height: 700 } });
    await watchCamera(page);
    await openSample(page, 'Detect objects in front of a camera', 'detect-live');
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
    expect(browser.faults).toEqual([]);
  });

  test('lie on what they are of in the very frame that is shown, and nothing queues up', {
    timeout: 150_000,
  }, async () => {
    await setConf('0.5');
    await page.keyboard.press('Enter');
    await startRun(page);
    const picture = await viewLarge(page, 'original');
    await expect.poll(() => picture.getAttribute('aria-label'), { timeout: 20_000 }).toMatch(/with 2 boxes$/);
    await takeCaptures(page);
    const seen = await seePictures(picture, PICTURES);
    const ages = agesOf(seen, await takeCaptures(page));

    const shares = overlaps(seen);
    expect(shares.filter((share) => share < 0.7)).toEqual([]);
    expect(shares.length).toBeGreaterThan(0.95 * 2 * PICTURES);
    // Shapes move by almost a third of their width: boxes that came one frame late would lie beside them.
    const late = overlaps(oneFrameLate(seen));
    expect(late.filter((share) => share < 0.7).length).toBeGreaterThan(0.5 * late.length);

    // On a slow machine frames are left out, but those that are shown do not grow older and older.
    const third = Math.floor(ages.length / 3);
    expect(third).toBeGreaterThan(PICTURES / 4);
    // Were they to queue up, the last ones would be dozens of frames older than the first.
    expect(medianFrames(ages.slice(-third))).toBeLessThanOrEqual(2 * medianFrames(ages.slice(0, third)) + 5);
    // The node's own picture, which is covered, rests meanwhile.
    const covered = () =>
      node(page, 'original')
        .locator('canvas')
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const before = await covered();
    await seePictures(picture, 5);
    expect(await covered()).toBe(before);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('change within three frames of the confidence, with the camera as it is', async () => {
    const picture = viewOf(page, 'original');
    await expect.poll(() => picture.getAttribute('aria-label')).toMatch(/with 2 boxes$/);
    await setConf('0.99');
    await watchBoxes(picture);
    await page.keyboard.press('Enter');
    // The first one was there before.
    expect((await boxedPictures(page)).length - 1).toBeLessThanOrEqual(3);
    await setConf('0.5');
    await page.keyboard.press('Enter');
    await expect.poll(() => picture.getAttribute('aria-label')).toMatch(/with 2 boxes$/);
    expect(await camerasRead(page)).toBe(1);
  });

  test('come with the rate and the age of what is shown, and the camera is off when the run has ended', async () => {
    await node(page, 'original')
      .getByText(/^\d+ fps · \d+ ms/)
      .waitFor();
    await stopButton(page).click();
    expect(await ended(page)).toMatch(/^Done in/);
    await node(page, 'original')
      .getByText(/^\d+ fps/)
      .waitFor({ state: 'detached' });
  });

  /** Writes it; it counts once a key has taken it over. */
  async function setConf(value: string): Promise<void> {
    const conf = runBar(page).getByRole('spinbutton', { name: 'Input conf' });
    await conf.click();
    await conf.fill(value);
  }

  function medianFrames(ages: readonly Age[]): number {
    const frames = ages.map(({ frames }) => frames).sort((a, b) => a - b);
    return frames[Math.floor(frames.length / 2)];
  }

  /** How far each box that is drawn and what it is of are the same, over all pictures. */
  function overlaps(pictures: readonly SeenPicture[]): number[] {
    return pictures.flatMap(({ things }) =>
      things.flatMap(({ shape, box }) => (box === null ? [] : [shape === null ? 0 : overlap(shape, box)])),
    );
  }

  /** Each picture with the boxes of the one before. */
  function oneFrameLate(pictures: readonly SeenPicture[]): SeenPicture[] {
    return pictures.slice(1).map((picture, before) => ({
      ...picture,
      things: picture.things.map(({ shape }, k) => ({ shape, box: pictures[before].things[k].box })),
    }));
  }
});
