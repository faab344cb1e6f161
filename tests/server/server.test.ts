import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Access } from '../../src/main/server/access.ts';
import { WindowServer } from '../../src/main/server/server.ts';
import { encode } from '../../src/shared/protocol/encode.ts';
import { temporaryFolder } from '../window/temporary-folder.ts';
import { TestServer } from './test-server.ts';

describe('the opening address', () => {
  test('holds a token of 256 bits, which moves into a cookie that no script can read and no other site sends', async () => {
    const server = await TestServer.open();
    expect(Buffer.from(server.token, 'base64url')).toHaveLength(32);
    const { status, headers } = await server.ask(`/?token=${server.token}`);
    expect({ status, location: headers.location }).toEqual({ status: 303, location: '/' });
    expect(headers['set-cookie']).toEqual([`${server.cookie}; Path=/; HttpOnly; SameSite=Strict`]);
  });

  test('is of this start only', async () => {
    expect(new Access(['localhost'], 1).token).not.toBe(new Access(['localhost'], 1).token);
  });

  test.each(['wrong', '', 'x'.repeat(10_000)])('with the token %.8j is refused, and sets no cookie', async (token) => {
    const server = await TestServer.open();
    const { status, headers } = await server.ask(`/?token=${token}`);
    expect(status).toBe(401);
    expect(headers['set-cookie']).toBeUndefined();
  });
});

describe('without the cookie', () => {
  test.each(['/', '/index.html', '/assets/a.js', '/nothing'])('%s is refused', async (path) => {
    const server = await TestServer.open();
    const { status, body } = await server.ask(path);
    expect(status).toBe(401);
    expect(body).toContain('weft serve');
  });

  test('a cookie with another token, or of another server, is none', async () => {
    const server = await TestServer.open();
    for (const cookie of [`weft-${server.port}=wrong`, `weft-1=${server.token}`, `${server.cookie}x`]) {
      expect((await server.ask('/', { headers: { cookie } })).status).toBe(401);
    }
  });
});

describe('the page', () => {
  test('is served with its type, and is never out of date', async () => {
    const server = await TestServer.open();
    const { status, headers, body } = await server.askWithCookie('/');
    expect(status).toBe(200);
    expect(body).toContain('<title>Weft</title>');
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    const script = await server.askWithCookie('/assets/a.js');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await server.askWithCookie('/assets/font.woff2')).headers['content-type']).toBe('font/woff2');
  });

  test('is found beside other cookies, and with a question in its address', async () => {
    const server = await TestServer.open();
    const headers = { cookie: `other=1; ${server.cookie}; more=2` };
    expect((await server.ask('/?graph=a', { headers })).status).toBe(200);
  });

  test('is not sent to one who asks for its head', async () => {
    const server = await TestServer.open();
    const { status, headers, body } = await server.askWithCookie('/', { method: 'HEAD' });
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
  });

  test('and every other answer forbid what a page does not need', async () => {
    const server = await TestServer.open();
    for (const { headers } of [
      await server.askWithCookie('/'),
      await server.ask('/'),
      await server.askWithCookie('/no'),
    ]) {
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
    }
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//etc/passwd',
    '/etc/passwd',
    '/index.html%00.js',
    '/%',
    '/assets',
    '/assets/',
    '/link',
    '/linked/secret.txt',
  ])('has nothing at %s', async (path) => {
    const server = await TestServer.open();
    const secrets = temporaryFolder();
    writeFileSync(join(secrets, 'secret.txt'), 'secret');
    writeFileSync(join(server.page, '..', 'secret.txt'), 'secret');
    symlinkSync(join(secrets, 'secret.txt'), join(server.page, 'link'));
    symlinkSync(secrets, join(server.page, 'linked'));
    const { status, body } = await server.askWithCookie(path);
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });
});

describe('refused is', () => {
  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s', async (method) => {
    const server = await TestServer.open();
    const { status, headers } = await server.askWithCookie('/', { method });
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' });
  });

  test.each(['evil.example', 'evil.example:PORT', 'localhost', 'localhost:1', '127.0.0.1.nip.io:PORT'])(
    'the name %s, though it leads here and the cookie is right',
    async (name) => {
      const server = await TestServer.open();
      const host = name.replace('PORT', String(server.port));
      expect((await server.askWithCookie('/', { headers: { host } })).status).toBe(421);
      expect((await server.ask(`/?token=${server.token}`, { headers: { host } })).status).toBe(421);
      expect(await server.upgrade({ cookie: server.cookie, host, origin: `http://${host}` })).toBe(421);
    },
  );

  test.each(['http://evil.example', 'null', 'https://localhost:PORT', 'http://localhost:1'])(
    'what a page of %s asks',
    async (page) => {
      const server = await TestServer.open();
      const origin = page.replace('PORT', String(server.port));
      expect((await server.askWithCookie('/', { headers: { origin } })).status).toBe(403);
      expect(await server.upgrade({ cookie: server.cookie, origin })).toBe(403);
    },
  );

  test('a line without an origin, without the cookie, or to another place', async () => {
    const server = await TestServer.open();
    const { cookie, origin } = server;
    expect(await server.upgrade({ cookie })).toBe(403);
    expect(await server.upgrade({ origin })).toBe(401);
    expect(await server.upgrade({ origin, cookie: `weft-${server.port}=guess` })).toBe(401);
    expect(await server.upgrade({ origin, cookie }, '/other')).toBe(404);
    expect(await server.upgrade({ origin, cookie })).toBe(101);
  });
});

