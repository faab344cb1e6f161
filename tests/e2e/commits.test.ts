import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphNode } from '../../src/shared/graph/document.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { EditorServer } from './editor-server.ts';
import { takeCommits, watchCommits } from './react-commits.ts';
import { mark, node, openAs, run, select } from './run-steps.ts';
import { onServer } from './which-host.ts';

const COUNT = 20;

describe.runIf(hasBrowser && onServer)('what React renders', () => {
  let server: EditorServer;
  let browser: EditorBrowser;
  let page: Page;

  beforeAll(async () => {
    server = await EditorServer.start();
    browser = await EditorBrowser.start();
    const context = await browser.person({ viewport: { width: 1600, height: 1000 } });
    page = await context.newPage();
    await watchCommits(page);
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    const nodes = Array.from({ length: COUNT }, (_, k): GraphNode => {
      return {
        id: `n${k}`,
        type: 'value/number@1',
        params: { value: k },
        ui: { at: [(k % 4) * 260, Math.floor(k / 4) * 140] },
      };
    });
    const out: GraphNode = { id: 'out', type: 'io/output@1', params: { name: 'y' }, ui: { at: [1040, 0] } };
    await openAs(page, server, 'many', { nodes: [...nodes, out], wires: [{ from: 'n0.value', to: 'out.value' }] });
    await node(page, `n${COUNT - 1}`)
      .getByRole('spinbutton')
      .waitFor();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  /** Until nothing more follows from the last edit: the check of the graph comes a moment later. */
  const settled = () => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));

  test('the counts count: opening the graph has rendered each node', async () => {
    const { commits, nodes } = await takeCommits(page);
    expect(commits).toBeGreaterThan(0);
    expect(Object.keys(nodes).length).toBe(COUNT + 1);
  });

  test('an edit of a parameter renders its own node, and no other', async () => {
    const field = node(page, 'n7').getByRole('spinbutton');
    await field.click();
    await page.keyboard.type('77');
    await settled();
    await takeCommits(page);
    await page.keyboard.press('Enter');
    await settled();
    await expect.poll(() => field.inputValue()).toBe('77');
    const { nodes } = await takeCommits(page);
    console.log(`commits_per_param_edit: ${Object.keys(nodes).length} node`);
    expect(Object.keys(nodes)).toEqual(['n7']);
  });

  test('so does each step of a drag', async () => {
    const box = await node(page, 'n9').getByRole('spinbutton').boundingBox();
    if (box === null) throw new Error('The field is not there.');
    await page.mouse.move(box.x + 20, box.y + 10);
    await page.mouse.down();
    await settled();
    await takeCommits(page);
    await page.mouse.move(box.x + 60, box.y + 10, { steps: 8 });
    await settled();
    const { nodes } = await takeCommits(page);
    await page.mouse.up();
    expect(Object.keys(nodes)).toEqual(['n9']);
  });

  test('a number that is edited in the inspector renders the node that it belongs to, once, and no other', async () => {
    await select(page, 'n5');
    const field = page.getByRole('complementary', { name: 'Inspector' }).getByRole('spinbutton').first();
    await field.focus();
    await settled();
    await takeCommits(page);
    await field.press('ArrowUp');
    await settled();
    expect((await takeCommits(page)).nodes).toEqual({ n5: 1 });
  });

  test('a node that is moved is rendered, and no other', async () => {
    await select(page, 'n6');
    const box = await node(page, 'n6').locator('header').boundingBox();
    if (box === null) throw new Error('The node is not there.');
    await page.mouse.move(box.x + 60, box.y + 10);
    await settled();
    await takeCommits(page);
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y + 30, { steps: 5 });
    await page.mouse.up();
    await settled();
    expect(Object.keys((await takeCommits(page)).nodes)).toEqual(['n6']);
  });

  test('what a run tells of some nodes renders those', async () => {
    await select(page, 'n3');
    await run(page);
    await mark(page, 'out', /^Done/).waitFor();
    await settled();
    await takeCommits(page);
    await run(page);
    await settled();
    const { nodes } = await takeCommits(page);
    // Only these two take part in the run.
    expect(Object.keys(nodes).sort()).toEqual(['n0', 'out']);
  });
});
