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
import { newGraph, said } from './person-steps.ts';
import { PICTURES } from './pictures-graph.ts';
import { node, perform, select } from './run-steps.ts';
import { onServer } from './which-host.ts';

const IDS = ['adjust', 'blur', 'read', 'resize', 'size', 'text'];
const CHAIN = ['blur.image → resize.image', 'read.image → blur.image'];

describe.skipIf(!hasBrowser)('a selection', () => {
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

  const addToSelection = (id: string) =>
    node(page, id)
      .locator('header')
      .click({ modifiers: ['Shift'] });
  const places = async () => {
    const graph = await saved(page, path);
    return new Map(graph.nodes.map(({ id, ui }) => [id, ui?.at ?? [0, 0]]));
  };

  test('is made by a box, and by clicks that add and take away', async () => {
    const [first, last] = [await boxOf(node(page, 'read')), await boxOf(node(page, 'blur'))];
    await drag(
      page,
      { x: first.x - 15, y: first.y - 30 },
      { x: first.x + 40, y: first.y - 10 },
      { x: last.x + 20, y: last.y + 10 },
    );
    await expect.poll(() => selected(page)).toEqual(['blur', 'read']);
    await addToSelection('text');
    await expect.poll(() => selected(page)).toEqual(['blur', 'read', 'text']);
    await addToSelection('read');
    await expect.poll(() => selected(page)).toEqual(['blur', 'text']);
    const size = await boxOf(node(page, 'size'));
    await page.keyboard.down('Shift');
    await drag(page, { x: size.x - 20, y: size.y - 20 }, { x: size.x, y: size.y }, { x: size.x + 30, y: size.y + 30 });
    await page.keyboard.up('Shift');
    await expect.poll(() => selected(page)).toEqual(['blur', 'size', 'text']);
    // A click on one of them, other than a drag, is about that one.
    await select(page, 'size');
    await expect.poll(() => selected(page)).toEqual(['size']);
    await page.mouse.click(first.x - 15, first.y - 30);
    await expect.poll(() => selected(page)).toEqual([]);
  });

  test('grows upstream and downstream, is turned round, is everything or nothing', async () => {
    await select(page, 'blur');
    await page.keyboard.press(']');
    await expect.poll(() => selected(page)).toEqual(['blur', 'resize']);
    await select(page, 'blur');
    await page.keyboard.press('[');
    await expect.poll(() => selected(page)).toEqual(['blur', 'read']);
    await page.keyboard.press('Control+Alt+A');
    await expect.poll(() => selected(page)).toEqual(['adjust', 'resize', 'size', 'text']);
    await page.keyboard.press('Control+A');
    await expect.poll(() => selected(page)).toEqual(IDS);
    await page.keyboard.press('Escape');
    await expect.poll(() => selected(page)).toEqual([]);
    expect(await history(page)).toEqual(['Opened']);
  });

  test('is dragged as a whole in one step, and Escape puts it back', async () => {
    await select(page, 'read');
    await addToSelection('text');
    const before = [await boxOf(node(page, 'read')), await boxOf(node(page, 'text'))];
    const title = await middleOf(node(page, 'text').locator('header'));
    await drag(page, title, { x: title.x + 30, y: title.y - 10 }, { x: title.x + 40, y: title.y - 40 });
    for (const [index, id] of ['read', 'text'].entries()) {
      await expectBox(node(page, id), { x: before[index].x + 40, y: before[index].y - 40 });
    }
    expect(await history(page)).toEqual(['Move', 'Opened']);
    await undo(page);
    for (const [index, id] of ['read', 'text'].entries()) {
      await expect.poll(() => boxOf(node(page, id))).toEqual(before[index]);
    }

    await page.mouse.move(title.x, title.y);
    await page.mouse.down();
    await page.mouse.move(title.x + 60, title.y - 40, { steps: 4 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect.poll(() => boxOf(node(page, 'text'))).toEqual(before[1]);
    // The move that was undone is still listed, and nothing else.
    expect(await history(page)).toEqual(['Move', 'Opened']);
  });

  test('is aligned and distributed, each in one step', async () => {
    await page.keyboard.press('Control+A');
    for (const [label, axis] of [
      ['Align left', 0],
      ['Align top', 1],
    ] as const) {
      await perform(page, label);
      await said(page)
        .getByText(/^Aligned/)
        .waitFor();
      const aligned = [...(await places()).values()].map((at) => at[axis]);
      expect(new Set(aligned).size).toBe(1);
      await undo(page);
    }
    await perform(page, 'Align right');
    await said(page)
      .getByText(/^Aligned/)
      .waitFor();
    const rights = (await Promise.all(IDS.map((id) => boxOf(node(page, id))))).map(({ right }) => Math.round(right));
    expect(new Set(rights).size).toBe(1);
    await undo(page);

    await select(page, 'read');
    const title = await middleOf(node(page, 'blur').locator('header'));
    await drag(page, title, { x: title.x + 30, y: title.y }, { x: title.x + 60, y: title.y });
    await select(page, 'read');
    await addToSelection('blur');
    await addToSelection('resize');
    await perform(page, 'Distribute horizontally');
    await said(page)
      .getByText(/^Distributed/)
      .waitFor();
    const [a, b, c] = await Promise.all(['read', 'blur', 'resize'].map((id) => boxOf(node(page, id))));
    expect(b.left - a.right).toBeCloseTo(c.left - b.right, -1);
    expect((await history(page))[0]).toBe('Distribute horizontally');
  });

  test('is laid out from left to right along its wires, in one step', async () => {
    await page.keyboard.press('Control+A');
    const before = await places();
    await page.keyboard.press('Shift+L');
    await said(page)
      .getByText(/laid out|Laid out/)
      .waitFor();
    const [read, blur, resize] = await Promise.all(['read', 'blur', 'resize'].map((id) => boxOf(node(page, id))));
    expect(read.right).toBeLessThan(blur.left);
    expect(blur.right).toBeLessThan(resize.left);
    expect(await history(page)).toHaveLength(2);
    await undo(page);
    expect(await places()).toEqual(before);
  });

  test('is duplicated without the wires from outside, or with those that come in', async () => {
    await select(page, 'blur');
    await addToSelection('resize');
    await page.keyboard.press('Control+D');
    await wire(page, 'blur-2.image', 'resize-2.image').waitFor({ state: 'attached' });
    await expect.poll(() => wires(page)).toEqual(['blur-2.image → resize-2.image', ...CHAIN]);
    await expect.poll(() => selected(page)).toEqual(['blur-2', 'resize-2']);
    await undo(page);
    await expect.poll(() => nodes(page)).toEqual(IDS);

    await select(page, 'blur');
    await addToSelection('resize');
    await page.keyboard.press('Control+Shift+D');
    await wire(page, 'read.image', 'blur-2.image').waitFor({ state: 'attached' });
    await expect
      .poll(() => wires(page))
      .toEqual([
        'blur-2.image → resize-2.image',
        'blur.image → resize.image',
        'read.image → blur-2.image',
        'read.image → blur.image',
      ]);
    await undo(page);
    await expect.poll(() => nodes(page)).toEqual(IDS);
  });

  test('is copied as text and pasted into another graph and another window; cut is copied and gone', async () => {
    await select(page, 'blur');
    await addToSelection('resize');
    await page.keyboard.press('Control+C');
    await said(page)
      .getByText(/^Copied/)
      .waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('"image/blur@1"');
    await newGraph(page);
    await page.getByText('This graph is empty').waitFor();
    const place = await placeOn(page, -300, -100);
    await page.mouse.move(place.x, place.y);
    await page.keyboard.press('Control+V');
    await wire(page, 'blur.image', 'resize.image').waitFor({ state: 'attached' });
    await expect.poll(() => selected(page)).toEqual(['blur', 'resize']);

    const other = onServer ? await browser.openBeside(page) : page;
    await newGraph(other);
    await other.mouse.move(place.x, place.y);
    await other.keyboard.press('Control+V');
    await wire(other, 'blur.image', 'resize.image').waitFor({ state: 'attached' });
    await other.keyboard.press('Control+X');
    await node(other, 'blur').waitFor({ state: 'detached' });
    expect(await history(other)).toEqual(['Cut', 'Paste', 'Opened']);

    // Text that is no part of a graph is refused in words.
    await other.evaluate(() => navigator.clipboard.writeText('nothing of ours'));
    await other.keyboard.press('Control+V');
    await other.getByRole('region', { name: 'Notices' }).getByText(/./).first().waitFor();
    await expect.poll(() => nodes(other)).toEqual([]);
  });

  test('is deleted with its wires, or so that its neighbours are joined', async () => {
    await select(page, 'blur');
    await page.keyboard.press('Delete');
    await node(page, 'blur').waitFor({ state: 'detached' });
    await expect.poll(() => wires(page)).toEqual([]);
    await undo(page);
    await expect.poll(() => wires(page)).toEqual(CHAIN);
    await select(page, 'blur');
    await page.keyboard.press('Shift+Delete');
    await wire(page, 'read.image', 'resize.image').waitFor({ state: 'attached' });
    await expect.poll(() => wires(page)).toEqual(['read.image → resize.image']);
    expect(await history(page)).toEqual(['Delete and reconnect', 'Opened']);
    await undo(page);
    await expect.poll(() => wires(page)).toEqual(CHAIN);
  });
});
