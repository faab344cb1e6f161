import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { canvasPixels } from './canvas-pixels.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { ended, hoverPin, node, openAs, pinOf, run, saveAgain, startRun, TEST_NODES } from './run-steps.ts';

const PHOTO = join(import.meta.dirname, '../../resources/media/shapes.jpg');

describe.skipIf(!hasBrowser)('values at pins', () => {
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

  /** What a look says of a value, by name. */
  async function facts(look: Locator): Promise<Record<string, string>> {
    const names = await look.getByRole('term').allInnerTexts();
    const texts = await look.getByRole('definition').allInnerTexts();
    return Object.fromEntries(names.map((name, k) => [name, texts[k]]));
  }

  test('a tensor is told with its type, shape, bytes and statistics, NaN and infinities apart', async () => {
    await openAs(page, editor, 'awkward', {
      nodes: [
        { id: 'awkward', type: 'e2e/awkward@1', ui: { at: [0, 0] } },
        { id: 'out', type: 'io/output@1', params: { name: 'tensor' }, ui: { at: [300, 0] } },
      ],
      wires: [{ from: 'awkward.tensor', to: 'out.value' }],
    });
    const before = await hoverPin(page, 'awkward', 'output tensor');
    await before.getByText(/[Rr]un/).waitFor();
    await page.mouse.move(5, 5);
    await before.waitFor({ state: 'detached' });

    await run(page);
    const look = await hoverPin(page, 'awkward', 'output tensor');
    await look.getByRole('term').first().waitFor();
    await look.getByText('tensor float32[2,3]').or(look.getByText('float32[2,3]')).first().waitFor();
    expect(await facts(look)).toEqual({
      dtype: 'float32',
      shape: '[2, 3]',
      size: '24 B',
      min: '-2',
      max: '4',
      mean: '0.9375',
      'NaN, Inf': '1, 1',
    });
    await look.getByText('1.5').waitFor();
    // The same on the way and where it arrives.
    await page.mouse.move(5, 5);
    await look.waitFor({ state: 'detached' });
    expect(await facts(await shown(hoverPin(page, 'out', 'input value')))).toMatchObject({ size: '24 B', max: '4' });
  });

  /** A look, once it has the value. */
  async function shown(hovering: Promise<Locator>): Promise<Locator> {
    const look = await hovering;
    await look.getByRole('term').first().waitFor();
    return look;
  }

  test('a picture is told as what another program finds in its file, with a thumbnail of it', async () => {
    await openAs(page, editor, 'photo', {
      nodes: [
        { id: 'read', type: 'image/read@1', params: { path: PHOTO }, ui: { at: [0, 0] } },
        { id: 'out', type: 'io/output@1', params: { name: 'photo' }, ui: { at: [300, 0] } },
      ],
      wires: [{ from: 'read.image', to: 'out.value' }],
    });
    await run(page);
    const look = await shown(hoverPin(page, 'read', 'output image'));
    const { data, info } = await sharp(PHOTO).raw().toBuffer({ resolveWithObject: true });
    const told = await facts(look);
    expect(told).toMatchObject({ depth: `u8 × ${info.channels}`, size: '2.8 MB' });
    expect(Number(told.min)).toBe(data.reduce((least, sample) => Math.min(least, sample), 255));
    expect(Number(told.max)).toBe(data.reduce((most, sample) => Math.max(most, sample), 0));
    const mean = data.reduce((sum, sample) => sum + sample, 0) / data.length;
    // In five digits.
    expect(Number(told.mean)).toBeCloseTo(mean, 2);
    await look.getByText('image 1280×720×3').waitFor();

    const thumbnail = await canvasPixels(look.locator('canvas'));
    const small = await sharp(PHOTO).resize(thumbnail.width, thumbnail.height).ensureAlpha().raw().toBuffer();
    let difference = 0;
    for (let k = 0; k < small.length; k++) difference += Math.abs(small[k] - thumbnail.rgba[k]);
    expect(difference / small.length).toBeLessThan(4);
  });

  test('a look stays open while the run goes on, says why there is no value yet, and shows it as it comes', async () => {
    const gate = join(editor.files, 'look.gate');
    await openAs(page, editor, 'looking', {
      nodes: [
        { id: 'number', type: 'value/number@1', params: { value: 7 }, ui: { at: [0, 0] } },
        { id: 'gate', type: 'e2e/gate@1', params: { file: gate }, ui: { at: [300, 0] } },
        { id: 'tell', type: 'e2e/tell@1', ui: { at: [600, 0] } },
      ],
      wires: [
        { from: 'number.value', to: 'gate.x' },
        { from: 'gate.y', to: 'tell.value' },
      ],
    });
    await startRun(page);
    const early = await hoverPin(page, 'gate', 'input x');
    await early.getByText('7', { exact: true }).waitFor();
    const look = await hoverPin(page, 'gate', 'output y');
    await look
      .getByText(/running|has not|wait|yet/i)
      .first()
      .waitFor();
    await look.getByRole('button', { name: 'Keep open' }).click();
    const kept = page.getByRole('region', { name: 'Value of y of gate' });
    await kept.waitFor();
    writeFileSync(gate, '1');
    await ended(page);
    await kept.getByText('7', { exact: true }).waitFor();

    // It shows each further run, can be moved, and stays until it is closed.
    const number = page.getByRole('spinbutton', { name: 'value of number' });
    await number.hover();
    await number.fill('8');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    await kept.getByText('8', { exact: true }).waitFor();
    const from = await kept.boundingBox();
    await kept.focus();
    await page.keyboard.press('ArrowDown');
    const to = await kept.boundingBox();
    expect((to?.y ?? 0) - (from?.y ?? 0)).toBeCloseTo(16);
    await kept.getByRole('button', { name: 'Close' }).click();
    await kept.waitFor({ state: 'detached' });
    await saveAgain(page, 'looking');
  });

  test('a node that failed shows what came in, and at its outputs why nothing came out; P keeps a look open', async () => {
    await openAs(page, editor, 'failed', {
      nodes: [
        { id: 'three', type: 'value/number@1', params: { value: 3 }, ui: { at: [0, 0] } },
        { id: 'fail', type: 'test/fail-at@1', params: { at: 3 }, ui: { at: [300, 0] } },
        { id: 'tell', type: 'e2e/tell@1', ui: { at: [600, 0] } },
      ],
      wires: [
        { from: 'three.value', to: 'fail.x' },
        { from: 'fail.y', to: 'tell.value' },
      ],
    });
    await run(page);
    await shown(hoverPin(page, 'fail', 'input x')).then((look) => look.getByText('3', { exact: true }).waitFor());
    const look = await hoverPin(page, 'fail', 'output y');
    await look.getByText(/3 is the number to fail at/).waitFor();
    await page.keyboard.press('p');
    const failed = page.getByRole('region', { name: 'Value of y of fail' });
    await failed.waitFor();
    // A second one beside it; both follow the next run.
    await shown(hoverPin(page, 'three', 'output value'));
    await page.keyboard.press('p');
    const given = page.getByRole('region', { name: 'Value of value of three' });
    await given.waitFor();
    await run(page);
    await given.getByText('3', { exact: true }).waitFor();
    await failed.getByText(/3 is the number to fail at/).waitFor();
    await given.getByRole('button', { name: 'Close' }).click();
    await given.waitFor({ state: 'detached' });
    expect(await failed.isVisible()).toBe(true);
  });

  test('pointing at a wire shows what goes through it', async () => {
    await openAs(page, editor, 'wired', {
      nodes: [
        { id: 'number', type: 'value/number@1', params: { value: 7 }, ui: { at: [0, 0] } },
        { id: 'tell', type: 'e2e/tell@1', ui: { at: [400, 0] } },
      ],
      wires: [{ from: 'number.value', to: 'tell.value' }],
    });
    await run(page);
    const [from, to] = await Promise.all([
      pinOf(page, 'number', 'output value').boundingBox(),
      pinOf(page, 'tell', 'input value').boundingBox(),
    ]);
    if (from === null || to === null) throw new Error('The pins are not on the canvas.');
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2 - 30);
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
    await page.getByRole('tooltip').getByText('7', { exact: true }).waitFor();
    // Escape closes it, and it does not come back while the pointer stays.
    await page.keyboard.press('Escape');
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await node(page, 'tell').waitFor();
  });
});
