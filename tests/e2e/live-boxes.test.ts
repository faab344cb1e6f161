import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cameraFlags } from './camera-film.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { agesOf, overlap, seePictures, takeCaptures, viewLarge, watchCamera } from './live-view.ts';
import type { SeenPicture } from './probe/live-picture.ts';
import { openSample, runBar, startRun } from './run-steps.ts';
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

  test('lie on what they are of in the very frame that is shown, soon after it was captured', {
    timeout: 90_000,
  }, async () => {
    const conf = runBar(page).getByRole('spinbutton', { name: 'Input conf' });
    await conf.click();
    await conf.fill('0.5');
    await page.keyboard.press('Enter');
    await startRun(page);
    const picture = await viewLarge(page, 'original');
    await expect.poll(() => picture.getAttribute('aria-label'), { timeout: 20_000 }).toMatch(/with 2 boxes$/);
    await takeCaptures(page);
    const seen = await seePictures(picture, PICTURES);
    const captures = await takeCaptures(page);

    expect(seen).toHaveLength(PICTURES);
    expect(overlaps(seen).filter((share) => share < 0.7)).toEqual([]);
    // Shapes move by almost a third of their width: boxes that come one frame late lie beside them.
    expect(overlaps(oneFrameLate(seen)).filter((share) => share < 0.7).length).toBeGreaterThan(PICTURES);

    const ages = agesOf(seen, captures);
    const times = ages.map(({ ms }) => ms).sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(times.length * share)].toFixed(0);
    console.log(`from camera to screen: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, at ${FPS} frames a second`);
    const inFrames = ages.map(({ frames }) => frames).sort((a, b) => a - b);
    expect(inFrames[Math.floor(inFrames.length / 2)]).toBeLessThanOrEqual(2);
    // The rate is that of the camera: next to no frame is left out.
    expect(seen.length / captures.length).toBeGreaterThan(0.9);
  });

  /** How far each box and what it is of are the same, over all pictures. */
  function overlaps(pictures: readonly SeenPicture[]): number[] {
    return pictures.flatMap(({ things }) =>
      things.map(({ shape, box }) => (shape === null || box === null ? 0 : overlap(shape, box))),
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
