import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dragFromPalette, drawWire, nodes, placeOn, wires } from './build-steps.ts';
import { NODES, outputs, PARAMS, WIRES } from './detect-image-graph.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { openGraph, pickFile, tab } from './person-steps.ts';
import { node, openSample, run } from './run-steps.ts';

describe.skipIf(!hasBrowser)('a graph built by mouse', () => {
  let editor: Editor;
  let browser: EditorBrowser;

  beforeAll(async () => {
    editor = await startEditor();
    browser = await EditorBrowser.start();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  test('from an empty canvas finds what the sample finds, and again after it was saved, reloaded and opened', async () => {
    const page = await browser.open(editor, { viewport: { width: 1920, height: 1080 } });
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
      await field.click();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
      await inspector.getByRole('heading').first().click();
    }
    for (const [from, to] of WIRES) await drawWire(page, from, to);
    await expect.poll(() => wires(page)).toEqual(WIRES.map(([from, to]) => `${from} → ${to}`).sort());

    expect(await run(page)).toMatch(/^Done in/);
    await page.getByRole('img', { name: 'Picture of annotated' }).waitFor();
    expect(await outputs(page)).toEqual(expected);

    await page.getByRole('menuitem', { name: 'File' }).click();
    await page.getByRole('menuitem', { name: /^Save as/ }).click();
    await pickFile(page, join(editor.files, 'mine.weft.json'));
    await tab(page, 'mine').waitFor();
    await page.reload();
    await openGraph(page, join(editor.files, 'mine.weft.json'));
    await node(page, 'output').waitFor();
    await expect.poll(() => nodes(page)).toEqual(NODES.map(([, id]) => id).sort());
    expect(await run(page)).toMatch(/^Done in/);
    expect(await outputs(page)).toEqual(expected);
  });
});
