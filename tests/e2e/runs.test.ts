import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { EditorServer } from './editor-server.ts';
import { said } from './person-steps.ts';
import {
  ended,
  mark,
  node,
  openAs,
  openSample,
  panel,
  perform,
  run,
  runBar,
  select,
  startRun,
  stopButton,
  TEST_NODES,
} from './run-steps.ts';

describe.skipIf(!hasBrowser)('runs', () => {
  let server: EditorServer;
  let browser: EditorBrowser;
  let page: Page;

  beforeAll(async () => {
    server = await EditorServer.start({ nodes: TEST_NODES });
    browser = await EditorBrowser.start();
  });
  beforeEach(async () => {
    page = await browser.open(server.url);
  });
  afterEach(() => page.context().close());
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  const gate = (name: string) => join(server.files, `${name}.gate`);

  test('the first sample finds shapes with no setting: boxes are in the picture, and the outputs among the runs', async () => {
    await openSample(page, 'Detect objects in a picture', 'detect-image');
    expect(await run(page)).toMatch(/^Done in/);
    const outputs = await panel(page, 'Runs');
    const rows = outputs.getByRole('table').getByRole('row');
    await rows.nth(1).waitFor();
    const truth: { shapes: { label: string; box: number[] }[] } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../resources/media/shapes.json'), 'utf8'),
    );
    expect(await rows.count()).toBeGreaterThanOrEqual(truth.shapes.length - 1);
    const picture = page.getByRole('img', { name: 'Picture of annotated' });
    await picture.waitFor();
    expect(await framedShapes(picture, truth.shapes)).toBeGreaterThanOrEqual(truth.shapes.length - 1);
    // What a run shows it leaves in no folder.
    expect(readdirSync(server.home).includes('Weft')).toBe(false);
  });

  test('while it goes on, nodes say where they are; at the end, how long they took or that they were known', async () => {
    await openAs(page, server, 'states', {
      nodes: [
        { id: 'half', type: 'value/number@1', params: { value: 0.5 }, ui: { at: [0, 0] } },
        { id: 'gate', type: 'e2e/gate@1', params: { file: gate('states') }, ui: { at: [260, 0] } },
        { id: 'tell', type: 'e2e/tell@1', ui: { at: [520, 0] } },
      ],
      wires: [
        { from: 'half.value', to: 'gate.x' },
        { from: 'gate.y', to: 'tell.value' },
      ],
    });
    await startRun(page);
    await mark(page, 'half', /^Done in \d/).waitFor();
    await mark(page, 'gate', /^Running, 25 percent/).waitFor();
    await node(page, 'gate').getByRole('progressbar', { name: 'Waiting at the gate' }).waitFor();
    expect(await node(page, 'tell').getByRole('img').count()).toBe(0);
    await runBar(page).getByText('1 of 3 nodes').waitFor();
    expect(await runBar(page).getByRole('progressbar').getAttribute('aria-valuenow')).toBe('42');
    writeFileSync(gate('states'), '1');
    expect(await ended(page)).toMatch(/^Done in/);
    await mark(page, 'gate', /^Done in/).waitFor();
    await mark(page, 'tell', /^Done in/).waitFor();
    await said(page)
      .getByText(/^Done in/)
      .waitFor();

    await run(page);
    await mark(page, 'half', /^From the cache/).waitFor();
    await mark(page, 'gate', /^From the cache/).waitFor();
    // Whatever has effects is done again.
    await mark(page, 'tell', /^Done in/).waitFor();
    const runs = await panel(page, 'Runs');
    expect(await runs.getByRole('list', { name: 'Runs' }).getByRole('button').count()).toBe(2);
    await runs.getByText('1 done, 2 cached').waitFor();
  });

  test('a node that fails says why in itself, among the problems and in the log, and a click leads there', async () => {
    await openAs(page, server, 'failing', {
      nodes: [
        { id: 'three', type: 'value/number@1', params: { value: 3 }, ui: { at: [0, 0] } },
        { id: 'fail', type: 'test/fail-at@1', params: { at: 3 }, ui: { at: [260, 0] } },
        { id: 'tell', type: 'e2e/tell@1', ui: { at: [520, 0] } },
      ],
      wires: [
        { from: 'three.value', to: 'fail.x' },
        { from: 'fail.y', to: 'tell.value' },
      ],
    });
    const sentence = /3 is the number to fail at/;
    expect(await run(page)).toMatch(sentence);
    await mark(page, 'fail', /^Failed/).waitFor();
    await mark(page, 'tell', /^Skipped/).waitFor();
    await node(page, 'fail').getByText(sentence).waitFor();
    const problems = await panel(page, 'Problems');
    await page.getByRole('tab', { name: 'Problems 1' }).waitFor();
    await problems.getByRole('button', { name: sentence }).click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByText('E_NODE_FAILED').or(inspector.getByText(/^E_/)).first().waitFor();
    await inspector.getByText(sentence).first().waitFor();
    const log = await panel(page, 'Log');
    await log.getByText('error', { exact: true }).last().waitFor();
    await log.getByTitle(sentence).waitFor();
    await said(page).getByText(sentence).waitFor();

    // With the cause mended, the failed node and what comes after it are computed, and nothing else.
    await inspector.getByRole('spinbutton', { name: 'at' }).fill('4');
    await page.keyboard.press('Enter');
    await runBar(page).getByRole('button', { name: 'Run failed nodes again' }).click();
    expect(await ended(page)).toMatch(/^Done in/);
    await mark(page, 'fail', /^Done in/).waitFor();
    await mark(page, 'tell', /^Done in/).waitFor();
    expect(await node(page, 'fail').getByText(sentence).count()).toBe(0);
    expect(await page.getByRole('tab', { name: /^Problems/ }).innerText()).toBe('Problems');
  });

  test('only what is needed runs to a node, and from a node what comes after it', async () => {
    await openAs(page, server, 'parts', {
      nodes: [
        { id: 'a', type: 'value/number@1', params: { value: 1 }, ui: { at: [0, 0] } },
        { id: 'b', type: 'test/fail-at@1', params: { at: 0 }, ui: { at: [260, 0] } },
        { id: 'c', type: 'test/fail-at@1', params: { at: 0 }, ui: { at: [520, 0] } },
        { id: 'aside', type: 'e2e/tell@1', ui: { at: [520, 220] } },
      ],
      wires: [
        { from: 'a.value', to: 'b.x' },
        { from: 'b.y', to: 'c.x' },
        { from: 'a.value', to: 'aside.value' },
      ],
    });
    await select(page, 'b');
    await page.keyboard.press('Alt+Enter');
    expect(await ended(page)).toMatch(/^Done in/);
    await mark(page, 'b', /^Done in/).waitFor();
    expect(await node(page, 'c').getByRole('img').count()).toBe(0);
    expect(await node(page, 'aside').getByRole('img').count()).toBe(0);

    await node(page, 'b').locator('header').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Run from here' }).click();
    await mark(page, 'c', /^Done in/).waitFor();
    // Asked for, it is computed anew, though its result was known.
    await mark(page, 'b', /^Done in/).waitFor();
    await mark(page, 'a', /^From the cache/).waitFor();
    expect(await node(page, 'aside').getByRole('img').count()).toBe(0);
  });

  test('inputs of the graph are set above the canvas and hold for the next run, on the backend that is chosen', async () => {
    await openSample(page, 'Detect objects in a picture', 'detect-image');
    await run(page);
    const runs = await panel(page, 'Runs');
    const rows = runs.getByRole('table').getByRole('row');
    await rows.nth(1).waitFor();
    const all = await rows.count();
    const conf = runBar(page).getByRole('spinbutton', { name: 'Input conf' });
    await conf.click();
    await conf.fill('0.9');
    await page.keyboard.press('Enter');
    const backend = runBar(page).getByRole('combobox', { name: 'Backend' });
    await backend.hover();
    await backend.getByRole('option', { name: /^tensorrt: / }).waitFor({ state: 'attached' });
    expect(await backend.getByRole('option', { name: /^tensorrt: / }).isDisabled()).toBe(true);
    await backend.selectOption('wasm');
    await run(page);
    await expect.poll(() => rows.count()).toBeLessThan(all);
    const model = page.getByRole('tooltip').getByText('on wasm');
    await select(page, 'load');
    await node(page, 'load')
      .getByRole('button', { name: /^output model/ })
      .focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await model.waitFor();
    // Two runs, each with what it gave.
    await runs.getByRole('list', { name: 'Runs' }).getByRole('button').last().click();
    expect(await rows.count()).toBe(all);
    await runBar(page).getByRole('button', { name: 'Reset conf to its default' }).click();
    expect(await conf.inputValue()).toBe('0.25');
  });

  test('running while it runs begins anew, stopping ends it, and both are among the runs', async () => {
    await openAs(page, server, 'waiting', {
      nodes: [{ id: 'wait', type: 'test/wait@1', ui: { at: [0, 0] } }],
    });
    await select(page, 'wait');
    await page.keyboard.press('Control+Enter');
    await mark(page, 'wait', /^Running/).waitFor();
    await page.keyboard.press('Control+Enter');
    const runs = await panel(page, 'Runs');
    await runs.getByRole('list', { name: 'Runs' }).getByRole('button').first().waitFor();
    await stopButton(page).click();
    expect(await ended(page)).toMatch(/^Stopped after/);
    await mark(page, 'wait', /^Stopped/).waitFor();
    await expect.poll(() => runs.getByRole('list', { name: 'Runs' }).getByRole('button').count()).toBe(2);
    await perform(page, 'Run the graph');
    await mark(page, 'wait', /^Running/).waitFor();
    await page.keyboard.press('Shift+F5');
    expect(await ended(page)).toMatch(/^Stopped after/);
  });
});

