import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp, { type OutputInfo } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canvasPixels, differenceNear, type Pixels, pictureIn } from './canvas-pixels.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { pickFile } from './person-steps.ts';
import { goTo, node, openSample, run } from './run-steps.ts';

const PHOTO = join(import.meta.dirname, '../../resources/media/shapes.jpg');

describe.skipIf(!hasBrowser)('a viewer on a node', () => {
  let editor: Editor;
  let browser: EditorBrowser;
  let page: Page;

  beforeAll(async () => {
    editor = await startEditor();
    browser = await EditorBrowser.start();
    page = await browser.open(editor);
    await openSample(page, 'Detect objects in a picture', 'detect-image');
    await run(page);
    await goTo(page, 'original');
    // A viewer for what the node gives: boxes, drawn by the window onto the picture that they belong to.
    await page.keyboard.press('v');
    await viewer().waitFor();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  const viewer = () => node(page, 'original').getByRole('img', { name: /^Picture of/ });
  const button = (name: string | RegExp) => node(page, 'original').getByRole('button', { name });

  /** The share of the pixels that differ from another picture of the same size. */
  function differing(a: Pixels, b: Pixels): number {
    let count = 0;
    for (let y = 0; y < a.height; y++)
      for (let x = 0; x < a.width; x++) if (differenceNear(a, b, x, y, 0) > 60) count++;
    return count / (a.width * a.height);
  }

  test('draws the boxes onto the picture that they belong to, which can be hidden and shown', async () => {
    await expect.poll(() => viewer().getAttribute('aria-label')).toMatch(/with 12 boxes$/);
    const boxed = await canvasPixels(viewer());
    const photo = await pictureIn(boxed, PHOTO);
    await viewer().hover();
    await button('Hide boxes').click();
    await expect.poll(async () => differing(await canvasPixels(viewer()), boxed)).toBeGreaterThan(0.02);
    expect(differing(await canvasPixels(viewer()), photo)).toBeLessThan(differing(boxed, photo) / 2);
    await button('Show boxes').click();
    await expect.poll(async () => differing(await canvasPixels(viewer()), boxed)).toBe(0);
  });

  test('zooms with the wheel down to single pixels of the source with their values, and back with a double click', async () => {
    await viewer().hover();
    await button('Open large').click();
    const large = page.getByRole('dialog').getByRole('img', { name: /^Picture of/ });
    await large.waitFor();
    const box = await large.boundingBox();
    if (box === null) throw new Error('The picture is not there.');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const whole = await canvasPixels(large);
    for (let k = 0; k < 10; k++) await page.mouse.wheel(0, -400);
    // At the middle of the view is the middle of the picture: there four pixels meet.
    const { data, info } = await sharp(PHOTO).raw().toBuffer({ resolveWithObject: true });
    const sample = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
    await expect
      .poll(() => coloursAround(large), { timeout: 10_000 })
      .toEqual([
        [sample(639, 359), sample(640, 359)],
        [sample(639, 360), sample(640, 360)],
      ]);
    await large.dblclick();
    await expect.poll(async () => differing(await canvasPixels(large), whole)).toBeLessThan(0.01);
    // The same by keyboard.
    await large.press('+');
    await expect.poll(async () => differing(await canvasPixels(large), whole)).toBeGreaterThan(0.02);
    await large.press('0');
    await expect.poll(async () => differing(await canvasPixels(large), whole)).toBeLessThan(0.01);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  /** Colours of the pixels that meet in the middle of a view, a few points away from it, where no value is written. */
  async function coloursAround(canvas: Locator): Promise<number[][][]> {
    const { width, height, rgba } = await canvasPixels(canvas);
    const at = (dx: number, dy: number) => {
      const k = ((Math.round(height / 2) + dy) * width + Math.round(width / 2) + dx) * 4;
      return [...rgba.subarray(k, k + 3)];
    };
    return [
      [at(-3, -3), at(3, -3)],
      [at(-3, 3), at(3, 3)],
    ];
  }

  test('saves the whole picture, as it is seen, where the person says', async () => {
    await viewer().hover();
    await button('Save the picture').click();
    const path = join(editor.files, 'seen.png');
    await pickFile(page, path);
    await page.getByRole('region', { name: 'Notices' }).getByText('Saved the picture').waitFor();
    await expectBoxesIn(await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true }));
  });

  test('copies it to the clipboard', async () => {
    await viewer().hover();
    await button('Copy the picture').click();
    await page.getByRole('region', { name: 'Notices' }).getByText('Copied the picture').waitFor();
    const text = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return new Uint8Array(await (await item.getType('image/png')).arrayBuffer()).toBase64();
    });
    const png = Buffer.from(text, 'base64');
    await expectBoxesIn(await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true }));
  });

  async function expectBoxesIn({ data, info }: { data: Buffer; info: OutputInfo }): Promise<void> {
    expect([info.width, info.height]).toEqual([1280, 720]);
    const saved: Pixels = { width: info.width, height: info.height, rgba: data };
    const share = differing(saved, await pictureIn(saved, PHOTO));
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.2);
  }
});
