import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { canvasPixels, differenceNear, pictureIn } from './canvas-pixels.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { said } from './person-steps.ts';
import {
  ended,
  goTo,
  hoverPin,
  mark,
  node,
  openAs,
  openSample,
  panel,
  perform,
  run,
  runBar,
  saveAgain,
  select,
  startRun,
  stopButton,
  TEST_NODES,
} from './run-steps.ts';

const MEDIA = join(import.meta.dirname, '../../resources/media');
/** Of the photo of the samples. */
const WIDTH = 1280;
const HEIGHT = 720;
type Box = readonly [left: number, top: number, width: number, height: number];

describe.skipIf(!hasBrowser)('runs', () => {
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

  const gate = (name: string) => join(editor.files, `${name}.gate`);

  test('the first sample finds shapes with no setting: boxes are in the picture, and the outputs among the runs', async () => {
    await openSample(page, 'Detect objects in a picture', 'detect-image');
    expect(await run(page)).toMatch(/^Done in/);
    await goTo(page, 'annotated');
    await page.getByRole('img', { name: 'Picture of annotated' }).hover();
    await page.getByRole('button', { name: 'Open large' }).click();
    const picture = page.getByRole('dialog').getByRole('img', { name: 'Picture of annotated' });
    await picture.waitFor();
    const truth: { shapes: { box: Box }[] } = JSON.parse(readFileSync(join(MEDIA, 'shapes.json'), 'utf8'));
    const boxes = truth.shapes.map(({ box }) => box);
    // The count counts: of boxes in other places there are none.
    const elsewhere = boxes.map(([x, y, width, height]): Box => [x + width / 3, y + height / 3, width / 3, height / 3]);
    // What was sent for a small view is seen until the large picture has come.
    const drawn = async () => [await drawnBoxes(picture, boxes), await drawnBoxes(picture, elsewhere)];
    await expect.poll(drawn, { timeout: 15_000 }).toEqual([boxes.length, 0]);
    await page.keyboard.press('Escape');
    const rows = (await panel(page, 'Runs')).getByRole('table').getByRole('row');
    await rows.nth(1).waitFor();
    expect((await rows.count()) - 1).toBe(boxes.length);
    // What a run shows it leaves in no folder.
    expect(readdirSync(editor.home).includes('Weft')).toBe(false);
  });

  test('while it goes on, nodes say where they are; at the end, how long they took or that they were known', async () => {
    await openAs(page, editor, 'states', {
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
    await expect.poll(() => node(page, 'tell').getByRole('img').count()).toBe(0);
    await runBar(page).getByText('1 of 3 nodes').waitFor();
    await expect.poll(() => runBar(page).getByRole('progressbar').getAttribute('aria-valuenow')).toBe('42');
    writeFileSync(gate('states'), '1');
    expect(await ended(page)).toMatch(/^Done in/);
    await mark(page, 'gate', /^Done in/).waitFor();
    await mark(page, 'tell', /^Done in/).waitFor();
    await said(page)
      .getByText(/^Done in/)
      .waitFor();

    await run(page);
    await mark(page, 'gate', /^From the cache/).waitFor();
    // What only a known result needs does not run; whatever has effects is done again.
    await expect.poll(() => node(page, 'half').getByRole('img').count()).toBe(0);
    await mark(page, 'tell', /^Done in/).waitFor();
    const runs = await panel(page, 'Runs');
    await expect.poll(() => runs.getByRole('list', { name: 'Runs' }).getByRole('button').count()).toBe(2);
    await runs.getByText('1 done, 1 cached').waitFor();
  });

  test('a node that fails says why in itself, among the problems and in the log, and a click leads there', async () => {
    await openAs(page, editor, 'failing', {
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
    await expect.poll(() => node(page, 'fail').getByText(sentence).count()).toBe(0);
    await expect.poll(() => page.getByRole('tab', { name: /^Problems/ }).innerText()).toBe('Problems');
    await saveAgain(page, 'failing');
  });

  test('only what is needed runs to a node, and from a node what comes after it', async () => {
    await openAs(page, editor, 'parts', {
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
    await expect.poll(() => node(page, 'c').getByRole('img').count()).toBe(0);
    await expect.poll(() => node(page, 'aside').getByRole('img').count()).toBe(0);

    await node(page, 'b').locator('header').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Run from here' }).click();
    await mark(page, 'c', /^Done in/).waitFor();
    // Asked for, it is computed anew, though its result was known.
    await mark(page, 'b', /^Done in/).waitFor();
    await mark(page, 'a', /^From the cache/).waitFor();
    await expect.poll(() => node(page, 'aside').getByRole('img').count()).toBe(0);
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
    await expect.poll(() => backend.getByRole('option', { name: /^tensorrt: / }).isDisabled()).toBe(true);
    await backend.selectOption('wasm');
    await run(page);
    await expect.poll(() => rows.count()).toBeLessThan(all);
    await goTo(page, 'load');
    await (await hoverPin(page, 'load', 'output model')).getByText('on wasm').waitFor();
    // Two runs, each with what it gave.
    await runs.getByRole('list', { name: 'Runs' }).getByRole('button').last().click();
    await expect.poll(() => rows.count()).toBe(all);
    await runBar(page).getByRole('button', { name: 'Reset conf to its default' }).click();
    await expect.poll(() => conf.inputValue()).toBe('0.25');
  });

  test('running while it runs begins anew, stopping ends it, and both are among the runs', async () => {
    await openAs(page, editor, 'waiting', {
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

/** How many of the boxes are drawn onto the photo: all around the box, and nowhere inside it. */
async function drawnBoxes(picture: Locator, boxes: readonly Box[]): Promise<number> {
  const seen = await canvasPixels(picture);
  const photo = await pictureIn(seen, join(MEDIA, 'shapes.jpg'));
  const scale = Math.min(seen.width / WIDTH, seen.height / HEIGHT);
  const left = (seen.width - WIDTH * scale) / 2;
  const top = (seen.height - HEIGHT * scale) / 2;
  const difference = (x: number, y: number, reach: number) =>
    differenceNear(seen, photo, left + x * scale, top + y * scale, reach);
  return boxes.filter(([x, y, width, height]) => {
    const sides = [0.25, 0.5, 0.75].flatMap((part) => [
      [x + part * width, y + height],
      [x, y + part * height],
      [x + width, y + part * height],
    ]);
    // The model is a few pixels off; a part of a side may lie on a shape of its own colour.
    const framed = sides.filter(([sx, sy]) => difference(sx, sy, 10) > 60).length;
    return framed >= 7 && difference(x + width / 2, y + height / 2, 1) < 20;
  }).length;
}
