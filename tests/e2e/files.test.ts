import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import {
  addNode,
  canvas,
  dropFiles,
  newGraph,
  openGraph,
  pickFile,
  question,
  said,
  saveAs,
  tab,
} from './person-steps.ts';
import { onServer } from './which-host.ts';

const GRAPH = '{ "weft": 1, "nodes": [{ "id": "half", "type": "value/number@1", "params": { "value": 0.5 } }] }';

describe.skipIf(!hasBrowser)('files', () => {
  let editor: Editor;
  let browser: EditorBrowser;
  let page: Page;

  beforeAll(async () => {
    editor = await startEditor();
    browser = await EditorBrowser.start();
  });
  beforeEach(async () => {
    page = await browser.open(editor);
  });
  afterEach(() => browser.leave(page));
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  const inFiles = (name: string) => join(editor.files, name);
  const write = (name: string) => writeFileSync(inFiles(name), GRAPH);
  const read = (name: string) => readFileSync(inFiles(name), 'utf8');
  const closeTab = () => page.keyboard.press('Alt+W');

  test('the start page begins with what people try first', async () => {
    const samples = page.getByRole('region', { name: 'Samples' }).getByRole('button');
    await samples.first().waitFor();
    expect((await samples.allInnerTexts()).map((text) => text.split('\n')[0]).slice(0, 3)).toEqual([
      'Detect objects in a picture',
      'Detect objects in a video',
      'Detect objects in front of a camera',
    ]);
  });

  test('new graphs are told apart, and one that was not touched closes without a question', async () => {
    await newGraph(page);
    await page.getByRole('button', { name: 'New graph' }).click();
    await tab(page, 'Untitled 2').waitFor();
    await expect.poll(() => page.title()).toBe('Untitled 2 – Weft');
    await closeTab();
    await page.getByRole('button', { name: 'Close Untitled' }).click();
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
  });

  test.runIf(onServer)(
    'a new graph is marked until it is saved under a name, and the folders of the dialog can be walked',
    async () => {
      await newGraph(page);
      await addNode(page, 'Number');
      await tab(page, 'Untitled, not saved').waitFor();
      await expect.poll(() => page.title()).toBe('● Untitled – Weft');
      await page.keyboard.press('Control+S');
      const dialog = page.getByRole('dialog', { name: 'Save the graph' });
      await dialog.getByRole('list', { name: 'Folder contents' }).getByRole('button', { name: 'files' }).click();
      await dialog.getByText(editor.files, { exact: true }).waitFor();
      await dialog.getByRole('textbox', { name: 'File name' }).fill('first');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await tab(page, 'first').waitFor();
      await expect.poll(() => page.title()).toBe('first – Weft');
      expect(JSON.parse(read('first.weft.json'))).toMatchObject({
        weft: 1,
        nodes: [{ type: 'value/number@1' }],
      });
    },
  );

  test('saving again asks nothing, keeps the version before, and undoing past a save marks the graph again', async () => {
    write('first.weft.json');
    await openGraph(page, inFiles('first.weft.json'));
    await addNode(page, 'Text');
    await tab(page, 'first, not saved').waitFor();
    await page.keyboard.press('Control+S');
    await tab(page, 'first').waitFor();
    expect(read('first.weft.json')).toContain('value/text@1');
    expect(read('.first.weft.json.previous')).toBe(GRAPH);
    await page.keyboard.press('Control+Z');
    await tab(page, 'first, not saved').waitFor();
    await page.keyboard.press('Control+Y');
    await tab(page, 'first').waitFor();
    // No temporary file stays.
    expect(readdirSync(editor.files).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  test.runIf(onServer)('a copy is saved under another name; a name that is taken is asked about first', async () => {
    write('first.weft.json');
    await openGraph(page, inFiles('first.weft.json'));
    await page.keyboard.press('Control+Shift+S');
    // It begins beside the graph.
    await page.getByRole('dialog').getByText(editor.files, { exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'File name' }).fill('second');
    await page.keyboard.press('Enter');
    await tab(page, 'second').waitFor();
    expect(JSON.parse(read('second.weft.json'))).toEqual(JSON.parse(GRAPH));

    await addNode(page, 'Boolean');
    await page.keyboard.press('Control+Shift+S');
    await page.getByRole('textbox', { name: 'File name' }).fill('first');
    await page.keyboard.press('Enter');
    await question(page).getByText('A file of this name is there already').waitFor();
    // Enter takes the safe choice.
    await page.keyboard.press('Enter');
    await question(page).waitFor({ state: 'detached' });
    expect(read('first.weft.json')).toBe(GRAPH);
    // A key that is pressed before the dialog below has the focus again goes to nobody.
    await page.getByRole('textbox', { name: 'File name' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await question(page).getByRole('button', { name: 'Write over it' }).click();
    await tab(page, 'first').waitFor();
    expect(read('first.weft.json')).toContain('value/boolean@1');
    await closeTab();
  });

  test('a graph is opened by its path, once: opening it again brings its tab to the front', async () => {
    write('half.weft.json');
    await openGraph(page, inFiles('half.weft.json'));
    await page.getByRole('group', { name: 'Number' }).waitFor();
    await newGraph(page);
    await openGraph(page, inFiles('half.weft.json'));
    await page.getByRole('heading', { name: 'half', level: 1 }).waitFor();
    await expect.poll(() => tab(page, 'half').count()).toBe(1);
    // It was made elsewhere.
    await page.getByText('Untrusted').waitFor();
    await closeTab();
    await closeTab();
  });

  test('recent graphs are on the start page and in the File menu, the newest first; one can be forgotten', async () => {
    for (const name of ['second', 'first', 'half']) {
      write(`${name}.weft.json`);
      await openGraph(page, inFiles(`${name}.weft.json`));
      await tab(page, name).waitFor();
    }
    await page.keyboard.press('Alt+Home');
    const recent = page.getByRole('region', { name: 'Recent' });
    const names = () => recent.getByRole('listitem').allInnerTexts();
    await recent.getByText('half').waitFor();
    expect((await names()).map((text) => text.split('\n')[0]).slice(0, 3)).toEqual(['half', 'first', 'second']);
    await recent.getByText('second').hover();
    await recent.getByRole('button', { name: 'Remove second from this list' }).click();
    await recent.getByText('second').waitFor({ state: 'detached' });

    await page.getByRole('menuitem', { name: 'File' }).click();
    await page.getByRole('menuitem', { name: 'Open recent…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Recent graphs' });
    await dialog.getByRole('option', { name: /^half/ }).waitFor();
    await expect.poll(() => dialog.getByRole('option', { name: /^second/ }).count()).toBe(0);
    await page.keyboard.type('firs');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'first', level: 1 }).waitFor();
  });

  test('a sample cannot be written over: saving asks for a place of one’s own', async () => {
    await page.getByRole('button', { name: /^Prepare a picture/ }).click();
    await tab(page, 'preprocess').waitFor();
    await page.getByText('Read-only').waitFor();
    await addNode(page, 'Number');
    await page.keyboard.press('Control+S');
    await pickFile(page, inFiles('own.weft.json'));
    await tab(page, 'own').waitFor();
    // The picture is still found from where the graph lies now.
    const saved = JSON.parse(read('own.weft.json'));
    expect(saved.nodes).toContainEqual(expect.objectContaining({ type: 'value/number@1' }));
    await expect.poll(() => page.getByText('is not there').count()).toBe(0);
    await closeTab();
  });

  test('a file that a graph reads and that has moved is located, and found from then on', async () => {
    const nodes = [{ id: 'read', type: 'image/read@1', params: { path: 'gone/shapes.jpg' } }];
    writeFileSync(inFiles('moved.weft.json'), JSON.stringify({ weft: 1, nodes }));
    mkdirSync(inFiles('here'));
    copyFileSync(resolve('resources/media/shapes.jpg'), inFiles('here/shapes.jpg'));
    await openGraph(page, inFiles('moved.weft.json'));
    await page.getByText('The file gone/shapes.jpg is not there.').waitFor();
    await page.getByRole('button', { name: 'Locate shapes.jpg' }).click();
    await pickFile(page, inFiles('here/shapes.jpg'));
    await page.getByText('gone/shapes.jpg is not there').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+S');
    await tab(page, 'moved').waitFor();
    // Graph and picture can go on together.
    expect(JSON.parse(read('moved.weft.json')).nodes[0].params.path).toBe('here/shapes.jpg');
  });

  test('a graph file that is dropped on the window is opened, is no recent one, and is saved where the person says', async () => {
    await dropFiles(page.getByRole('main'), [
      { name: 'dropped.weft.json', text: GRAPH },
      { name: 'notes.txt', text: 'not a graph' },
    ]);
    await tab(page, 'dropped').waitFor();
    await dropFiles(canvas(page), [{ name: 'other.weft.json', text: '{ "weft": 1, "nodes": [] }' }]);
    await page.getByRole('heading', { name: 'other', level: 1 }).waitFor();
    await closeTab();
    await addNode(page, 'Number');
    await saveAs(page, inFiles('kept.weft.json'));
    await tab(page, 'kept').waitFor();
    await said(page).getByText('kept.weft.json is saved.').waitFor();
    await closeTab();
    const recent = page.getByRole('region', { name: 'Recent' });
    await recent.getByText('kept').waitFor();
    expect((await recent.innerText()).includes('dropped')).toBe(false);
  });
});
