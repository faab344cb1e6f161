import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodes, wires } from './build-steps.ts';
import { NODES, outputs, PARAMS, WIRES } from './detect-image-graph.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { addNode, openGraph, pickFile, said, tab } from './person-steps.ts';
import { node, openSample, run, runBar } from './run-steps.ts';

describe.skipIf(!hasBrowser)('a graph built by keyboard alone', () => {
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
    await run(page);
    const expected = await outputs(page);

    await page.keyboard.press('Alt+N');
    await page.getByText('This graph is empty').waitFor();
    for (const [title, id] of NODES) {
      await addNode(page, title);
      await expect.poll(() => focused(page)).toBe(id);
      for (const [, pin, text] of PARAMS.filter(([owner]) => owner === id)) {
        await tabTo(page, `${pin} of ${id}`);
        await page.keyboard.press('Control+A');
        await page.keyboard.type(text);
      }
      // Leaving a field takes over what was written.
      await page.keyboard.press('Tab');
    }
    for (const [from, to] of WIRES) await connect(page, from, to);
    await page.keyboard.press('Home');
    await expect.poll(() => wires(page)).toEqual(WIRES.map(([from, to]) => `${from} → ${to}`).sort());
    await page.keyboard.press('Control+Enter');
    await runBar(page)
      .getByText(/^Done in/)
      .waitFor();
    expect(await outputs(page)).toEqual(expected);

    await page.keyboard.press('Control+S');
    await pickFile(page, join(editor.files, 'mine.weft.json'));
    await tab(page, 'mine').waitFor();
    await page.reload();
    await openGraph(page, join(editor.files, 'mine.weft.json'));
    await node(page, 'output').waitFor();
    await expect.poll(() => nodes(page)).toEqual(NODES.map(([, id]) => id).sort());
    await page.keyboard.press('Control+Enter');
    await runBar(page)
      .getByText(/^Done in/)
      .waitFor();
    expect(await outputs(page)).toEqual(expected);
  });
});

/** Id of the node that has the focus. */
function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id') ?? null);
}

async function tabTo(page: Page, label: string): Promise<void> {
  for (let step = 0; step < 20; step++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((name) => document.activeElement?.getAttribute('aria-label') === name, label)) return;
  }
  throw new Error(`Tab does not come to ${label}.`);
}

/** Finds a node, chooses its pin, and the pin that the wire goes to. */
async function connect(page: Page, from: string, to: string): Promise<void> {
  const [[node, pin], [target, input]] = [from.split('.'), to.split('.')];
  await page.keyboard.press('Control+F');
  await page.keyboard.type(node);
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe(node);
  await page.keyboard.press('c');
  await page.getByPlaceholder('Which pin?').fill(`${pin} output`);
  await page.keyboard.press('Enter');
  await page.getByPlaceholder(`Connect ${pin} of ${node} to…`).fill(`${input} ${titleOf(target)}`);
  await page.keyboard.press('Enter');
  await said(page)
    .getByText(/^Connected/)
    .waitFor();
}

/** What a node is called: graph inputs and outputs have the name that was given them. */
function titleOf(id: string): string {
  const name = PARAMS.find(([owner, pin]) => owner === id && pin === 'name')?.[2];
  return name ?? NODES.find((node) => node[1] === id)?.[0] ?? id;
}
