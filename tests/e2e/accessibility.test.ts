import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { openModel, openModels } from './model-steps.ts';
import { addNode, newGraph, openGraph, question, tryToOpen } from './person-steps.ts';
import { openSample, run } from './run-steps.ts';
import { onDesktop, onServer } from './which-host.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!hasBrowser)('axe finds nothing serious, in the dark and in the light, on', () => {
  let editor: Editor;
  let browser: EditorBrowser;
  let page: Page;

  beforeAll(async () => {
    editor = await startEditor();
    browser = await EditorBrowser.start();
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

  const inFiles = (name: string) => join(editor.files, name);

  /** Looks at the page as it is now, or at what is new in it, in both themes. */
  async function expectClean(what: string, within = 'html'): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, colorScheme);
      expect(await seriousViolations(page, within), `${what}, ${colorScheme}`).toEqual([]);
    }
  }

  test('the start page, also with recent graphs', async () => {
    await page.getByRole('region', { name: 'Samples' }).getByRole('button').first().waitFor();
    await expectClean('without recent graphs');
    writeFileSync(inFiles('a.weft.json'), '{ "weft": 1, "nodes": [] }');
    await openGraph(page, inFiles('a.weft.json'));
    rmSync(inFiles('a.weft.json'));
    await page.keyboard.press('Alt+Home');
    await page.getByText('No longer there').or(page.getByText(editor.files)).first().waitFor();
    await expectClean('with recent graphs');
  });

  test('the editor, empty and with a graph', async () => {
    await newGraph(page);
    await expectClean('an empty graph');
    await page.keyboard.press('Alt+Home');
    await openSample(page, 'Prepare a picture step by step', 'preprocess');
    await expectClean('a graph');
  });

  test('every tab of the panel after a run, and the inspector', async () => {
    await openSample(page, 'Detect objects in a picture', 'detect-image');
    expect(await run(page)).toMatch(/^Done/);
    await page.keyboard.press('Control+J');
    for (const name of ['Problems', 'Log', 'Runs', 'Profiler', 'Memory']) {
      await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
      await expectClean(name, '[aria-label="Panel"]');
    }
    await page.keyboard.press('Control+A');
    await expectClean('everything selected', '[aria-label="Inspector"]');
    await page.locator('.react-flow__node[data-id="infer"]').click();
    await expectClean('a node selected', '[aria-label="Inspector"]');
  });

  test('the menus and the lists that drop down', async () => {
    await newGraph(page);
    await addNode(page, 'Number');
    const focused = page.locator(':focus');
    for (const name of ['File', 'Edit', 'View', 'Arrange']) {
      const menu = page.getByRole('menuitem', { name, exact: true });
      await menu.click();
      await page.getByRole('menu').waitFor();
      await expectClean(`the menu ${name}`, '[role="menu"]');
      await page.keyboard.press('Escape');
      // The focus comes back a moment later, and would end what is begun before.
      await menu.and(focused).waitFor();
    }
    const history = page.getByRole('button', { name: 'History', exact: true });
    await history.click();
    await page.getByRole('list', { name: 'History' }).waitFor();
    await expectClean('the history');
    await page.keyboard.press('Escape');
    await history.and(focused).waitFor();
    await page.keyboard.press('Shift+A');
    await page.getByPlaceholder('Add a node').waitFor();
    await expectClean('the search for a node');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Z');
  });

  test('what is in a model, a model that cannot be read, and the catalogue', async () => {
    await openModel(page, join(import.meta.dirname, '../../resources/models/shapes.onnx'));
    await page.getByRole('list', { name: 'Backends' }).getByText('wasm').waitFor();
    await expectClean('a model');
    await openModel(page, inFiles('none.onnx'));
    await expectClean('no model');
    await openModels(page);
    await expectClean('the catalogue');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('the dialogs: commands, recent graphs, keys, settings, about, files', async () => {
    const look = async (name: string | RegExp, keys: string) => {
      await page.keyboard.press(keys);
      const dialog = page.getByRole('dialog', { name });
      await dialog.waitFor();
      await expectClean(String(name));
      return dialog;
    };
    const close = async () => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await look('Commands', 'F1');
    await page.keyboard.type('nothing is called so');
    await expectClean('a command that is not there');
    await page.getByRole('combobox').fill('what this Weft is');
    await page.keyboard.press('Enter');
    await page.getByText('Picture formats').waitFor();
    await expectClean('about');
    await close();
    await look('Recent graphs', 'Control+Shift+O');
    await close();
    await look('Keys', '?');
    await close();
    const settings = await look('Settings', 'Control+,');
    await settings.getByRole('textbox', { name: 'Memory budget in MiB' }).fill('none');
    await expectClean('a setting that is wrong');
    await settings.getByRole('tab', { name: 'Keys' }).click();
    await expectClean('the keys of the settings');
    await close();
    // The desktop has the system's.
    if (onDesktop) return;
    const files = await look('Open a graph', 'Control+O');
    await files.getByRole('textbox').fill('no such file');
    await expectClean('a folder without the file');
    await close();
  });

  test('questions, banners, notices, and the page of a file that cannot be opened', async () => {
    writeFileSync(inFiles('broken.weft.json'), '{');
    await tryToOpen(page, inFiles('broken.weft.json'));
    await page.getByRole('heading', { name: 'The file is no Weft graph' }).waitFor();
    await expectClean('a broken file');

    const missing = [{ id: 'read', type: 'image/read@1', params: { path: 'nowhere.png' } }];
    writeFileSync(inFiles('banners.weft.json'), JSON.stringify({ weft: 1, nodes: missing }));
    await openGraph(page, inFiles('banners.weft.json'));
    await page.getByText('nowhere.png is not there').waitFor();
    writeFileSync(inFiles('banners.weft.json'), '{ "weft": 1, "nodes": [] }');
    await page.getByText('was changed by another program').waitFor();
    await expectClean('two banners');
    writeFileSync(inFiles('banners.weft.json'), '{');
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Dismiss' }).waitFor();
    await expectClean('a notice');
    await addNode(page, 'Number');
    await page.keyboard.press('Alt+W');
    await question(page).waitFor();
    await expectClean('a question');
    await question(page).getByRole('button', { name: 'Don’t save' }).click();
    await question(page).waitFor({ state: 'detached' });
  });

  test.runIf(onServer)('the window without its host', async () => {
    await using other = await startEditor();
    const lost = await browser.open(other);
    await newGraph(lost);
    await other.kill();
    await lost.getByText('The line to the host is cut').waitFor();
    await browser.leave(page);
    page = lost;
    await expectClean('the window without its host');
  });
});

/** What axe calls serious or critical, each with the place where it is. */
async function seriousViolations(page: Page, within: string): Promise<string[]> {
  await page.evaluate(AXE);
  // Axe puts itself into the page under this name.
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify(within)}, { resultTypes: ['violations'] })`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`));
}