describe('a line', () => {
  test('answers the calls of a window', async () => {
    const server = await TestServer.open();
    const window = await server.window();
    expect(await window.call('hello', {})).toMatchObject({ host: 'server', dialogs: false });
    writeFileSync(join(server.folder, 'g.weft.json'), '{"weft":1,"nodes":[]}');
    expect(await window.call('open', { path: join(server.folder, 'g.weft.json') })).toMatchObject({ kind: 'ok' });
    expect(await window.call('open', { path: '/etc/passwd' })).toMatchObject({ kind: 'unreadable' });
  });

  test('carries what is large', async () => {
    const window = await (await TestServer.open()).window();
    const content = new Uint8Array(20_000_000).fill(7);
    await window.call('importFile', { name: 'large.bin', content });
  });

  test('is refused to a window too many', async () => {
    const server = await TestServer.open();
    await Promise.all(Array.from({ length: 32 }, () => server.socket()));
    expect(await server.upgrade({ cookie: server.cookie, origin: server.origin })).toBe(503);
  });

  test('takes no text', async () => {
    const socket = await (await TestServer.open()).socket();
    socket.send('{"tell":"call"}');
    const [code] = await once(socket, 'close');
    expect(code).toBe(1003);
  });

  test('lives on after bytes that are no message', async () => {
    const server = await TestServer.open();
    const socket = await server.socket();
    socket.send(new Uint8Array([255, 255, 255, 255, 0]));
    const [refusal] = await once(socket, 'message');
    expect(Buffer.from(refusal as Buffer).toString()).toContain('E_PROTOCOL');
    socket.send(encode({ tell: 'call', id: 1, call: 'settings', ask: {} }));
    const [answer] = await once(socket, 'message');
    expect(Buffer.from(answer as Buffer).toString()).toContain('"answer"');
    socket.terminate();
  });

  test('is ended by the server when that ends, and its runs with it', async () => {
    const server = await TestServer.open();
    const window = await server.window();
    const started = Promise.withResolvers<void>();
    window.onEvent(({ event }) => event === 'run' && started.resolve());
    const document = {
      weft: 1,
      nodes: [
        { id: 'n', type: 'test/wait@1' },
        { id: 'out', type: 'io/output@1', params: { name: 'y' } },
      ],
      wires: [{ from: 'n.y', to: 'out.value' }],
    };
    const run = window.call('run', { document, folder: server.folder, record: false, ticket: 't' });
    const ended = run.catch((error) => error.code);
    await started.promise;
    await server.server.close();
    expect(await ended).toBe('E_DISCONNECTED');
    await window.closed;
  });
});

test('a server on every network is reached by each of its addresses, with the same token', async ({ skip }) => {
  const server = await TestServer.open('0.0.0.0');
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const address = own.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
  if (address === undefined) {
    console.log('skipped: this machine has no network');
    skip();
  }
  const url = `http://${address}:${server.port}/?token=${server.token}`;
  expect(server.urls).toContain(url);
  const opened = await fetch(url, { redirect: 'manual' });
  expect(opened.status).toBe(303);
  const cookie = String(opened.headers.get('set-cookie')).split(';')[0];
  expect((await fetch(new URL(url).origin, { headers: { cookie } })).status).toBe(200);
});

test('a page that was not built, and a port that is in use, are told in one sentence', async () => {
  const server = await TestServer.open();
  const { port } = server;
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'empty'));
  // Neither comes as far as the workspace.
  const workspace = null as never;
  await expect(
    WindowServer.open({ workspace, page: join(folder, 'empty'), host: 'localhost', port: 0 }),
  ).rejects.toMatchObject({ code: 'E_FILE_MISSING', message: expect.stringContaining('npm run build') });
  await expect(WindowServer.open({ workspace, page: server.page, host: 'localhost', port })).rejects.toMatchObject({
    code: 'E_USAGE',
    message: expect.stringContaining(`port ${port} is in use`),
  });
});
