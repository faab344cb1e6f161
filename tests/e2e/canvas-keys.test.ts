import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { boxOf, history, openBuilt, saved, selected, undo, wire, wires } from './build-steps.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { said } from './person-steps.ts';
import { PICTURES } from './pictures-graph.ts';
import { node } from './run-steps.ts';

const CHAIN = ['blur.image → resize.image', 'read.image → blur.image'];

describe.skipIf(!hasBrowser)('by keyboard, with every change said aloud,', () => {
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
    await page.getByRole('application', { name: 'Graph' }).focus();
  });
  afterEach(() => browser.leave(page));
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-id'));

  test('the focus goes from node to node, nodes are selected and moved, and moving on ends the step', async () => {
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toBe('read');
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toBe('blur');
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe('adjust');
    await page.keyboard.press(' ');
    await expect.poll(() => selected(page)).toEqual(['adjust']);
    await said(page)
      .getByText(/^Adjust.*, selected\.$/)
      .waitFor();
    const before = await boxOf(node(page, 'adjust'));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('ArrowUp');
    await said(page).getByText('Moved adjust up by 8.').waitFor();
    expect((await saved(page, path)).nodes.find(({ id }) => id === 'adjust')?.ui?.at).toEqual([368, 232]);
    await page.keyboard.press('Control+ArrowRight');
    await expect.poll(focused).toBe('size');
    await page.keyboard.press('Shift+Space');
    await expect.poll(() => selected(page)).toEqual(['adjust', 'size']);
    await undo(page);
    await said(page).getByText('Undone: Move.').waitFor();
    await expect.poll(() => boxOf(node(page, 'adjust'))).toEqual(before);
  });

  test('a wire is drawn from a pin, replaced and removed, and a node that fits is added to it', async () => {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press(' ');
    await page.keyboard.press('Tab');
    while (!(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.startsWith('output image'))))
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await said(page)
      .getByText(/^\d+ pins take image of read\.$/)
      .waitFor();
    const targets = page.getByRole('listbox', { name: 'Pins that take image' }).getByRole('option');
    // Free pins come first, and what would lose its wire says so.
    await expect.poll(() => targets.first().innerText()).toMatch(/Adjust|Image size/);
    await page.keyboard.type('resize');
    await expect.poll(() => targets.first().innerText()).toContain('replaces a wire');
    await page.keyboard.press('Enter');
    await said(page).getByText('Connected image of Read image to image of Resize, in place of').waitFor();
    await expect.poll(() => wires(page)).toEqual(['read.image → blur.image', 'read.image → resize.image']);
    await expect.poll(focused).toBe('read');

    await page.keyboard.press('c');
    await page.keyboard.type('image');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Add a node that fits…' }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByPlaceholder('Nodes that fit image').fill('crop');
    await page.keyboard.press('Enter');
    await wire(page, 'read.image', 'crop.image').waitFor({ state: 'attached' });
    await expect.poll(focused).toBe('crop');
    await page.keyboard.press('Shift+C');
    await said(page).getByText('Removed a wire.').waitFor();
    expect(await history(page)).toHaveLength(4);
    for (let step = 0; step < 3; step++) await undo(page);
    await expect.poll(() => wires(page)).toEqual(CHAIN);
  });

  test('a node is added from the palette, and what is deleted leaves the focus on the canvas', async () => {
    await page.getByRole('searchbox', { name: 'Search nodes' }).focus();
    await page.keyboard.type('crop');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('crop');
    await said(page).getByText('Added crop.').waitFor();
    await page.keyboard.press('Delete');
    await node(page, 'crop').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Graph');
    await page.keyboard.press('Control+Z');
    await node(page, 'crop').waitFor();
  });
});
