import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  boxOf,
  drag,
  expectBox,
  history,
  middleOf,
  nodes,
  openBuilt,
  placeOn,
  saved,
  selected,
  undo,
  wire,
  wires,
} from './build-steps.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { PICTURES } from './pictures-graph.ts';
import { node, perform, select } from './run-steps.ts';

const IDS = ['adjust', 'blur', 'read', 'resize', 'size', 'text'];
const CHAIN = ['blur.image → resize.image', 'read.image → blur.image'];

describe.skipIf(!hasBrowser)('on the canvas', () => {
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

  const frame = () => page.locator('.react-flow__node-frame');
  const note = () => page.locator('.react-flow__node-note');
  const selectBoth = async (first: string, second: string) => {
    await select(page, first);
    await node(page, second)
      .locator('header')
      .click({ modifiers: ['Shift'] });
  };

  test('a frame goes around the selection, takes along what lies in it, and is renamed, coloured and resized', async () => {
    await selectBoth('blur', 'resize');
    await page.keyboard.press('Shift+F');
    await frame().waitFor();
    const [around, blur, resize] = [
      await boxOf(frame()),
      await boxOf(node(page, 'blur')),
      await boxOf(node(page, 'resize')),
    ];
    expect(around.left).toBeLessThan(blur.left);
    expect(around.right).toBeGreaterThan(resize.right);
    expect(around.bottom).toBeGreaterThan(resize.bottom);

    const title = { x: around.x + 20, y: around.y + 10 };
    await drag(page, title, { x: title.x + 10, y: title.y - 20 }, { x: title.x, y: title.y - 60 });
    await expectBox(node(page, 'blur'), { y: blur.y - 60 });
    await expectBox(frame(), { y: around.y - 60 });
    expect((await history(page)).slice(0, 2)).toEqual(['Move', 'Add a frame']);

    await page.mouse.dblclick(title.x, title.y - 60);
    await page.getByRole('textbox', { name: 'Title of the frame' }).fill('Clean up');
    await page.keyboard.press('Enter');
    await frame().getByText('Clean up').waitFor();

    const before = await boxOf(frame());
    await drag(
      page,
      { x: before.right - 1, y: before.bottom - 1 },
      { x: before.right + 20, y: before.bottom + 20 },
      { x: before.right + 30, y: before.bottom + 50 },
    );
    await expectBox(frame(), { width: before.width + 30, height: before.height + 50 });
    expect((await history(page))[0]).toBe('Resize a frame');

    const colour = page
      .getByRole('complementary', { name: 'Inspector' })
      .getByRole('textbox', { name: 'Colour', exact: true });
    await colour.fill('#d0802f');
    await page.keyboard.press('Enter');
    expect((await saved(page, path)).frames?.[0].colour).toBe('#d0802f');
    for (let steps = (await history(page)).length - 1; steps > 0; steps--) await undo(page);
    await frame().waitFor({ state: 'detached' });
    await expect.poll(() => boxOf(node(page, 'blur'))).toEqual(blur);
  });

  test('a note is written in Markdown, moved and taken away', async () => {
    const place = await placeOn(page, -340, -280);
    await page.mouse.click(place.x, place.y);
    await page.keyboard.press('Shift+N');
    await page.getByRole('textbox', { name: 'Text of the note' }).fill('Keep **this**\n\n- one\n- two');
    await page.keyboard.press('Escape');
    await note().getByRole('list').getByText('two').waitFor();
    await expect.poll(() => note().locator('strong').innerText()).toBe('this');
    const before = await boxOf(note());
    const at = { x: before.x + 60, y: before.bottom - 12 };
    await drag(page, at, { x: at.x + 20, y: at.y }, { x: at.x + 40, y: at.y + 10 });
    await expectBox(note(), { x: before.x + 40 });
    await note().dblclick();
    await page.getByRole('textbox', { name: 'Text of the note' }).fill('Changed');
    await page.mouse.click(place.x + 500, place.y);
    await note().getByText('Changed').waitFor();
    expect((await saved(page, path)).notes?.[0].text).toBe('Changed');
    expect(await history(page)).toEqual(['Edit a note', 'Move', 'Edit a note', 'Add a note', 'Opened']);
    await note().click();
    await page.keyboard.press('Delete');
    await note().waitFor({ state: 'detached' });
    await undo(page);
    await note().getByText('Changed').waitFor();
  });

  test('a selection becomes a graph that is used as a node, opened, left and unpacked', async () => {
    await selectBoth('blur', 'adjust');
    await page.keyboard.press('Control+G');
    await node(page, 'graph').waitFor();
    await expect.poll(() => nodes(page)).toEqual(['graph', 'read', 'resize', 'size', 'text']);
    await expect.poll(() => wires(page)).toHaveLength(2);
    expect(await history(page)).toEqual(['Make a graph', 'Opened']);

    await node(page, 'graph').locator('header').dblclick();
    await node(page, 'blur').waitFor();
    const way = page.getByRole('navigation', { name: 'Way to this graph' });
    await expect.poll(() => way.getByRole('button').count()).toBe(2);
    await expect.poll(() => nodes(page)).toEqual(expect.arrayContaining(['adjust', 'blur']));
    // What is changed in there is one step of the same history.
    await select(page, 'adjust');
    await page.keyboard.press('Delete');
    await node(page, 'adjust').waitFor({ state: 'detached' });
    await way.getByRole('button').first().click();
    await node(page, 'read').waitFor();
    expect(await history(page)).toEqual(['Delete', 'Make a graph', 'Opened']);
    await undo(page);

    // It can be used again, out of the list of graphs.
    await page
      .getByRole('region', { name: 'Graphs of this document' })
      .getByRole('button')
      .last()
      .dragTo(page.getByRole('application', { name: 'Graph' }), { targetPosition: { x: 330, y: 560 } });
    await node(page, 'graph-2').waitFor();
    await undo(page);

    await select(page, 'graph');
    await page.keyboard.press('Control+Shift+G');
    await node(page, 'blur').waitFor();
    await expect.poll(() => nodes(page)).toEqual(IDS);
    await expect.poll(() => wires(page)).toEqual(CHAIN);
    await expect.poll(() => selected(page)).toEqual(['adjust', 'blur']);
    await undo(page);
    await node(page, 'graph').waitFor();
    await undo(page);
    await expect.poll(() => nodes(page)).toEqual(IDS);
    expect((await saved(page, path)).graphs ?? {}).toEqual({});
  });

  test('an undo that takes away the graph that is looked at leads out of it', async () => {
    await selectBoth('blur', 'adjust');
    await page.keyboard.press('Control+G');
    await node(page, 'graph').waitFor();
    await page.keyboard.press('Alt+ArrowDown');
    await node(page, 'blur').waitFor();
    await undo(page);
    await node(page, 'read').waitFor();
    await expect.poll(() => nodes(page)).toEqual(IDS);
  });

  test('a node is renamed, collapsed, bypassed, locked and resized, each in one step', async () => {
    await node(page, 'blur').locator('[data-title]').dblclick();
    await page.getByRole('textbox', { name: 'Name of the node' }).fill('Soften');
    await page.keyboard.press('Enter');
    await node(page, 'blur').getByText('Soften').waitFor();
    const height = (await boxOf(node(page, 'blur'))).height;
    await page.keyboard.press('h');
    await expect.poll(async () => (await boxOf(node(page, 'blur'))).height).toBeLessThan(height);
    await page.keyboard.press('h');
    await page.keyboard.press('m');
    await node(page, 'blur').locator('[data-bypassed]').waitFor();
    await page.keyboard.press('l');
    await node(page, 'blur').getByLabel('Locked').waitFor();
    const locked = await boxOf(node(page, 'blur'));
    const title = await middleOf(node(page, 'blur').locator('header'));
    await drag(page, title, { x: title.x + 20, y: title.y }, { x: title.x + 60, y: title.y + 40 });
    await expect.poll(() => boxOf(node(page, 'blur'))).toEqual(locked);
    // What is locked is not moved; a box may have been drawn over nothing.
    await select(page, 'size');
    const size = await boxOf(node(page, 'size'));
    await drag(
      page,
      { x: size.right - 5, y: size.bottom - 5 },
      { x: size.right + 20, y: size.bottom },
      { x: size.right + 35, y: size.bottom },
    );
    await expectBox(node(page, 'size'), { width: size.width + 40 });
    expect(await history(page)).toEqual([
      'Resize Image size',
      'Lock',
      'Bypass',
      'Expand',
      'Collapse',
      'Rename Blur',
      'Opened',
    ]);
    await perform(page, 'Give back the usual size');
    await expect.poll(async () => (await boxOf(node(page, 'size'))).width).toBeCloseTo(size.width, 1);
  });

  test('the list of edits leads to any of them, and back', async () => {
    await select(page, 'blur');
    await page.keyboard.press('Delete');
    await select(page, 'text');
    await page.keyboard.press('m');
    await page.keyboard.press('Control+D');
    await node(page, 'text-2').waitFor();
    await page.getByRole('button', { name: 'History' }).click();
    const list = page.getByRole('list', { name: 'History' });
    await list.getByRole('button', { name: 'Opened' }).click();
    await node(page, 'blur').waitFor();
    await expect.poll(() => nodes(page)).toEqual(IDS);
    await list.getByRole('button', { name: 'Delete' }).click();
    await node(page, 'blur').waitFor({ state: 'detached' });
    await expect.poll(() => nodes(page)).toEqual(IDS.filter((id) => id !== 'blur'));
    await list.getByRole('button', { name: 'Duplicate' }).click();
    await node(page, 'text-2').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => list.count()).toBe(0);
  });
});
