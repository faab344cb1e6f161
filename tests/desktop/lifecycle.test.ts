import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/shared/graph/document.ts';
import type { DesktopApp } from '../electron-standin/desktop-app.ts';
import { canLaunch } from '../electron-standin/launch.ts';
import { buildPreload, Home } from './home.ts';
import { connectPage } from './page-client.ts';

const UNSAVED: Graph = { weft: 1, nodes: [{ id: 'a', type: 'io/input@1' }] };
const BACKUP = { id: 'tab-1', path: null, name: 'Untitled', graph: UNSAVED };

const isRunnable = canLaunch();

beforeAll(buildPreload);

describe.runIf(isRunnable)('the desktop app opens', () => {
  test('the files of its command line in its first page, and only there', async () => {
    using home = new Home();
    await using app = await home.launch('a.weft.json', '--some-switch', '/graphs/b.weft.json');
    const page = await connectPage(app);
    expect((await page.call('hello', {})).openFirst).toEqual([resolve('a.weft.json'), '/graphs/b.weft.json']);
    expect((await page.call('hello', {})).openFirst).toEqual([]);
  });

  test('a file that the system hands to it, also before there is a page', async () => {
    using home = new Home();
    await using app = await home.launch();
    await app.evaluate(({ app }) => app.emit('open-file', { preventDefault() {} }, '/graphs/c.weft.json'));
    const page = await connectPage(app);
    await page.call('hello', {});
    expect((await page.event('open.requested')).path).toBe('/graphs/c.weft.json');
  });

  test('a file of a second start in the first, and the second ends', async () => {
    using home = new Home();
    await using app = await home.launch();
    const page = await connectPage(app);
    await page.call('hello', {});
    expect(await home.runToEnd('second.weft.json')).toBe(0);
    expect((await page.event('open.requested')).path).toBe(resolve('second.weft.json'));
  });

  test('its window where it was left', async () => {
    using home = new Home();
    const bounds = { x: 40, y: 50, width: 1000, height: 700 };
    const boundsOf = (app: DesktopApp) =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getNormalBounds());
    const app = await home.launch();
    await app.evaluate(({ BrowserWindow }, left) => {
      const [window] = BrowserWindow.getAllWindows();
      window.setBounds(left);
      window.close();
    }, bounds);
    await app.exited;
    await using next = await home.launch();
    expect(await boundsOf(next)).toEqual(bounds);
  });

  test('its window in the usual place when the screen it was on is gone', async () => {
    using home = new Home();
    const app = await home.launch();
    await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window.setBounds({ x: 9000, y: 9000, width: 1000, height: 700 });
      window.close();
    });
    await app.exited;
    await using next = await home.launch();
    const place = await next.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getNormalBounds());
    expect(place).toMatchObject({ width: 1440, height: 900 });
  });
});

describe.runIf(isRunnable)('closing the window', () => {
  test('asks the page, waits for it, and ends the app', async () => {
    using home = new Home();
    await using app = await home.launch();
    const page = await connectPage(app);
    await page.call('hello', {});
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
    await page.event('close.requested');
    // It is still there, for the person to save or to stay.
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    page.call('closeWindow', {}).catch(() => {});
    expect(await app.exited).toBe(0);
  });

  test('closes a page that never spoke without asking', async () => {
    using home = new Home();
    await using app = await home.launch();
    await app.page();
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close()).catch(() => {});
    expect(await app.exited).toBe(0);
  });

  test('quits from the menu by the same way', async () => {
    using home = new Home();
    await using app = await home.launch();
    const page = await connectPage(app);
    await page.call('hello', {});
    await app.evaluate(({ app }) => app.quit());
    await page.event('close.requested');
    page.call('closeWindow', {}).catch(() => {});
    expect(await app.exited).toBe(0);
  });

  test.skipIf(process.platform === 'win32')(
    'is not waited for after Ctrl-C, which ends runs and keeps backups',
    async () => {
      using home = new Home();
      await using app = await home.launch();
      const page = await connectPage(app);
      await page.call('backUp', BACKUP);
      page
        .call('run', {
          document: { weft: 1, nodes: [{ id: 'wait', type: 'test/wait@1' }] },
          folder: null,
          record: false,
          ticket: 'r',
        })
        .catch(() => {});
      await page.event('run');
      process.kill(app.pid, 'SIGINT');
      expect(await app.exited).toBe(0);
      await using next = await home.launch();
      const nextPage = await connectPage(next);
      expect(await nextPage.call('backups', {})).toMatchObject([{ id: 'tab-1', graph: UNSAVED }]);
    },
  );
});

describe.runIf(isRunnable)('a page', () => {
  /** Says what the person answers to the next questions. */
  const answer = (app: DesktopApp, ...buttons: readonly string[]) =>
    app.evaluate(({ dialog }, chosen) => {
      const left = [...chosen];
      Object.assign(dialog, {
        showMessageBox: async (_window: object, { buttons }: { buttons: string[] }) => ({
          response: buttons.indexOf(left.shift() ?? 'none'),
        }),
      });
    }, buttons);

  const killPage = (app: DesktopApp) =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.forcefullyCrashRenderer());

  test('that dies is loaded again, and finds the work that was not saved', async () => {
    using home = new Home();
    await using app = await home.launch();
    const page = await connectPage(app);
    await page.call('backUp', BACKUP);
    await answer(app, 'Reload');
    await killPage(app);
    await page.closed;
    const next = await connectPage(app);
    expect(await next.call('backups', {})).toMatchObject([{ id: 'tab-1', graph: UNSAVED }]);
  });

  test('that dies ends the app when the person wants no other', async () => {
    using home = new Home();
    await using app = await home.launch();
    const page = await connectPage(app);
    await page.call('hello', {});
    await answer(app, 'Close');
    await killPage(app);
    expect(await app.exited).toBe(0);
  });

  test('that hangs can be ended and loaded again', async () => {
    using home = new Home();
    await using app = await home.launch();
    const page = await connectPage(app);
    await page.call('hello', {});
    await answer(app, 'End', 'Reload');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].emit('unresponsive'));
    await page.closed;
    const next = await connectPage(app);
    expect(await next.call('hello', {})).toMatchObject({ host: 'desktop' });
  });

  test('that is loaded again by the person has a line of its own', async () => {
    using home = new Home();
    await using app = await home.launch();
    const page = await connectPage(app);
    await page.call('hello', {});
    await (await app.page()).reload();
    await page.closed;
    const next = await connectPage(app);
    expect(await next.call('hello', {})).toMatchObject({ host: 'desktop' });
  });
});
