import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkTrace, timeByNode } from '../shared/profile/trace-checks.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { pickFile } from './person-steps.ts';
import { openAs, openSample, panel, perform, run, TEST_NODES } from './run-steps.ts';

describe.skipIf(!hasBrowser)('the profiler', () => {
  let editor: Editor;
  let browser: EditorBrowser;
  let page: Page;

  beforeAll(async () => {
    editor = await startEditor({ nodes: TEST_NODES });
    browser = await EditorBrowser.start();
  });
  beforeEach(async () => {
    page = await browser.open(editor);
  });
  afterEach(() => browser.leave(page));
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  const timeline = (profiler: Locator) => profiler.getByRole('img', { name: /^Timeline of \d+ rows/ });
  /** What of the run the timeline shows, as it says below. */
  const inView = (profiler: Locator) => profiler.getByText(/ in view/);
  const inspector = () => page.getByRole('complementary', { name: 'Inspector' });

  test('tells the times of each node, in any order, and a click leads to the node', async () => {
    await openSample(page, 'Detect objects in a picture', 'detect-image');
    const profiler = await panel(page, 'Profiler');
    await profiler.getByText('will be here after a run').waitFor();
    await run(page);
    const rows = profiler.getByRole('list', { name: 'Self times' }).getByRole('button');
    await rows.first().waitFor();
    // In the order of the columns: node, calls, total, self, mean, p95, share.
    const cells = async () => (await rows.allInnerTexts()).map((text) => text.split('\n'));
    await expect
      .poll(async () => (await cells()).map(([node]) => node))
      .toEqual(expect.arrayContaining(['load', 'infer', 'decode']));
    const byTotal = await cells();
    const totals = byTotal.map(([, , total]) => milliseconds(total));
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    for (const [node, calls, total, self, mean, p95] of byTotal) {
      expect(calls).toBe('1');
      // There was one call, so they are all the same; what the model's process did is no part of the node's own work.
      expect([mean, p95]).toEqual([total, total]);
      if (node === 'infer') expect(milliseconds(self)).toBeLessThan(milliseconds(total));
    }
    expect(byTotal.reduce((sum, [, , , , , , share]) => sum + Number.parseInt(share, 10), 0)).toBeGreaterThan(90);

    await profiler.getByRole('button', { name: 'Sort by Node' }).click();
    await profiler.getByRole('button', { name: 'Sort by Node', pressed: true }).waitFor();
    const names = (await cells()).map(([node]) => node);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b)));
    await rows.filter({ hasText: /^decode/ }).click();
    await inspector()
      .getByRole('heading', { name: /Decode/ })
      .waitFor();
  });

  test('shows a video over time: zoom at the pointer, drag, keys, what a piece of work was, and its node', async () => {
    await openSample(page, 'Detect objects in a video', 'detect-video');
    const profiler = await panel(page, 'Profiler');
    expect(await run(page)).toMatch(/^Done in/);
    const view = timeline(profiler);
    const box = await boxOf(view);
    // What it shows is of the end of the run, and no longer of its course.
    await profiler
      .getByRole('list', { name: 'Self times' })
      .getByRole('button')
      .filter({ hasText: /^write180/ })
      .waitFor();
    const whole = await inView(profiler).innerText();

    // Over the middle of the plot, which begins behind the names.
    const middle = { x: box.x + 140 + (box.width - 140) / 2, y: box.y + 30 };
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.wheel(0, -1200);
    await profiler.getByText(/ in view of .* from /).waitFor();
    const close = await inView(profiler).innerText();
    // 1.002 to the power of 1200 is 11.
    expect(lengthOf(whole) / lengthOf(close)).toBeGreaterThan(9);
    expect(lengthOf(whole) / lengthOf(close)).toBeLessThan(13);

    await page.mouse.down();
    await page.mouse.move(middle.x + 100, middle.y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => inView(profiler).innerText()).not.toBe(close);
    expect(lengthOf(await inView(profiler).innerText())).toBe(lengthOf(close));

    await view.focus();
    await page.keyboard.press('-');
    await expect.poll(async () => lengthOf(await inView(profiler).innerText())).toBeGreaterThan(lengthOf(close));
    const moved = await inView(profiler).innerText();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => inView(profiler).innerText()).not.toBe(moved);
    await page.keyboard.press('0');
    await profiler.getByText(/^[\d.]+ (ms|s) in view$/).waitFor();
    await page.keyboard.press('+');
    await profiler.getByText(/ in view of /).waitFor();

    // The first row is the process that came first: the one that decodes, for the node that reads.
    const tip = page.getByRole('tooltip');
    await pointAtWork(box, tip, /^read video\/read@1/);
    await expect.poll(() => tip.innerText()).toMatch(/in\s+media \(\d+\)/);
    await expect.poll(() => tip.innerText()).toMatch(/took\s+[\d.]+ (µs|ms)/);
    await page.mouse.down();
    await page.mouse.up();
    await inspector()
      .getByRole('heading', { name: /Read video/i })
      .waitFor();
    await page.mouse.move(5, 5);
    await tip.waitFor({ state: 'detached' });
  });

  test('saves the run as a trace that says the same', async () => {
    await openSample(page, 'Detect objects in a picture', 'detect-image');
    const profiler = await panel(page, 'Profiler');
    await run(page);
    const rows = profiler.getByRole('list', { name: 'Self times' }).getByRole('button');
    await rows.first().waitFor();
    await profiler.getByRole('button', { name: 'Save trace…' }).click();
    const path = join(editor.files, 'detect.trace.json');
    await pickFile(page, path);
    const notices = page.getByRole('region', { name: 'Notices' });
    await notices.getByText(/Saved the trace as .*detect\.trace\.json/).waitFor();
    const traced = timeByNode(checkTrace(readFileSync(path, 'utf8')));
    for (const text of await rows.allInnerTexts()) {
      const [node, , total] = text.split('\n');
      // The table rounds: to a tenth of a millisecond, or to a microsecond.
      expect(Math.abs((traced.get(node) ?? 0) / 1000 - milliseconds(total)), node).toBeLessThanOrEqual(0.5);
    }
    // By its name too, for whoever has no panel open.
    await perform(page, 'Save the trace of the run…');
    const again = join(editor.files, 'again.trace.json');
    await pickFile(page, again);
    await notices.getByText(/again\.trace\.json/).waitFor();
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(path, 'utf8'));
  });

  test('shows 100,000 pieces of work, and any of them when zoomed in', async () => {
    await openAs(page, editor, 'many', {
      nodes: [
        { id: 'range', type: 'flow/range@1', params: { stop: 25_000 }, ui: { at: [0, 0] } },
        { id: 'a', type: 'e2e/same@1', ui: { at: [260, 0] } },
        { id: 'b', type: 'e2e/same@1', ui: { at: [520, 0] } },
        { id: 'all', type: 'flow/collect@1', ui: { at: [780, 0] } },
        { id: 'out', type: 'io/output@1', params: { name: 'all' }, ui: { at: [1040, 0] } },
      ],
      wires: [
        { from: 'range.value', to: 'a.x' },
        { from: 'a.y', to: 'b.x' },
        { from: 'b.y', to: 'all.value' },
        { from: 'all.list', to: 'out.value' },
      ],
    });
    const profiler = await panel(page, 'Profiler');
    expect(await run(page)).toMatch(/^Done in/);
    const rows = profiler.getByRole('list', { name: 'Self times' }).getByRole('button');
    await rows.filter({ hasText: /^a25000/ }).waitFor();
    const box = await boxOf(timeline(profiler));
    // Where there is some: nodes wait for each other, and for what collects garbage.
    await pointAtWork(box, page.getByRole('tooltip'), /item\s+\d+/);
    await page.mouse.wheel(0, -1200);
    await profiler.getByText(/ in view of .* from /).waitFor();
    await pointAtWork(box, page.getByRole('tooltip'), /item\s+\d+/);
  });

  /** Moves along the rows until the pointer is over a piece of work; more than once, as what is said of it may come late. */
  async function pointAtWork(box: Box, tip: Locator, text: RegExp): Promise<void> {
    const rows = [28, 48, 68, 88];
    for (const y of [...rows, ...rows, ...rows]) {
      for (let x = 150; x < box.width - 10; x += 9) {
        await page.mouse.move(box.x + x, box.y + y);
        if ((await tip.count()) > 0 && text.test(await tip.innerText())) return;
      }
    }
    throw new Error(`No piece of work says ${text}.`);
  }
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

async function boxOf(element: Locator): Promise<Box> {
  await element.waitFor();
  const box = await element.boundingBox();
  if (box === null) throw new Error('It is not in the window.');
  return box;
}

/** ms that `412 ms in view of …` begins with. */
function lengthOf(text: string): number {
  return milliseconds(text.split(' in view')[0]);
}

function milliseconds(text: string): number {
  const found = /^([\d.]+) (µs|ms|s)$/.exec(text);
  if (found === null) throw new Error(`${text} is no time.`);
  return Number(found[1]) * { µs: 0.001, ms: 1, s: 1000 }[found[2] as 'µs' | 'ms' | 's'];
}
