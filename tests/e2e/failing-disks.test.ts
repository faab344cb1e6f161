import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { EditorServer } from './editor-server.ts';
import { addNode, openGraph, pickFile, tab } from './person-steps.ts';
import { onServer } from './which-host.ts';

const GRAPH = '{ "weft": 1, "nodes": [] }';

if (!mayMount()) console.log('skipped: only root on Linux can make such a disk');

describe.runIf(hasBrowser && onServer && mayMount())('disks that take nothing', () => {
  let browser: EditorBrowser;
  let home: string;

  beforeAll(async () => {
    browser = await EditorBrowser.start();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'weft-e2e-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  /** A server with a disk of 64 KiB at a folder of the person's home, which holds `graph.weft.json`. */
  async function withDisk(folder: string, after: string, use: (page: Page, server: EditorServer) => Promise<void>) {
    const disk = join(home, folder);
    mkdirSync(disk, { recursive: true });
    const write = `mount -t tmpfs -o size=64k tmpfs ${disk} && cd ${disk} && printf '%s' '${GRAPH}' > graph.weft.json`;
    await using server = await EditorServer.start({ home, mount: `${write} && ${after}` });
    const page = await browser.open(server);
    await use(page, server);
    await browser.leave(page);
  }

  const FILL = 'head -c 60k /dev/zero > rest && cd /';

  test('a full disk: the old file stays, the work stays in the window, and is saved once there is room', async () => {
    await withDisk('files/disk', FILL, async (page, server) => {
      // The disk is seen only through the process that has it.
      const disk = join(`/proc/${server.pid}/root`, server.files, 'disk');
      await openGraph(page, join(server.files, 'disk', 'graph.weft.json'));
      await addNode(page, 'Number');
      await page.keyboard.press('Control+S');
      await page
        .getByRole('region', { name: 'Notices' })
        .getByText(/ENOSPC.*make room/)
        .waitFor();
      await tab(page, 'graph, not saved').waitFor();
      expect(readFileSync(join(disk, 'graph.weft.json'), 'utf8')).toBe(GRAPH);
      expect(readdirSync(disk).sort()).toEqual(['graph.weft.json', 'rest']);

      rmSync(join(disk, 'rest'));
      await page.keyboard.press('Control+S');
      await tab(page, 'graph').waitFor();
      expect(readFileSync(join(disk, 'graph.weft.json'), 'utf8')).toContain('value/number@1');
    });
  });

  test('a disk that can only be read: the graph is marked so, and saving asks for another place', async () => {
    await withDisk('files/disk', `cd / && mount -o remount,ro ${join(home, 'files/disk')}`, async (page, server) => {
      await openGraph(page, join(server.files, 'disk', 'graph.weft.json'));
      await page.getByText('Read-only').waitFor();
      await addNode(page, 'Number');
      await page.keyboard.press('Control+S');
      await pickFile(page, join(server.files, 'elsewhere.weft.json'));
      await tab(page, 'elsewhere').waitFor();
      expect(readFileSync(join(server.files, 'elsewhere.weft.json'), 'utf8')).toContain('value/number@1');
    });
  });

  test('no room for backups: the person is told that there is none, and saving still works', async () => {
    await withDisk('state', FILL, async (page, server) => {
      await page.keyboard.press('Alt+N');
      await addNode(page, 'Number');
      await page
        .getByRole('region', { name: 'Notices' })
        .getByText(/Unsaved work has no backup now: .*free space/)
        .waitFor();
      await page.keyboard.press('Control+S');
      await pickFile(page, join(server.files, 'saved.weft.json'));
      await tab(page, 'saved').waitFor();
      expect(readFileSync(join(server.files, 'saved.weft.json'), 'utf8')).toContain('value/number@1');
    });
  });
});

function mayMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
