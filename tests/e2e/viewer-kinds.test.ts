import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canvasPixels, type Pixels } from './canvas-pixels.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { node, openAs, run, saveAgain, TEST_NODES } from './run-steps.ts';

const PHOTO = join(import.meta.dirname, '../../resources/media/shapes.jpg');
const SIZE = [420, 340] as const;

describe.skipIf(!hasBrowser)('a viewer', () => {
  let editor: Editor;
  let browser: EditorBrowser;
  let page: Page;

  beforeAll(async () => {
    editor = await startEditor({ nodes: TEST_NODES });
    browser = await EditorBrowser.start();
    page = await browser.open(editor);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  const picture = (id: string) => node(page, id).getByRole('img', { name: /^Picture of/ });
  const button = (id: string, name: string | RegExp) => node(page, id).getByRole('button', { name });

  /** Points at a place of an element, given as shares of its width and height. */
  async function pointAt(element: Locator, x: number, y: number): Promise<void> {
    const box = await element.boundingBox();
    if (box === null) throw new Error('It is not on the page.');
    // Once it stands still.
    await element.hover({ position: { x: x * box.width, y: y * box.height } });
  }

  /** Chooses from the menu of a viewer. */
  async function choose(id: string, name: string): Promise<void> {
    await node(page, id).hover();
    await button(id, 'What is shown').click();
    await page.getByRole('menuitemradio', { name, exact: true }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
  }

  test('shows feature maps side by side: page by page, one enlarged, with the value under the pointer', async () => {
    await openAs(page, editor, 'maps', {
      nodes: [
        { id: 'maps', type: 'e2e/maps@1', ui: { at: [0, 0], size: SIZE, viewer: true } },
        { id: 'out', type: 'io/output@1', params: { name: 'tensor' }, ui: { at: [600, 0] } },
      ],
      wires: [{ from: 'maps.tensor', to: 'out.value' }],
    });
    await run(page);
    const viewer = node(page, 'maps');
    await viewer.getByText('maps 0–63 of 70').waitFor();
    // A click on a map enlarges it: the second of the first row of eight.
    const { width, height } = await canvasPixels(picture('maps'));
    const scale = Math.min(width / 80, height / 64);
    const [left, top] = [(width - 80 * scale) / 2, (height - 64 * scale) / 2];
    await pointAt(picture('maps'), (left + 15.5 * scale) / width, (top + 4.5 * scale) / height);
    await viewer.getByText(/map 1 · x 5 y 4 · 145/).waitFor();
    await page.mouse.down();
    await page.mouse.up();
    await viewer.getByText('map 1 of 70').waitFor();
    // Its middle is column 5 of row 4.
    await pointAt(picture('maps'), 0.51, 0.51);
    await viewer.getByText(/map 1 · x 5 y 4 · 145/).waitFor();
    await button('maps', 'Next map').click();
    await viewer.getByText('map 2 of 70').waitFor();
    await pointAt(picture('maps'), 0.51, 0.51);
    await viewer.getByText(/map 2 · x 5 y 4 · 245/).waitFor();
    await button('maps', /^Batch 0 of 2/).click();
    await pointAt(picture('maps'), 0.51, 0.52);
    await viewer.getByText(/map 2 · x 5 y 4 · 10245/).waitFor();
    await button('maps', 'All maps').click();
    await button('maps', 'Next maps').click();
    await viewer.getByText('maps 6–69 of 70').waitFor();
  });

  test('stretches the values of all maps alike, or those of each for itself', async () => {
    await button('maps', /^Batch 1 of 2/).click();
    await button('maps', 'Previous maps').click();
    await node(page, 'maps').getByText('maps 0–63 of 70').waitFor();
    // In the first of the batch no value is near the greatest of the tensor: 6379 of 16979.
    await expect.poll(async () => brightness(await canvasPixels(picture('maps')))).toBeLessThan(70);
    await button('maps', 'A range for each map').click();
    await expect.poll(async () => brightness(await canvasPixels(picture('maps')))).toBeGreaterThan(110);
    await saveAgain(page, 'maps');
  });

  test('lays the picture of another pin over a part of its own, with a line to drag; that is kept and undone', async () => {
    await openAs(page, editor, 'compare', {
      nodes: [
        { id: 'read', type: 'image/read@1', params: { path: PHOTO }, ui: { at: [-260, 0] } },
        { id: 'grey', type: 'image/colour@1', params: { to: 'grey' }, ui: { at: [0, 0], size: SIZE, viewer: true } },
        { id: 'out', type: 'io/output@1', params: { name: 'grey' }, ui: { at: [500, 0], viewer: false } },
      ],
      wires: [
        { from: 'read.image', to: 'grey.image' },
        { from: 'grey.image', to: 'out.value' },
      ],
    });
    await run(page);
    await picture('grey').waitFor();
    const alone = await canvasPixels(picture('grey'));
    expect(colourful(alone, 0, 1)).toBe(0);
    await choose('grey', 'read.image');
    const line = node(page, 'grey').getByRole('slider', { name: 'Line between read.image and grey.image' });
    await line.waitFor();
    await expect.poll(async () => colourful(await canvasPixels(picture('grey')), 0, 0.48)).toBeGreaterThan(0.1);
    expect(colourful(await canvasPixels(picture('grey')), 0.52, 1)).toBe(0);
    // By keyboard to the left border, where nothing of the other is left, and back by mouse.
    await line.press('Home');
    await expect.poll(async () => colourful(await canvasPixels(picture('grey')), 0, 1)).toBe(0);
    await pointAt(line, 0.5, 0.5);
    await page.mouse.down();
    await pointAt(picture('grey'), 0.9, 0.5);
    await page.mouse.up();
    await expect.poll(async () => Number(await line.getAttribute('aria-valuenow'))).toBeGreaterThan(80);
    await saveAgain(page, 'compare');
    expect(savedNode('compare', 'grey').ui.beside).toBe('read.image');
    await page.keyboard.press('Control+Z');
    await line.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+Z');
    await line.waitFor();
    await saveAgain(page, 'compare');
  });

  test('plots the numbers of a stream, with gaps where there is none', async () => {
    await openAs(page, editor, 'wave', {
      nodes: [
        { id: 'wave', type: 'e2e/wave@1', ui: { at: [0, 0], size: SIZE, viewer: true } },
        { id: 'tell', type: 'e2e/tell@1', ui: { at: [600, 0] } },
      ],
      wires: [{ from: 'wave.value', to: 'tell.value' }],
    });
    await run(page);
    const plot = node(page, 'wave').getByRole('img', { name: 'Plot of Wave: items 0 to 39, from 0 to 19.5' });
    await plot.waitFor();
    // Two pieces: before the numbers that are none, and after them.
    expect((await plot.locator('path').getAttribute('d'))?.match(/M/g)).toHaveLength(2);
    await pointAt(plot, 0.999, 0.5);
    await node(page, 'wave').getByText('item 39 19.5').waitFor();
    await saveAgain(page, 'wave');
  });

  test('shows a table that can be sorted and copied, and JSON as a tree', async () => {
    await openAs(page, editor, 'rows', {
      nodes: [
        { id: 'rows', type: 'e2e/rows@1', ui: { at: [0, 0], size: SIZE, viewer: true } },
        { id: 'tell', type: 'e2e/tell@1', ui: { at: [600, 0] } },
      ],
      wires: [{ from: 'rows.table', to: 'tell.value' }],
    });
    await run(page);
    const table = node(page, 'rows').getByRole('table', { name: 'Table of Rows' });
    await table.getByRole('cell', { name: 'row 0', exact: true }).waitFor();
    expect(await table.getByRole('row').count()).toBeLessThan(60);
    expect(await table.getAttribute('aria-rowcount')).toBe('401');
    await table.getByRole('button', { name: 'score' }).click();
    await table.getByRole('button', { name: 'score' }).click();
    await expect.poll(() => table.getByRole('row').nth(1).innerText()).toMatch(/row 227\s+399/);
    await node(page, 'rows').hover();
    await button('rows', 'Copy the table').click();
    await page.getByRole('region', { name: 'Notices' }).getByText('Copied 400 rows').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split('\n').slice(0, 3)).toEqual(['name\tscore', 'row 227\t399', 'row 54\t398']);

    await choose('rows', 'tree');
    const list = node(page, 'rows').getByRole('button', { name: 'list:' });
    await list.waitFor();
    expect(await list.getAttribute('aria-expanded')).toBe('false');
    await list.click();
    await node(page, 'rows').getByText('2: 3', { exact: true }).waitFor();
    await saveAgain(page, 'rows');
    expect(savedNode('rows', 'rows').ui.viewer).toBe('tree');
  });

  function savedNode(file: string, id: string): { ui: Record<string, unknown> } {
    const { nodes } = JSON.parse(readFileSync(join(editor.files, `${file}.weft.json`), 'utf8'));
    return nodes.find((saved: { id: string }) => saved.id === id);
  }
});

/** Mean of the samples of a grey picture, where there is one. */
function brightness({ rgba }: Pixels): number {
  let sum = 0;
  let count = 0;
  for (let k = 0; k < rgba.length; k += 4) {
    if (rgba[k + 3] !== 255) continue;
    sum += rgba[k];
    count++;
  }
  return sum / count;
}

/** Share of the pixels between two shares of the width that are no grey. */
function colourful({ width, height, rgba }: Pixels, from: number, to: number): number {
  let count = 0;
  const [first, last] = [Math.ceil(from * width), Math.floor(to * width)];
  for (let y = 0; y < height; y++) {
    for (let x = first; x < last; x++) {
      const [r, g, b] = rgba.subarray((y * width + x) * 4);
      if (Math.max(r, g, b) - Math.min(r, g, b) > 24) count++;
    }
  }
  return count / (height * (last - first));
}
