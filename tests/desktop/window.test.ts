import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/shared/graph/document.ts';
import type { DesktopApp } from '../electron-standin/desktop-app.ts';
import { canLaunch } from '../electron-standin/launch.ts';
import { buildPreload, Home } from './home.ts';
import { connectPage, type PageClient } from './page-client.ts';

const GRAPHS = join(import.meta.dirname, '../../resources/graphs');

describe.runIf(canLaunch())('the window of the desktop app', () => {
  const home = new Home();
  let app: DesktopApp;
  let page: PageClient;

  beforeAll(async () => {
    buildPreload();
    app = await home.launch();
    page = await connectPage(app);
  });

  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    home[Symbol.dispose]();
  });

  test('asks the host through the preload script', async () => {
    expect(await page.call('hello', {})).toMatchObject({ host: 'desktop', dialogs: true, openFirst: [] });
  });

  test('runs a graph, with its model in a utility process', async () => {
    const document: Graph = JSON.parse(readFileSync(join(GRAPHS, 'detect-image.weft.json'), 'utf8'));
    const summary = await page.call('run', { document, folder: GRAPHS, record: false, ticket: 'detect' });
    expect(summary).toMatchObject({ status: 'done', failed: 0 });
  });

  test('goes on with a new engine after one that did not let go', async () => {
    const document: Graph = { weft: 1, nodes: [{ id: 'spin', type: 'test/spin@1' }] };
    const running = page.call('run', { document, folder: null, record: false, ticket: 'spin' });
    const { events } = await page.event('run');
    expect(events.length).toBeGreaterThan(0);
    await page.call('stop', { run: 'spin' });
    expect((await running).status).toBe('cancelled');
    expect((await page.call('catalogue', {})).nodes.length).toBeGreaterThan(0);
  });

  test('shows the title that the page sets, and that work is not saved', async () => {
    await page.call('setTitle', { title: 'Detect', unsaved: true });
    const title = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getTitle());
    expect(title).toBe('• Detect');
  });

  test('is told the action that was chosen in the menu', async () => {
    await app.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('file.save-as')?.click();
    });
    expect(await page.event('action')).toEqual({ event: 'action', id: 'file.save-as' });
  });

  test("picks files with the system's own dialog", async () => {
    await app.evaluate(({ dialog }) => {
      const answer = async (...asked: unknown[]) => {
        Object.assign(globalThis, { asked: asked.at(-1) });
        return { canceled: false, filePaths: ['/pictures/a.png'] };
      };
      Object.assign(dialog, { showOpenDialog: answer });
    });
    const request = { mode: 'open', title: 'Open a picture', extensions: ['.png'], suggested: '/pictures' } as const;
    expect(await page.call('pickFile', request)).toBe('/pictures/a.png');
    expect(await app.evaluate(() => (globalThis as { asked?: unknown }).asked)).toMatchObject({
      title: 'Open a picture',
      defaultPath: '/pictures',
      filters: [{ extensions: ['png'] }, { extensions: ['*'] }],
      properties: ['openFile'],
    });
  });

  test('is told when the person gives up a dialog', async () => {
    await app.evaluate(({ dialog }) => {
      Object.assign(dialog, { showSaveDialog: async () => ({ canceled: true, filePath: '' }) });
    });
    expect(await page.call('pickFile', { mode: 'save', title: 'Save' })).toBeNull();
  });

  test("shows a file in the system's file manager", async () => {
    await app.evaluate(({ shell }) => {
      Object.assign(shell, { showItemInFolder: (path: string) => Object.assign(globalThis, { shown: path }) });
    });
    await page.call('revealFile', { path: '/pictures/a.png' });
    expect(await app.evaluate(() => (globalThis as { shown?: string }).shown)).toBe('/pictures/a.png');
  });

  test('names in its menu only actions that the editor has', async () => {
    const ids = await app.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) =>
        (submenu?.items ?? []).flatMap(({ id }) => (/^[a-z]+\.[a-z-]+$/.test(id ?? '') ? [id] : [])),
      ),
    );
    const folder = join(import.meta.dirname, '../../src/renderer/actions');
    const actions = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) expect(actions.join()).toContain(`id: '${id}'`);
  });
});
