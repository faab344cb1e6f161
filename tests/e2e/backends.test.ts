import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { externalDataModel, identityModel } from '../onnx/models.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { tab } from './person-steps.ts';
import { ended, node, openAs, openSample, startRun, TEST_NODES } from './run-steps.ts';

describe.skipIf(!hasBrowser)('comparing backends', () => {
  let editor: Editor;
  let browser: EditorBrowser;
  let page: Page;

  beforeAll(async () => {
    editor = await startEditor({ nodes: TEST_NODES });
    browser = await EditorBrowser.start();
    // Small ones: even a graphics card that the processor plays runs them in milliseconds.
    writeFileSync(join(editor.files, 'picture.onnx'), identityModel('float32', [1, 3, 32, 32]));
    writeFileSync(join(editor.files, 'external.onnx'), externalDataModel('external.bin'));
    writeFileSync(join(editor.files, 'external.bin'), new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer));
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

  const comparison = (within: Locator | Page = node(page, 'compare')) =>
    within.getByRole('region', { name: 'Backends' });

  test('the sample shows how far each backend is, then a chart, a table, and what did not run and why', async () => {
    await openSample(page, 'Compare backends', 'compare-backends');
    await comparison().getByText('Run the graph').waitFor();
    await page.getByRole('textbox', { name: 'Input model' }).fill(join(editor.files, 'picture.onnx'));
    await page.keyboard.press('Enter');
    await page.getByRole('spinbutton', { name: 'Input iterations' }).fill('3');
    await page.keyboard.press('Enter');
    await startRun(page);
    const progress = comparison().getByRole('list', { name: 'Progress of the backends' });
    await progress.or(comparison().getByRole('table')).first().waitFor();
    expect(await ended(page)).toMatch(/^Done in/);

    const rows = comparison().getByRole('table', { name: 'Backends that ran' }).getByRole('row');
    await rows.nth(1).waitFor();
    const [, ...measured] = await Promise.all((await rows.all()).map((row) => row.locator('th, td').allInnerTexts()));
    const names = measured.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(['cpu', 'wasm']));
    const means = measured.map(([, , mean]) => Number(mean));
    expect(means).toEqual(means.toSorted((a, b) => a - b));
    const cpu = means[names.indexOf('cpu')];
    for (const [name, , mean, p50, p95, fps, speedUp, agrees] of measured) {
      expect(Number(p50)).toBeLessThanOrEqual(Number(p95));
      // Each is written with two digits of its own.
      expect(Number(fps) * Number(mean)).toBeGreaterThan(900);
      expect(Number(fps) * Number(mean)).toBeLessThan(1100);
      expect(speedUp).toMatch(/^\d+\.\d\dx$/);
      if (name === 'cpu') expect(speedUp).toBe('1.00x');
      else if (Number(mean) > 2 * cpu) expect(Number.parseFloat(speedUp)).toBeLessThan(1);
      expect(agrees).toBe('yes');
    }
    const bars = comparison().getByRole('list', { name: 'Times of the backends' }).getByRole('img');
    await expect.poll(() => bars.count()).toBe(measured.length);
    const widths = await bars.evaluateAll((all) => all.map((bar) => bar.firstElementChild?.clientWidth ?? 0));
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    const others = comparison().getByRole('list', { name: 'Backends that did not run' });
    await others.getByText(/^skipped: .*openvino is not available, since .*: use cpu/).waitFor();

    await comparison().hover();
    await node(page, 'compare').getByRole('button', { name: 'Open large' }).click();
    const dialog = page.getByRole('dialog', { name: 'Compare backends' });
    await comparison(dialog).getByRole('table', { name: 'Backends that ran' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('a model in a graph is compared from the menu of a node; a backend that refuses it is told, the rest finish', async () => {
    await openAs(page, editor, 'external', {
      nodes: [
        { id: 'load', type: 'model/load@1', params: { path: 'external.onnx' }, ui: { at: [0, 0] } },
        { id: 'infer', type: 'model/infer@1', ui: { at: [300, 0] } },
      ],
      wires: [{ from: 'load.model', to: 'infer.model' }],
    });
    await node(page, 'infer').locator('header').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Compare backends for the model of this node' }).click();
    await tab(page, /^Backends of external/).waitFor();
    const table = comparison().getByRole('table', { name: 'Backends that ran' });
    await table.getByRole('row', { name: /^cpu / }).waitFor();
    expect(await ended(page)).toMatch(/^Done in/);
    const others = comparison().getByRole('list', { name: 'Backends that did not run' });
    await others.getByText(/^failed: external\.onnx keeps its weights in external\.bin, and wasm takes/).waitFor();
    // It takes no picture, so it is measured without one.
    await expect.poll(() => node(page, 'read').count()).toBe(0);

    await tab(page, 'external').click();
    await node(page, 'load').locator('header').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Compare backends for the model of this node' }).waitFor();
    await page.keyboard.press('Escape');
  });
});