/** How many of the shapes have the outline of a box around them: pixels at all four borders that the photo does not have. */
async function framedShapes(
  picture: ReturnType<Page['getByRole']>,
  shapes: readonly { readonly box: readonly number[] }[],
): Promise<number> {
  return picture.evaluate((canvas, shapes) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('The picture is no canvas.');
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('The canvas has no content.');
    const scale = Math.min(canvas.width / 1280, canvas.height / 720);
    const [left, top] = [(canvas.width - 1280 * scale) / 2, (canvas.height - 720 * scale) / 2];
    // The wood of the photo and the paper are pale; boxes are drawn in full colours.
    const isVivid = (x: number, y: number) => {
      const [r, g, b] = context.getImageData(left + x * scale, top + y * scale, 1, 1).data;
      return Math.max(r, g, b) - Math.min(r, g, b) > 110;
    };
    const near = (x: number, y: number, dx: number, dy: number) => {
      for (let d = -10; d <= 10; d++) if (isVivid(x + d * dx, y + d * dy)) return true;
      return false;
    };
    return shapes.filter(({ box: [x, y, width, height] }) => {
      // Near the corners, where the round and pointed shapes themselves are not.
      const corners = [
        [x, y + height],
        [x + width, y],
        [x + width, y + height],
      ];
      return corners.every(([cx, cy]) => near(cx, cy, 1, 0) && near(cx, cy, 0, 1));
    }).length;
  }, shapes);
}
