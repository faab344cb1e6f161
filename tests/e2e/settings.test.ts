import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { addNode, newGraph, openGraph, pickFile, tab } from './person-steps.ts';
import { run } from './run-steps.ts';
import { onDesktop, onServer } from './which-host.ts';

describe.skipIf(!hasBrowser)('settings', () => {
  let browser: EditorBrowser;
  let home: string;
  let editor: Editor;
  let page: Page;

  beforeAll(async () => {
    browser = await EditorBrowser.start();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'weft-e2e-'));
    await start();
  });
  afterEach(async () => {
    await stop();
    rmSync(home, { recursive: true, force: true });
  });

  const start = async () => {
    // What the environment says would go before the settings.
    editor = await startEditor({ home, env: { WEFT_MODELS: '' } });
    page = await browser.open(editor);
  };
  const stop = async () => {
    await browser.leave(page);
    await editor[Symbol.asyncDispose]();
  };
  const restart = async () => {
    await stop();
    await start();
  };
  const settings = () => page.getByRole('dialog', { name: 'Settings' });
  const openSettings = async (part: 'General' | 'Keys' = 'General') => {
    await page.keyboard.press('Control+,');
    await settings().getByRole('tab', { name: part }).click();
  };
  const closeSettings = async () => {
    await page.keyboard.press('Escape');
    await settings().waitFor({ state: 'detached' });
  };
  /** What the host has kept. */
  const kept = () => JSON.parse(readFileSync(join(home, 'state', 'settings.json'), 'utf8'));
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);

  test('the theme is the chosen one whatever the system says, in every window, and after a restart', async () => {
    const windows = [page, ...(onServer ? [await browser.openBeside(page)] : [])];
    await openSettings();
    await settings().getByRole('button', { name: 'Theme: As the system' }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    for (const window of windows) {
      await expect.poll(() => window.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
    }
    await restart();
    await expect.poll(theme).toBe('light');
  });

  test('keys are added, taken away and set back; menus and the help sheet follow, also after a restart', async () => {
    await openSettings('Keys');
    await settings().getByRole('textbox', { name: 'Find an action' }).fill('new graph');
    await settings().getByRole('button', { name: 'Add keys to New graph' }).click();
    await page.keyboard.press('Alt+Q');
    await settings().getByRole('button', { name: 'Take Alt+Q away from New graph' }).waitFor();
    await settings().getByRole('button', { name: 'Take Alt+N away from New graph' }).click();
    await settings().getByRole('button', { name: 'Take Ctrl+N away from New graph' }).click();
    await closeSettings();
    await page.keyboard.press('Alt+N');
    await page.keyboard.press('Alt+Q');
    await tab(page, 'Untitled').waitFor();
    // Only one of both made a graph.
    await expect.poll(() => tab(page, 'Untitled 2').count()).toBe(0);
    expect(kept().keys).toEqual({ 'file.new': ['Alt+Q'] });

    await restart();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    const line = sheet.getByRole('listitem').filter({ hasText: 'New graph' });
    expect((await line.innerText()).replaceAll('\n', ' ')).toBe('New graph Alt Q');
    await page.keyboard.press('Escape');
    await openSettings('Keys');
    await settings().getByRole('button', { name: 'Reset all keys' }).click();
    await closeSettings();
    await page.keyboard.press('Alt+N');
    await tab(page, 'Untitled').waitFor();
  });

  test('keys that another action has are told, and Escape gives up', async () => {
    await openSettings('Keys');
    await settings().getByRole('textbox', { name: 'Find an action' }).fill('start page');
    await settings().getByRole('button', { name: 'Add keys to Show the start page' }).click();
    await page.keyboard.press('Escape');
    await settings().getByRole('button', { name: 'Add keys to Show the start page' }).click();
    await page.keyboard.press('Control+S');
    await settings().getByText('keys shared with Save').waitFor();
  });

  test('the default backend is the one that graphs run on, unless they choose another', async () => {
    await newGraph(page);
    const backend = page.getByRole('combobox', { name: 'Backend' });
    await expect.poll(() => backend.inputValue()).toBe('auto');
    await openSettings();
    await settings().getByRole('button', { name: 'Default backend: The fastest' }).click();
    await page.getByRole('menuitemradio', { name: 'wasm' }).click();
    await closeSettings();
    await expect.poll(() => backend.inputValue()).toBe('wasm');
    await restart();
    await newGraph(page);
    await expect.poll(() => page.getByRole('combobox', { name: 'Backend' }).inputValue()).toBe('wasm');
  });

  test('the memory budget is a whole number of MiB, and counts from the next start', async () => {
    await openSettings();
    const field = settings().getByRole('textbox', { name: 'Memory budget in MiB' });
    await field.fill('a lot');
    await settings().getByText('Give a whole number of MiB').waitFor();
    await field.blur();
    await field.fill('512');
    await page.keyboard.press('Enter');
    await expect.poll(() => kept().memoryBudget).toBe(512);
    await restart();
    await newGraph(page);
    await addNode(page, 'Number');
    await run(page);
    await page.keyboard.press('Control+J');
    await page.getByRole('tab', { name: 'Memory' }).click();
    await page.getByText(/of 53\d(\.\d)? MB/).waitFor();
    await page.keyboard.press('Control+Z');
  });

  test('models are found in the chosen folder, and own nodes in theirs, from the next start', async () => {
    const models = join(editor.files, 'models');
    const nodes = join(editor.files, 'nodes');
    mkdirSync(models);
    copyFileSync(resolve('resources/models/shapes.onnx'), join(models, 'yunet.onnx'));
    cpSync(resolve('tests/acceptance/nodes/test/ones.ts'), join(nodes, 'test', 'ones.ts'));
    const graphs = {
      load: [{ id: 'load', type: 'model/load@1', params: { path: 'yunet' } }],
      ones: [{ id: 'ones', type: 'test/ones@1' }],
    };
    for (const [name, nodes] of Object.entries(graphs)) {
      writeFileSync(join(editor.files, `${name}.weft.json`), JSON.stringify({ weft: 1, nodes }));
    }
    await openGraph(page, join(editor.files, 'ones.weft.json'));
    await page.getByRole('button', { name: '1 problem' }).waitFor();
    await openGraph(page, join(editor.files, 'load.weft.json'));
    expect(await run(page)).toMatch(/not on this machine yet/);

    await openSettings();
    await settings().getByRole('button', { name: 'Choose a folder…' }).click();
    await chooseFolder(models);
    await settings().getByText(models).waitFor();
    await settings().getByRole('button', { name: 'Add a folder…' }).click();
    await chooseFolder(nodes);
    await settings().getByText(nodes).waitFor();
    await expect.poll(kept).toMatchObject({ modelsFolder: models, nodesFolders: [nodes] });

    await restart();
    await openGraph(page, join(editor.files, 'ones.weft.json'));
    expect(await run(page)).toMatch(/^Done/);
    await openGraph(page, join(editor.files, 'load.weft.json'));
    expect(await run(page)).toMatch(/^Done/);

    await openSettings();
    await settings()
      .getByRole('button', { name: `Remove ${nodes}` })
      .click();
    await settings()
      .getByRole('button', { name: `Remove ${models}` })
      .click();
    await expect.poll(kept).toMatchObject({ modelsFolder: null, nodesFolders: [] });
  });

  /** Goes to a folder by its path, and takes it. */
  async function chooseFolder(path: string): Promise<void> {
    if (onDesktop) return pickFile(page, path);
    const dialog = page.getByRole('dialog', { name: /^Folder/ });
    await dialog.getByRole('textbox').fill(path);
    await page.keyboard.press('Enter');
    await dialog.getByText(path, { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Choose this folder' }).click();
    await dialog.waitFor({ state: 'detached' });
  }
});
