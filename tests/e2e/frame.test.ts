import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { addNode, canvas, newGraph, openGraph, said, tab } from './person-steps.ts';
import { onServer } from './which-host.ts';

describe.skipIf(!hasBrowser)('the frame', () => {
  let editor: Editor;
  let browser: EditorBrowser;
  let page: Page;

  beforeAll(async () => {
    editor = await startEditor();
    browser = await EditorBrowser.start();
    const nodes = [{ id: 'half', type: 'value/number@1' }];
    writeFileSync(join(editor.files, 'half.weft.json'), JSON.stringify({ weft: 1, nodes }));
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });
  beforeEach(async () => {
    page = await browser.open(editor);
  });
  afterEach(() => browser.leave(page));

  const openHalf = () => openGraph(page, join(editor.files, 'half.weft.json'));
  const palette = () => page.getByRole('complementary', { name: 'Palette' });
  const inspector = () => page.getByRole('complementary', { name: 'Inspector' });
  const panel = () => page.getByRole('region', { name: 'Panel' });
  const widthOf = async (name: string) =>
    Number(await page.getByRole('separator', { name }).getAttribute('aria-valuenow'));

  test('the command palette finds an action by words, performs it, and gives the focus back', async () => {
    await openHalf();
    await inspector().waitFor();
    await page.getByRole('searchbox', { name: 'Search nodes' }).focus();
    await page.keyboard.press('Control+Shift+P');
    const dialog = page.getByRole('dialog', { name: 'Commands' });
    await dialog.getByRole('combobox').fill('hide insp');
    await expect.poll(() => dialog.getByRole('option').count()).toBe(1);
    await page.keyboard.press('Enter');
    await inspector().waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
    await page.keyboard.press('F1');
    await dialog.getByRole('combobox').fill('no such thing');
    await dialog.getByText('No command has this name').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('on the start page the command palette lists only what applies there', async () => {
    await page.keyboard.press('Control+Shift+P');
    const dialog = page.getByRole('dialog', { name: 'Commands' });
    await dialog.getByRole('option', { name: /^New graph/ }).waitFor();
    await expect.poll(() => dialog.getByRole('option', { name: /^Save/ }).count()).toBe(0);
    await expect.poll(() => dialog.getByRole('option', { name: /^Show all keys/ }).count()).toBe(1);
  });

  test('menus can be walked by keyboard, show the keys, and grey out what does not apply', async () => {
    await openHalf();
    const edit = page.getByRole('menuitem', { name: 'Edit' });
    await edit.focus();
    await page.keyboard.press('Enter');
    const undo = page.getByRole('menuitem', { name: /^Undo/ });
    await expect.poll(() => undo.getAttribute('aria-disabled')).toBe('true');
    expect((await undo.innerText()).replaceAll('\n', ' ')).toBe('Undo Ctrl Z');
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('menuitem', { name: /^New graph/ }).waitFor();
    // The first letters of a line lead to it.
    await page.keyboard.type('open r');
    await page
      .getByRole('menuitem', { name: /^Open recent/ })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Home');
    await page
      .getByRole('menuitem', { name: /^New graph/ })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Enter');
    await tab(page, 'Untitled').waitFor();
  });

  test.runIf(onServer)('a dialog that a menu opens has the focus, and keeps it', async () => {
    await newGraph(page);
    await page.getByRole('menuitem', { name: 'File' }).click();
    await page.getByRole('menuitem', { name: /^Save as/ }).click();
    const field = page.getByRole('textbox', { name: 'File name' });
    await field.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('typed');
    await expect.poll(() => field.inputValue()).toBe('typed');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await field.waitFor({ state: 'detached' });
  });

  test('panels collapse, are sized by mouse and by keyboard, and are as they were after a reload', async () => {
    await openHalf();
    const before = await widthOf('Width of the inspector');
    const edge = await page.getByRole('separator', { name: 'Width of the inspector' }).boundingBox();
    if (edge === null) throw new Error('The inspector has no edge.');
    await page.mouse.move(edge.x, 300);
    await page.mouse.down();
    await page.mouse.move(edge.x - 60, 320, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => widthOf('Width of the inspector')).toBe(before + 60);

    await page.keyboard.press('Control+J');
    const handle = page.getByRole('separator', { name: 'Height of the bottom panel' });
    const height = await widthOf('Height of the bottom panel');
    await handle.focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => widthOf('Height of the bottom panel')).toBeGreaterThan(height);
    const higher = await widthOf('Height of the bottom panel');
    await panel().getByRole('tab', { name: 'Log' }).click();
    await page.keyboard.press('Control+B');
    await palette().waitFor({ state: 'detached' });

    await page.reload();
    await page.getByText('Engine ready').waitFor();
    await openHalf();
    await expect.poll(() => widthOf('Width of the inspector')).toBe(before + 60);
    await expect.poll(() => widthOf('Height of the bottom panel')).toBe(higher);
    await expect.poll(() => panel().getByRole('tab', { name: 'Log' }).getAttribute('aria-selected')).toBe('true');
    await expect.poll(() => palette().count()).toBe(0);
    await page.getByRole('button', { name: 'Show or hide the palette' }).click();
    await palette().waitFor();
  });

  test('tabs are stepped through by keyboard, closed by the middle button, and each keeps its graph', async () => {
    await openHalf();
    await newGraph(page);
    const shown = (name: string) => canvas(page).getByRole('heading', { name, level: 1, exact: true }).waitFor();
    await page.keyboard.press('Alt+PageDown');
    await shown('half');
    await page.getByRole('group', { name: 'Number' }).waitFor();
    await page.keyboard.press('Alt+PageUp');
    await shown('Untitled');
    await page.getByText('This graph is empty').waitFor();
    await page.keyboard.press('Alt+Home');
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    await tab(page, 'half').click({ button: 'middle' });
    await tab(page, 'half').waitFor({ state: 'detached' });
    await tab(page, 'Untitled').click();
    await shown('Untitled');
  });

  test('the history lists the edits, and one can go back to any of them and forth again', async () => {
    await newGraph(page);
    for (const title of ['Number', 'Text', 'Boolean']) await addNode(page, title);
    await page.getByRole('button', { name: 'History', exact: true }).click();
    const history = page.getByRole('list', { name: 'History' });
    const steps = history.getByRole('button');
    await expect.poll(() => steps.count()).toBe(4);
    await steps.nth(2).click();
    await said(page).getByText('The graph is as it was after').waitFor();
    await page.getByText('1 node', { exact: true }).waitFor();
    await steps.nth(0).click();
    await page.getByText('3 nodes', { exact: true }).waitFor();
    // By keyboard to the beginning.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('0 nodes', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await history.waitFor({ state: 'detached' });
    // As it was opened, it is not unsaved.
    await tab(page, 'Untitled').waitFor();
  });

  test('the theme follows the system while it runs, unless the person chose one', async () => {
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    await expect.poll(theme).toBe('dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(theme).toBe('light');
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(theme).toBe('dark');
    await expect.poll(background).not.toBe(light);
  });
});
