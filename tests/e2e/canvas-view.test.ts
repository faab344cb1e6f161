import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  boxOf,
  drag,
  expectBox,
  middleOf,
  openBuilt,
  placeOn,
  press,
  saved,
  selected,
  wire,
  zoom,
} from './build-steps.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { said } from './person-steps.ts';
import { PICTURES } from './pictures-graph.ts';
import { node, perform, select } from './run-steps.ts';

describe.skipIf(!hasBrowser)('the view of a graph', () => {
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

  const isInView = async (id: string) => {
    if ((await node(page, id).count()) === 0) return false;
    const [box, view] = [await boxOf(node(page, id)), await boxOf(page.getByRole('application', { name: 'Graph' }))];
    return box.left >= view.left && box.right <= view.right && box.top >= view.top && box.bottom <= view.bottom;
  };
  const hasAll = async () => {
    for (const { id } of PICTURES.nodes) if (!(await isInView(id))) return false;
    return true;
  };

  test('begins with all of the graph, and is moved by Space or the middle button, with nothing else moved', async () => {
    await expect.poll(hasAll).toBe(true);
    const before = await boxOf(node(page, 'blur'));
    const place = await placeOn(page, -60, 100);
    await page.keyboard.down('Space');
    await page.locator('.react-flow__pane.draggable').waitFor();
    await drag(page, place, { x: place.x + 30, y: place.y + 10 }, { x: place.x + 80, y: place.y + 40 });
    await page.keyboard.up('Space');
    await expect
      .poll(async () => {
        const { x, y } = await boxOf(node(page, 'blur'));
        return [x - before.x, y - before.y];
      })
      .toEqual([80, 40]);
    await expect.poll(() => selected(page)).toEqual([]);
    // Also from a node.
    const title = await middleOf(node(page, 'blur').locator('header'));
    await press(page, title, 'middle');
    await page.mouse.move(title.x - 40, title.y - 20, { steps: 4 });
    await page.mouse.move(title.x - 80, title.y - 40, { steps: 4 });
    await page.mouse.up({ button: 'middle' });
    await expectBox(node(page, 'blur'), { x: before.x, y: before.y });
    expect((await saved(page, path)).nodes.find(({ id }) => id === 'blur')?.ui?.at).toEqual([320, 0]);
  });

  test('zooms at the pointer with the wheel, from 0.1 to 4, and pans with two fingers', async () => {
    const header = node(page, 'blur').locator('header');
    const before = await middleOf(header);
    await page.mouse.move(before.x, before.y);
    await page.mouse.wheel(0, -100);
    await expect.poll(() => zoom(page)).toBeGreaterThan(0.85);
    const after = await middleOf(header);
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(2);
    for (let turn = 0; turn < 6; turn++) await page.mouse.wheel(0, -500);
    await expect.poll(() => zoom(page)).toBe(4);
    for (let turn = 0; turn < 9; turn++) await page.mouse.wheel(0, 500);
    await expect.poll(() => zoom(page)).toBeCloseTo(0.1, 5);
    await page.keyboard.press('Control+0');
    await expect.poll(() => zoom(page)).toBe(1);
    await page.keyboard.press('f');
    await expect.poll(hasAll).toBe(true);
    const still = await boxOf(node(page, 'blur'));
    await page.mouse.wheel(13, 7);
    await expect.poll(async () => (await boxOf(node(page, 'blur'))).x).not.toBe(still.x);
    await expect.poll(() => zoom(page)).toBeLessThan(1);
  });

  test('goes to the selection, back to where it was and forward again', async () => {
    await select(page, 'size');
    await page.keyboard.press('Home');
    await expect.poll(hasAll).toBe(true);
    // Away from everything.
    for (let turn = 0; turn < 6; turn++) {
      const place = await placeOn(page, 300, 0);
      await press(page, place, 'middle');
      await page.mouse.move(place.x - 600, place.y, { steps: 4 });
      await page.mouse.up({ button: 'middle' });
    }
    await expect.poll(() => isInView('size')).toBe(false);
    await page.keyboard.press('.');
    await expect.poll(() => isInView('size')).toBe(true);
    await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => isInView('size')).toBe(false);
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(() => isInView('size')).toBe(true);
    await expect.poll(() => zoom(page)).toBe(1);
  });

  test('is where the map is pressed, and the map can be put away', async () => {
    const map = page.getByRole('img', { name: 'Map of the graph' });
    await page.keyboard.press('Control+0');
    const box = await boxOf(map);
    await page.mouse.click(box.right - 4, box.bottom - 4);
    await expect.poll(() => isInView('read')).toBe(false);
    await drag(
      page,
      { x: box.right - 10, y: box.y + 40 },
      { x: box.x + 40, y: box.y + 36 },
      { x: box.x + 50, y: box.y + 34 },
    );
    await expect.poll(() => isInView('read')).toBe(true);
    await page.keyboard.press('Shift+M');
    await map.waitFor({ state: 'detached' });
  });

  test('goes to what is found, from one to the next', async () => {
    await page.keyboard.press('Control+0');
    await page.keyboard.press('Control+F');
    const field = page.getByRole('textbox', { name: 'Find in this graph' });
    const found = (text: string) => page.getByRole('search').getByText(text, { exact: true });
    await field.fill('size');
    await found('1 of 2').waitFor();
    const first = await selected(page);
    await page.keyboard.press('Enter');
    await found('2 of 2').waitFor();
    const second = await selected(page);
    expect([...first, ...second].sort()).toEqual(['resize', 'size']);
    await expect.poll(() => isInView(second[0])).toBe(true);
    await field.fill('nothing of this name');
    await found('None').waitFor();
    await field.fill('text');
    await found('1 of 1').waitFor();
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
    await expect.poll(() => selected(page)).toEqual(['text']);
  });

  test('can have nodes snap to its grid as they are dragged, or later', async () => {
    const at = async () => (await saved(page, path)).nodes.find(({ id }) => id === 'adjust')?.ui?.at ?? [0, 0];
    const shift = async (x: number, y: number) => {
      const title = await middleOf(node(page, 'adjust').locator('header'));
      await drag(page, title, { x: title.x + 20, y: title.y }, { x: title.x + x, y: title.y + y });
    };
    await shift(33, 27);
    expect((await at()).some((place) => place % 8 !== 0)).toBe(true);
    await perform(page, 'Move to the grid');
    await said(page).getByText('Snapped to the grid.').waitFor();
    expect((await at()).every((place) => place % 8 === 0)).toBe(true);
    await page.keyboard.press('Shift+S');
    await shift(21, -13);
    expect((await at()).every((place) => place % 8 === 0)).toBe(true);
  });
});
