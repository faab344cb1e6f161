import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  boxOf,
  drag,
  dragFromPalette,
  expectBox,
  history,
  middleOf,
  nodes,
  openBuilt,
  pin,
  placeOn,
  saved,
  selected,
  undo,
  wire,
  wires,
} from './build-steps.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { canvas, dropFiles, tab } from './person-steps.ts';
import { PICTURES } from './pictures-graph.ts';
import { node } from './run-steps.ts';

const IDS = ['adjust', 'blur', 'read', 'resize', 'size', 'text'];
const CHAIN = ['blur.image → resize.image', 'read.image → blur.image'];

describe.skipIf(!hasBrowser)('nodes are inserted', () => {
  let editor: Editor;
  let browser: EditorBrowser;
  let page: Page;
  let path: string;

  beforeAll(async () => {
    editor = await startEditor();
    browser = await EditorBrowser.start();
  });
  beforeEach(async () => {
    page = await browser.open(editor);
    path = await openBuilt(page, editor, 'pictures', PICTURES);
    await wire(page, 'read.image', 'blur.image').waitFor({ state: 'attached' });
  });
  afterEach(() => browser.leave(page));
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  const field = () => page.getByPlaceholder('Add a node');
  const options = () => page.getByRole('dialog', { name: 'Add a node' }).getByRole('option');

  test('where they are dropped from the palette, selected, in one step, and the view stays where it is', async () => {
    const before = await boxOf(node(page, 'read'));
    const place = await placeOn(page, -100, 200);
    await dragFromPalette(page, 'Crop', place);
    await expectBox(node(page, 'crop'), place);
    await expect.poll(() => selected(page)).toEqual(['crop']);
    await expect.poll(() => boxOf(node(page, 'read'))).toEqual(before);
    expect(await history(page)).toEqual(['Add image/crop', 'Opened']);
    await undo(page);
    await expect.poll(() => nodes(page)).toEqual(IDS);
  });

  test('by a search in the palette, then Enter or a double-click', async () => {
    await page.getByRole('searchbox', { name: 'Search nodes' }).fill('crop');
    await page.keyboard.press('Enter');
    await node(page, 'crop').waitFor();
    const row = page.getByRole('complementary', { name: 'Palette' }).getByRole('button', { name: 'Crop' });
    await row.click();
    await expect.poll(() => nodes(page)).toEqual(['adjust', 'blur', 'crop', 'read', 'resize', 'size', 'text']);
    await row.dblclick();
    await node(page, 'crop-2').waitFor();
  });

  test('by a double-click on the canvas: there, by a name, a keyword, with pins and summary beside the list', async () => {
    const place = await placeOn(page, -100, 200);
    await page.mouse.dblclick(place.x, place.y);
    await field().fill('gaussian');
    await options().first().waitFor();
    await expect.poll(() => options().first().innerText()).toContain('Blur');
    const card = page.getByRole('dialog', { name: 'Add a node' }).getByText('sigma');
    await card.waitFor();
    await field().fill('image size');
    await options().getByText('Image size', { exact: true }).click();
    await expectBox(node(page, 'size-2'), place);
    // What was used last comes first.
    await page.mouse.dblclick(place.x, place.y + 120);
    await field().waitFor();
    await expect.poll(() => options().first().innerText()).toContain('Image size');
    await page.keyboard.press('Escape');
    await field().waitFor({ state: 'detached' });
  });

  test('by Tab at the pointer, while the mouse is in use', async () => {
    const place = await placeOn(page, -100, 200);
    await page.mouse.click(place.x, place.y);
    await page.keyboard.press('Tab');
    await field().fill('crop');
    await page.keyboard.press('Enter');
    await expectBox(node(page, 'crop'), place);
  });

  test('by a wire dropped on nothing: only those that take it, wired to it in the same step', async () => {
    await drag(page, await middleOf(pin(page, 'read.image', 'output')), await placeOn(page, -100, 220));
    await page.getByPlaceholder('Nodes that fit image').waitFor();
    const titles = await options().allInnerTexts();
    expect(titles.some((title) => title.startsWith('Crop'))).toBe(true);
    expect(titles.some((title) => /^(Number|Load model|Read image|Decode detections)/.test(title))).toBe(false);
    await page.keyboard.type('crop');
    await page.keyboard.press('Enter');
    await wire(page, 'read.image', 'crop.image').waitFor({ state: 'attached' });
    expect(await history(page)).toHaveLength(2);
    await undo(page);
    await expect.poll(() => nodes(page)).toEqual(IDS);
    await expect.poll(() => wires(page)).toEqual(CHAIN);

    // And from an input: only those that give it.
    await drag(page, await middleOf(pin(page, 'adjust.image', 'input')), await placeOn(page, -100, 220));
    await page.getByPlaceholder('Nodes that fit image').waitFor();
    const giving = await options().allInnerTexts();
    expect(giving.some((title) => title.startsWith('Read image'))).toBe(true);
    expect(giving.some((title) => /^(Image size|Number)/.test(title))).toBe(false);
    await page.keyboard.type('read image');
    await page.keyboard.press('Enter');
    await wire(page, 'read-2.image', 'adjust.image').waitFor({ state: 'attached' });
  });

  test('into a wire that they are dropped on, from the canvas or the palette, where the types allow it', async () => {
    const title = await middleOf(node(page, 'adjust').locator('header'));
    const [from, to] = [await middleOf(pin(page, 'blur.image', 'output')), await boxOf(node(page, 'resize'))];
    const between = { x: (from.x + to.x) / 2, y: from.y };
    const adjust = await boxOf(node(page, 'adjust'));
    // The middle of the node goes onto the wire.
    const over = { x: between.x, y: between.y - adjust.height / 2 + (title.y - adjust.y) };
    await drag(page, title, { x: title.x + 20, y: title.y }, over);
    await wire(page, 'blur.image', 'adjust.image').waitFor({ state: 'attached' });
    await expect
      .poll(() => wires(page))
      .toEqual(['adjust.image → resize.image', 'blur.image → adjust.image', 'read.image → blur.image']);
    expect(await history(page)).toEqual(['Insert into a wire', 'Opened']);
    await undo(page);
    await expect.poll(() => wires(page)).toEqual(CHAIN);
    await expect.poll(() => boxOf(node(page, 'adjust'))).toEqual(adjust);

    await dragFromPalette(page, 'Crop', between);
    await wire(page, 'crop.image', 'resize.image').waitFor({ state: 'attached' });
    await expect
      .poll(() => wires(page))
      .toEqual(['blur.image → crop.image', 'crop.image → resize.image', 'read.image → blur.image']);
    await undo(page);
    // A number has no place in a wire of pictures: it is only added.
    await dragFromPalette(page, 'Add batch', between);
    await node(page, 'add-batch').waitFor();
    await expect.poll(() => wires(page)).toEqual(CHAIN);
  });

  test('for files that are dropped: each becomes the node that reads it; graphs open, others are told of', async () => {
    await dropFiles(canvas(page).getByRole('application', { name: 'Graph' }), [
      { name: 'photo.jpg', text: 'x' },
      { name: 'clip.mp4', text: 'x' },
      { name: 'net.onnx', text: 'x' },
      { name: 'data.npy', text: 'x' },
      { name: 'report.pdf', text: 'x' },
    ]);
    for (const id of ['read-2', 'read-3', 'load', 'read-npy']) await node(page, id).waitFor();
    await page
      .getByRole('region', { name: 'Notices' })
      .getByText(/^No node reads report.pdf/)
      .waitFor();
    const { nodes: built } = await saved(page, path);
    const [photo, clip, net, data] = built.slice(-4);
    expect([photo.type, clip.type, net.type, data.type]).toEqual([
      'image/read@1',
      'video/read@1',
      'model/load@1',
      'tensor/read-npy@1',
    ]);
    expect(readFileSync(join(editor.files, String(photo.params?.path)), 'utf8')).toBe('x');

    await dropFiles(canvas(page).getByRole('application', { name: 'Graph' }), [
      { name: 'other.weft.json', text: '{ "weft": 1, "nodes": [] }' },
    ]);
    await tab(page, 'other').waitFor();
  });
});
