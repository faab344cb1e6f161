import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DesktopApp } from '../electron-standin/desktop-app.ts';
import { canLaunch } from '../electron-standin/launch.ts';
import { buildPreload, Home } from './home.ts';
import { connectPage, type PageClient } from './page-client.ts';

describe.runIf(canLaunch())('the page of the desktop app', () => {
  const home = new Home();
  let app: DesktopApp;
  let client: PageClient;

  /** The value of an expression in the page; what it throws is given as its text. */
  const inPage = async (expression: string): Promise<unknown> =>
    (await app.page()).evaluate(`(async () => ${expression})().catch((error) => String(error))`);

  beforeAll(async () => {
    buildPreload();
    app = await home.launch();
    client = await connectPage(app);
    await client.call('hello', {});
  });

  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    home[Symbol.dispose]();
  });

  test('has a world of its own, a sandbox, and no Node', async () => {
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const [{ webContents }] = BrowserWindow.getAllWindows();
      // Electron's types leave this method out.
      return (webContents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(await inPage('[typeof require, typeof process, typeof module]')).toEqual(Array(3).fill('undefined'));
  });

  test('is given a line to the host and the paths of dropped files, and nothing else', async () => {
    expect(await inPage('Object.keys(weftPort).sort()')).toEqual(
      ['buffered', 'close', 'onClose', 'onMessage', 'pathOf', 'send'].sort(),
    );
    expect(await inPage('Object.isFrozen(weftPort)')).toBe(true);
  });

  test('runs its own scripts and none that stand in it or are made at run time', async () => {
    expect(await inPage('[globalThis.moduleRan, globalThis.inlineScriptRan]')).toEqual([true, undefined]);
    expect(await inPage(`fetch('index.html').then((it) => it.headers.get('content-security-policy'))`)).toMatch(
      /^default-src 'none'; script-src 'self';(?!.*unsafe)/,
    );
  });

  test.each([
    '/../app.ts',
    '/%2e%2e/app.ts',
    '/..%2fapp.ts',
    '/..%5capp.ts',
    '/%00',
    '/%',
    '/absent.js',
    '/'.repeat(3),
  ])('gets no file by the address %s', async (path) => {
    expect(
      await inPage(`fetch('weft://app${path}'.replace('weft://app', location.origin)).then((it) => it.status)`),
    ).toBe(404);
  });

  test('can only read', async () => {
    expect(await inPage(`fetch('index.html', { method: 'POST' }).then((it) => it.status)`)).toBe(404);
  });

  test('cannot speak to the network', async () => {
    expect(await inPage(`fetch('https://example.com/')`)).toMatch(/Failed to fetch/);
  });

  test.each([`location.href = 'https://example.com/'`, `document.querySelector('#elsewhere').click()`])(
    'stays where it is after %s',
    async (deed) => {
      await app.evaluate(({ BrowserWindow }) => {
        const [{ webContents }] = BrowserWindow.getAllWindows();
        Object.assign(globalThis, { refused: undefined });
        webContents.once('will-frame-navigate', (event) =>
          setImmediate(() => Object.assign(globalThis, { refused: event.defaultPrevented })),
        );
      });
      await inPage(`void (${deed})`);
      await expect.poll(() => app.evaluate(() => (globalThis as { refused?: boolean }).refused)).toBe(true);
      expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.getURL())).toBe(
        'weft://app/index.html',
      );
    },
  );

  test("opens no window; a link goes to the person's browser", async () => {
    await app.evaluate(({ shell }) => {
      Object.assign(shell, { openExternal: async (url: string) => Object.assign(globalThis, { opened: url }) });
    });
    await inPage(`void document.querySelector('#window').click()`);
    const opened = () => app.evaluate(() => (globalThis as { opened?: string }).opened);
    await expect.poll(opened).toBe('https://example.com/');
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('embeds no other page', async () => {
    const isRefused = await app.evaluate(({ BrowserWindow }) => {
      let prevented = false;
      const event = { preventDefault: () => (prevented = true) };
      (BrowserWindow.getAllWindows()[0].webContents as NodeJS.EventEmitter).emit('will-attach-webview', event, {}, {});
      return prevented;
    });
    expect(isRefused).toBe(true);
  });

  test('gets no camera, no microphone and no notifications when no camera node runs', async () => {
    const media = 'navigator.mediaDevices.getUserMedia';
    expect(await inPage(`${media}({ video: true })`)).toMatch(/NotAllowedError/);
    expect(await inPage(`${media}({ audio: true })`)).toMatch(/NotAllowedError/);
    expect(await inPage('Notification.requestPermission()')).toMatch(/NotAllowedError|denied/);
  });

  test('gets the camera, and never the microphone, while a run sees with it', async () => {
    const nodes = [{ id: 'camera', type: 'video/camera@1', params: { device: '0' } }];
    const run = { document: { weft: 1, nodes }, folder: null, record: false, ticket: 'camera' };
    const running = client.call('run', run);
    // The page is asked for the camera, and may have it until it is not needed any more.
    await client.event('camera');
    const tracks = (want: string) =>
      inPage(
        `(await navigator.mediaDevices.getUserMedia(${want})).getTracks().map((track) => (track.stop(), track.kind))`,
      );
    expect(await tracks('{ video: true }')).toEqual(['video']);
    expect(await tracks('{ video: true, audio: true }')).toMatch(/NotAllowedError/);
    await client.call('stop', { run: 'camera' });
    await running;
    expect(await tracks('{ video: true }')).toMatch(/NotAllowedError/);
  });

  test.each([
    ['a frame inside the page', { url: 'weft://app/index.html', parent: {} }, 'not from the page'],
    ['another page', { url: 'https://example.com/', parent: null }, 'not from the page'],
    ['a page that has been left', null, 'not from the page'],
  ])('is the only one whose messages are heard: not %s', async (_who, senderFrame, why) => {
    const before = app.stderr().length;
    await app.evaluate(({ BrowserWindow }, frame) => {
      const [{ webContents }] = BrowserWindow.getAllWindows();
      webContents.ipc.emit('weft:to-host', { sender: webContents, senderFrame: frame }, new Uint8Array([1]));
    }, senderFrame);
    await expect.poll(() => app.stderr().slice(before)).toContain(why);
  });

  test('is not heard when it sends something else than bytes', async () => {
    await app.evaluate(({ BrowserWindow }) => {
      const [{ webContents }] = BrowserWindow.getAllWindows();
      const event = { sender: webContents, senderFrame: webContents.mainFrame };
      webContents.ipc.emit('weft:to-host', event, { tell: 'call' });
    });
    await expect.poll(() => app.stderr()).toContain('not made of bytes');
    expect(await client.call('hello', {})).toMatchObject({ host: 'desktop' });
  });
});
