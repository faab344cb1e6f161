import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { appOf } from './editor-desktop.ts';
import { EditorServer } from './editor-server.ts';
import { addNode, newGraph, openGraph, pickFile, pickNothing, question, tab } from './person-steps.ts';
import { onDesktop, onServer } from './which-host.ts';

const GRAPH = '{ "weft": 1, "nodes": [{ "id": "half", "type": "value/number@1", "params": { "value": 0.5 } }] }';

describe.skipIf(!hasBrowser)('unsaved work', () => {
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
    editor = await startEditor({ home });
    page = await browser.open(editor);
  });
  afterEach(async () => {
    await browser.leave(page);
    await editor[Symbol.asyncDispose]();
    rmSync(home, { recursive: true, force: true });
  });

  const inFiles = (name: string) => join(editor.files, name);
  const backups = () => {
    const folder = join(home, 'state', 'backups');
    // While it is written it has another name, and keeps that when its host is killed.
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    return names.map((name) => readFileSync(join(folder, name), 'utf8'));
  };
  /** Until a backup holds a node of this type. */
  const backedUp = (type: string) =>
    expect.poll(backups, { timeout: 15_000 }).toContainEqual(expect.stringContaining(type));
  const closeTab = () => page.keyboard.press('Alt+W');

  test('closing a tab asks: cancelling keeps it, not saving loses it with its backup, saving writes it', async () => {
    writeFileSync(inFiles('half.weft.json'), GRAPH);
    await openGraph(page, inFiles('half.weft.json'));
    await addNode(page, 'Text');
    await backedUp('value/text@1');
    await closeTab();
    await question(page).getByText('Save half?').waitFor();
    await page.keyboard.press('Escape');
    await tab(page, 'half, not saved').waitFor();
    await closeTab();
    await question(page).getByRole('button', { name: 'Don’t save' }).click();
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    expect(readFileSync(inFiles('half.weft.json'), 'utf8')).toBe(GRAPH);
    await expect.poll(backups).toEqual([]);

    await openGraph(page, inFiles('half.weft.json'));
    await addNode(page, 'Text');
    await closeTab();
    // The main choice.
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    expect(readFileSync(inFiles('half.weft.json'), 'utf8')).toContain('value/text@1');
  });

  test('saving a new graph on close asks for its place, and giving that up keeps the tab', async () => {
    await newGraph(page);
    await addNode(page, 'Number');
    await closeTab();
    await page.keyboard.press('Enter');
    await pickNothing(page);
    await tab(page, 'Untitled, not saved').waitFor();
    await closeTab();
    await page.keyboard.press('Enter');
    await pickFile(page, inFiles('new.weft.json'));
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    expect(readFileSync(inFiles('new.weft.json'), 'utf8')).toContain('value/number@1');
  });

  test.runIf(onServer)('the browser asks before it closes a page with unsaved work, and only then', async () => {
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.dismiss();
    });
    await newGraph(page);
    await addNode(page, 'Number');
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => asked).toEqual(['beforeunload']);
    await page.keyboard.press('Control+Z');
    await tab(page, 'Untitled').waitFor();
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => page.isClosed()).toBe(true);
    expect(asked).toEqual(['beforeunload']);
  });

  test.runIf(onDesktop)(
    'closing the window of the app asks: giving that up keeps it, not saving ends the app',
    async () => {
      const app = appOf(page);
      const close = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
      await newGraph(page);
      await addNode(page, 'Number');
      await close();
      await question(page).getByText('Save Untitled?').waitFor();
      await page.keyboard.press('Escape');
      await tab(page, 'Untitled, not saved').waitFor();
      await close();
      await question(page).getByRole('button', { name: 'Don’t save' }).click();
      expect(await app.exited).toBe(0);
      expect(backups()).toEqual([]);
    },
  );

  test('after the host was killed the work is offered and restored: on its file as one step, and without a file', async () => {
    writeFileSync(inFiles('half.weft.json'), GRAPH);
    await openGraph(page, inFiles('half.weft.json'));
    await addNode(page, 'Text');
    await newGraph(page);
    await addNode(page, 'Boolean');
    await backedUp('value/text@1');
    await backedUp('value/boolean@1');
    await editor.kill();
    await editor.leave(page);

    editor = await startEditor({ home });
    page = await browser.open(editor);
    await question(page).getByText('Restore unsaved work?').waitFor();
    await expect
      .poll(() => question(page).getByRole('listitem').allInnerTexts())
      .toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^Untitled, /),
          expect.stringMatching(/^half, .*half\.weft\.json$/),
        ]),
      );
    await page.keyboard.press('Enter');
    await tab(page, 'Untitled, not saved').waitFor();
    await tab(page, 'half, not saved').click();
    await page.getByRole('group', { name: 'Text' }).waitFor();
    // The file is as it was, and one step back in the editor too.
    expect(readFileSync(inFiles('half.weft.json'), 'utf8')).toBe(GRAPH);
    await page.keyboard.press('Control+Z');
    await page.getByRole('group', { name: 'Text' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+Z');
    await page.keyboard.press('Control+S');
    await tab(page, 'half').waitFor();
    expect(readFileSync(inFiles('half.weft.json'), 'utf8')).toContain('value/text@1');
    await expect.poll(() => backups().length).toBe(1);
  });

  test.runIf(onServer)(
    'work that the server was killed too early to back up is still in the window, which goes on with the next server',
    async () => {
      writeFileSync(inFiles('half.weft.json'), GRAPH);
      await openGraph(page, inFiles('half.weft.json'));
      await addNode(page, 'Text');
      const port = Number(new URL(page.url()).port);
      await editor.kill();
      expect(backups()).toEqual([]);
      await page.getByText('The line to the host is cut').waitFor();
      await page.getByText('Disconnected').waitFor();
      // Edits go on meanwhile, and there is nobody to connect with.
      await addNode(page, 'Boolean');
      await page.getByRole('button', { name: 'Connect again' }).click();
      await page.keyboard.press('Control+S');
      await page.getByRole('region', { name: 'Notices' }).getByText('no line to its host').waitFor();
      expect(readFileSync(inFiles('half.weft.json'), 'utf8')).toBe(GRAPH);

      const server = await EditorServer.start({ home, port });
      editor = server;
      // Its address holds a new key: opening it lets the older window in again as well.
      const other = await browser.openBeside(page, server.url);
      // By itself, within 8 s.
      await page.getByText('The line to the host is cut').waitFor({ state: 'detached' });
      await backedUp('value/boolean@1');
      await page.keyboard.press('Control+S');
      await tab(page, 'half').waitFor();
      expect(readFileSync(inFiles('half.weft.json'), 'utf8')).toContain('value/text@1');
      await other.close();
    },
  );

  test('a window that is gone leaves its work to the next, which may decide later, and discard it then', async () => {
    await newGraph(page);
    await addNode(page, 'Number');
    await backedUp('value/number@1');
    await editor.leave(page);
    page = await browser.open(editor);
    await question(page).getByRole('button', { name: 'Decide later' }).click();
    const lost = page.getByRole('region', { name: 'Unsaved work of an earlier window' });
    await lost.getByText('Untitled').waitFor();
    expect(backups()).toHaveLength(1);
    await lost.getByRole('button', { name: 'Discard' }).click();
    await lost.waitFor({ state: 'detached' });
    await expect.poll(backups).toEqual([]);
  });

  test.runIf(onServer)('work in a window that lives is offered to no other', async () => {
    await newGraph(page);
    await addNode(page, 'Number');
    await backedUp('value/number@1');
    const other = await browser.openBeside(page);
    await other.getByRole('region', { name: 'Samples' }).getByRole('button').first().waitFor();
    await expect.poll(() => question(other).count()).toBe(0);
    await other.close();
  });
});
