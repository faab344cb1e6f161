import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dragFromPalette, drawWire, nodes, placeOn, wires } from './build-steps.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { EditorServer } from './editor-server.ts';
import { openGraph, pickFile, tab } from './person-steps.ts';
import { node, openSample, panel, run } from './run-steps.ts';

/** The nodes of the first sample: where each goes, as it is named by its id, and in which order ids are given. */
const NODES: readonly (readonly [title: string, id: string, column: number, y: number])[] = [
  ['Graph input', 'input', 0, -300],
  ['Graph input', 'input-2', 0, -160],
  ['Graph input', 'input-3', 0, -20],
  ['Graph input', 'input-4', 0, 120],
  ['Read image', 'read', 1, -300],
  ['Load model', 'load', 1, -120],
  ['Prepare for detection', 'prepare', 2, -300],
  ['Infer', 'infer', 2, -100],
  ['Decode detections', 'decode', 2, 60],
  ['Filter detections', 'filter', 3, -300],
  ['Non-maximum suppression', 'nms', 3, -130],
  ['To original picture', 'to-original', 3, 60],
  ['Format detections', 'format', 4, -300],
  ['Draw detections', 'draw-detections', 4, -180],
  ['Graph output', 'output', 5, -300],
  ['Graph output', 'output-2', 5, -170],
];

const PARAMS: readonly (readonly [id: string, pin: string, text: string])[] = [
  ['input', 'name', 'image'],
  ['input', 'type', 'path'],
  ['input', 'default', join(import.meta.dirname, '../../resources/media/shapes.jpg')],
  ['input-2', 'name', 'model'],
  ['input-2', 'type', 'path'],
  ['input-2', 'default', 'bundled:shapes'],
  ['input-3', 'name', 'conf'],
  ['input-3', 'type', 'number'],
  ['input-3', 'default', '0.25'],
  ['input-4', 'name', 'iou'],
  ['input-4', 'type', 'number'],
  ['input-4', 'default', '0.45'],
  ['output', 'name', 'detections'],
  ['output-2', 'name', 'annotated'],
];

const WIRES: readonly (readonly [from: string, to: string])[] = [
  ['input.value', 'read.path'],
  ['input-2.value', 'load.path'],
  ['read.image', 'prepare.image'],
  ['load.model', 'prepare.model'],
  ['load.model', 'infer.model'],
  ['prepare.tensor', 'infer.input'],
  ['infer.outputs', 'decode.outputs'],
  ['prepare.space', 'decode.space'],
  ['prepare.family', 'decode.family'],
  ['load.model', 'decode.model'],
  ['decode.detections', 'filter.detections'],
  ['input-3.value', 'filter.confidence'],
  ['filter.detections', 'nms.detections'],
  ['input-4.value', 'nms.iou'],
  ['nms.detections', 'to-original.detections'],
  ['to-original.detections', 'format.detections'],
  ['read.image', 'draw-detections.image'],
  ['to-original.detections', 'draw-detections.detections'],
  ['format.list', 'output.value'],
  ['draw-detections.image', 'output-2.value'],
];

describe.skipIf(!hasBrowser)('a graph built by mouse', () => {
  let server: EditorServer;
  let browser: EditorBrowser;

  beforeAll(async () => {
    server = await EditorServer.start();
    browser = await EditorBrowser.start();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  const outputs = async (page: Page) => {
    const rows = (await panel(page, 'Runs')).getByRole('table').getByRole('row');
    await rows.nth(1).waitFor();
    return rows.allInnerTexts();
  };

  test('from an empty canvas finds what the sample finds, and again after it was saved, reloaded and opened', async () => {
    const page = await browser.open(server.url, await browser.person({ viewport: { width: 1920, height: 1080 } }));
    await openSample(page, 'Detect objects in a picture', 'detect-image');
    expect(await run(page)).toMatch(/^Done in/);
    const expected = await outputs(page);
    expect(expected.length).toBeGreaterThan(4);

    await page.getByRole('button', { name: 'New graph' }).click();
    await page.getByRole('button', { name: 'Show or hide the bottom panel' }).click();
    await page.getByText('This graph is empty').waitFor();
    const middle = await placeOn(page, 0, 0);
    await page.mouse.move(middle.x, middle.y);
    // Further out, so that six columns of nodes fit.
    await page.mouse.wheel(0, 300);
    for (const [title, id, column, y] of NODES) {
      await dragFromPalette(page, title, await placeOn(page, -660 + column * 220, y));
      await node(page, id).waitFor();
    }
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    for (const [id, pin, text] of PARAMS) {
      await node(page, id).locator('header').click();
      const field = inspector.getByLabel(pin, { exact: true });
      await field.click({ timeout: 4000 }).catch(async (e) => {
        await page.screenshot({ path: '/tmp/e1/fail.png' });
        throw e;
      });
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
      await inspector.getByRole('heading').first().click();
    }
    for (const [from, to] of WIRES) await drawWire(page, from, to);
    await page.screenshot({ path: process.env.SHOT ?? '/dev/null' });
    expect(await wires(page)).toEqual(WIRES.map(([from, to]) => `${from} → ${to}`).sort());

    expect(await run(page)).toMatch(/^Done in/);
    await page.getByRole('img', { name: 'Picture of annotated' }).waitFor();
    expect(await outputs(page)).toEqual(expected);

    await page.getByRole('menuitem', { name: 'File' }).click();
    await page.getByRole('menuitem', { name: /^Save as/ }).click();
    await pickFile(page, join(server.files, 'mine.weft.json'));
    await tab(page, 'mine').waitFor();
    await page.reload();
    await openGraph(page, join(server.files, 'mine.weft.json'));
    await node(page, 'output').waitFor();
    expect(await nodes(page)).toEqual(NODES.map(([, id]) => id).sort());
    expect(await run(page)).toMatch(/^Done in/);
    expect(await outputs(page)).toEqual(expected);
  });
});
