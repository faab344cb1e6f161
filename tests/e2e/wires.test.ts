import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  boxOf,
  drag,
  drawWire,
  history,
  middleOf,
  openBuilt,
  type Place,
  pin,
  placeOn,
  press,
  saved,
  undo,
  wire,
  wires,
} from './build-steps.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { said } from './person-steps.ts';
import { PICTURES } from './pictures-graph.ts';
import { node } from './run-steps.ts';

const CHAIN = ['blur.image → resize.image', 'read.image → blur.image'];

describe.skipIf(!hasBrowser)('wires', () => {
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

  const verdict = (end: string, side: 'input' | 'output') => pin(page, end, side).getAttribute('data-verdict');
  const input = (end: string) => middleOf(pin(page, end, 'input'));
  const notice = (sentence: string | RegExp) => page.getByRole('region', { name: 'Notices' }).getByText(sentence);
  /** A place on the way of a wire, 0 at its beginning and 1 at its end. */
  const along = (from: string, to: string, part: number): Promise<Place> =>
    wire(page, from, to)
      .locator('path.wire-reach')
      .evaluate((path, part) => {
        if (!(path instanceof SVGPathElement)) throw new Error('A wire is drawn as a path.');
        const point = path.getPointAtLength(path.getTotalLength() * part);
        const { x, y } = point.matrixTransform(path.getScreenCTM() ?? new DOMMatrix());
        return { x, y };
      }, part);

  test('while one is dragged, pins that take it light up and the others dim and say why', async () => {
    await press(page, await middleOf(pin(page, 'text.value', 'output')));
    const { x, y } = await input('blur.image');
    await page.mouse.move(x, y, { steps: 5 });
    await expect.poll(() => verdict('text.value', 'output')).toBe('source');
    await expect.poll(() => verdict('read.path', 'input')).toBe('accepts');
    await expect.poll(() => verdict('blur.image', 'input')).toBe('refuses');
    await expect.poll(() => verdict('blur.image', 'output')).toBe('refuses');
    const sentence = /^Blur needs an image .*but Text gives string/;
    await page.locator('.react-flow__connectionline').getByText(sentence).waitFor({ timeout: 3000 });
    await expect
      .poll(() => pin(page, 'blur.image', 'input').evaluate((it) => Number(getComputedStyle(it).opacity)))
      .toBe(0.25);
    await page.mouse.up();
    await notice(sentence).waitFor();
    await expect.poll(() => verdict('blur.image', 'input')).toBeNull();
    await expect.poll(() => wires(page)).toEqual(CHAIN);
    expect(await history(page)).toEqual(['Opened']);
  });

  test('Escape gives up the one that is dragged', async () => {
    await press(page, await middleOf(pin(page, 'read.image', 'output')));
    const { x, y } = await input('adjust.image');
    await page.mouse.move(x, y, { steps: 5 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect.poll(() => wires(page)).toEqual(CHAIN);
    await expect.poll(() => page.getByPlaceholder(/^Nodes that fit/).count()).toBe(0);
  });

  test('are drawn from an output to an input, and from an input to an output', async () => {
    await drawWire(page, 'read.image', 'adjust.image');
    await wire(page, 'read.image', 'adjust.image').waitFor({ state: 'attached' });
    await said(page).getByText('Connected image of Read image to image of Adjust.').waitFor();
    await drag(page, await input('size.image'), await middleOf(pin(page, 'adjust.image', 'output')));
    await wire(page, 'adjust.image', 'size.image').waitFor({ state: 'attached' });
    await undo(page);
    await undo(page);
    await expect.poll(() => wires(page)).toEqual(CHAIN);
  });

  test('dropped on a node go to the first of its pins that takes them, or are refused', async () => {
    const from = await middleOf(pin(page, 'read.width', 'output'));
    await drag(page, from, await middleOf(node(page, 'resize').locator('header')));
    await wire(page, 'read.width', 'resize.width').waitFor({ state: 'attached' });
    await drag(page, from, await middleOf(node(page, 'size').locator('header')));
    await notice('No pin of this node takes the wire: choose another node.').waitFor();
  });

  test('dropped on an input that has one replace it, in one step', async () => {
    await drawWire(page, 'read.image', 'resize.image');
    await wire(page, 'read.image', 'resize.image').waitFor({ state: 'attached' });
    await expect.poll(() => wires(page)).toEqual(['read.image → blur.image', 'read.image → resize.image']);
    expect(await history(page)).toEqual(['Connect read to resize', 'Opened']);
    await undo(page);
    await expect.poll(() => wires(page)).toEqual(CHAIN);
    await page.keyboard.press('Control+Y');
    await expect.poll(() => wires(page)).toEqual(['read.image → blur.image', 'read.image → resize.image']);
  });

  test('are pulled off their input to another one, or to nowhere, each in one step', async () => {
    await drag(page, await input('resize.image'), await input('size.image'));
    await wire(page, 'blur.image', 'size.image').waitFor({ state: 'attached' });
    await expect.poll(() => wires(page)).toEqual(['blur.image → size.image', 'read.image → blur.image']);
    await drag(page, await input('size.image'), await placeOn(page, 0, 260));
    await wire(page, 'blur.image', 'size.image').waitFor({ state: 'detached' });
    expect(await history(page)).toEqual(['Remove a wire', 'Move a wire to size', 'Opened']);
    await undo(page);
    await undo(page);
    await expect.poll(() => wires(page)).toEqual(CHAIN);
  });

  test('that are pulled off and put back, given up or refused stay where they are', async () => {
    const at = await input('resize.image');
    await drag(page, at, { x: at.x - 60, y: at.y + 40 }, at);
    await press(page, at);
    await page.mouse.move(at.x - 60, at.y + 60, { steps: 4 });
    await expect.poll(() => wire(page, 'blur.image', 'resize.image').locator('path').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await drag(page, at, await input('resize.width'));
    await notice(/^Resize needs an integer, but Blur gives image/).waitFor();
    await expect.poll(() => wires(page)).toEqual(CHAIN);
    expect(await history(page)).toEqual(['Opened']);
  });

  test('get points to go through by double-clicks, which are dragged and taken away again', async () => {
    const { x, y } = await along('read.image', 'blur.image', 0.5);
    await page.mouse.dblclick(x, y);
    const point = wire(page, 'read.image', 'blur.image').locator('circle.reroute');
    await point.waitFor();
    await drag(page, await middleOf(point), { x, y: y - 30 }, { x, y: y - 70 });
    await expect.poll(async () => (await middleOf(point)).y).toBeCloseTo(y - 70, -1);
    expect((await saved(page, path)).wires?.[0].ui?.via).toHaveLength(1);
    const there = await middleOf(point);
    await page.mouse.dblclick(there.x, there.y);
    await point.waitFor({ state: 'detached' });
    expect(await history(page)).toEqual([
      'Remove a point of a wire',
      'Move a point of a wire',
      'Add a point to a wire',
      'Opened',
    ]);
    await undo(page);
    await point.waitFor();
    await undo(page);
    await undo(page);
    await point.waitFor({ state: 'detached' });
  });

  test('are cut by a line drawn with Alt, all in one step', async () => {
    const [one, two] = [await along('read.image', 'blur.image', 0.5), await along('blur.image', 'resize.image', 0.5)];
    await page.keyboard.down('Alt');
    const above = (await boxOf(node(page, 'blur'))).y - 20;
    await drag(
      page,
      { x: one.x, y: one.y + 30 },
      { x: one.x, y: above },
      { x: two.x, y: above },
      { x: two.x, y: two.y + 30 },
    );
    await page.keyboard.up('Alt');
    await expect.poll(() => wires(page)).toEqual([]);
    expect(await history(page)).toEqual(['Cut wires', 'Opened']);
    await undo(page);
    await expect.poll(() => wires(page)).toEqual(CHAIN);
  });

  test('are selected by a click and deleted by a key, or by their menu', async () => {
    const { x, y } = await along('read.image', 'blur.image', 0.5);
    await page.mouse.click(x, y);
    await page.keyboard.press('Delete');
    await expect.poll(() => wires(page)).toEqual([CHAIN[0]]);
    const other = await along('blur.image', 'resize.image', 0.5);
    await page.mouse.click(other.x, other.y, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await wire(page, 'blur.image', 'resize.image').waitFor({ state: 'detached' });
    await undo(page);
    await undo(page);
    await expect.poll(() => wires(page)).toEqual(CHAIN);
  });
});
