import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { TestServer } from './test-server.ts';

const BROWSER = '/usr/bin/chromium';

/** A page of a real browser, at the address that the server gives. */
async function opened(server: TestServer): Promise<Page> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({
    executablePath: BROWSER,
    args: [...asRoot, '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(server.urls[0]);
  return page;
}

test('in a browser the page starts, keeps no key in its address, survives a reload, and runs no script but its own', async ({
  skip,
}) => {
  if (!existsSync(BROWSER)) {
    console.log('skipped: no Chromium');
    skip();
  }
  const server = await TestServer.open();
  const script = `
    const line = new WebSocket(new URL('/window', location.href));
    line.onopen = () => { document.title = 'connected'; };
    line.onerror = () => { document.title = 'refused'; };
    document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="document.body.id = \\'attacked\\'">');
    try { new Function('1'); document.body.className = 'evaluated'; } catch { document.body.className = 'not evaluated'; }`;
  writeFileSync(join(server.page, 'assets', 'a.js'), script);
  writeFileSync(
    join(server.page, 'index.html'),
    '<!doctype html><body><script>document.body.id = "attacked"</script><script type="module" src="./assets/a.js"></script>',
  );
  const page = await opened(server);
  for (const load of [async () => {}, () => page.reload()]) {
    await load();
    await page.waitForFunction('document.title !== ""');
    await page.waitForLoadState('networkidle');
    expect(page.url()).toBe(`${server.origin}/`);
    expect(await page.evaluate('[document.title, document.body.id, document.body.className]')).toEqual([
      'connected',
      '',
      'not evaluated',
    ]);
    expect(await page.evaluate('document.cookie')).toBe('');
  }
});
