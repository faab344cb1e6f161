import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { identityModel, int4OutputModel, severalPortsModel, squareDetectorModel } from '../onnx/models.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { dropBytes, modelPage, openModel } from './model-steps.ts';
import { canvas, newGraph, tab } from './person-steps.ts';
import { mark, node, openSample, perform, run, select } from './run-steps.ts';
import { onServer } from './which-host.ts';

describe.skipIf(!hasBrowser)('looking into a model', () => {
  let browser: EditorBrowser;
  let editor: Editor;
  let page: Page;

  beforeAll(async () => {
    browser = await EditorBrowser.start();
    editor = await startEditor();
  });
  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await browser[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });
  beforeEach(async () => {
    page = await browser.open(editor);
  });
  afterEach(() => browser.leave(page));

  const write = (name: string, content: Uint8Array | string) => {
    const path = join(editor.files, name);
    writeFileSync(path, content);
    return path;
  };
  const newGraphButton = () => modelPage(page).getByRole('button', { name: 'New graph to run it' });

  test('says what goes in and out, what it is for and why, what it is made of and what can run it', async () => {
    await openModel(page, write('squares.onnx', squareDetectorModel()));
    await tab(page, 'squares.onnx, model').waitFor();
    const about = modelPage(page).getByRole('region', { name: 'About' });
    for (const fact of [
      'Finds objects, family yolov8',
      'Its outputs are those of YOLOv8 or YOLO11: [1, 4 + classes, candidates].',
      '5,493',
      'float32',
      'ai.onnx 17',
      'weft-tests',
    ]) {
      await about.getByText(fact, { exact: true }).waitFor();
    }
    const ports = (title: string) => modelPage(page).getByRole('region', { name: title }).getByRole('row').last();
    await expect.poll(() => ports('Inputs').innerText()).toMatch(/images\s+float32\s+\[1, 3, 320, 320\]/);
    await expect.poll(() => ports('Outputs').innerText()).toMatch(/output0\s+float32\s+\[1, 7, 1369\]/);
    await modelPage(page).getByRole('region', { name: 'Notes in the file' }).getByText("{0: 'red'").waitFor();

    const operators = modelPage(page).getByRole('list', { name: 'Operators' }).getByRole('listitem');
    await expect.poll(() => operators.count()).toBe(5);
    await modelPage(page).getByRole('textbox', { name: 'Find an operator' }).fill('conv');
    await expect.poll(() => operators.allInnerTexts()).toEqual([expect.stringMatching(/^Conv\s+1$/)]);

    const backends = modelPage(page).getByRole('list', { name: 'Backends' });
    await backends.getByRole('listitem').filter({ hasText: 'wasm' }).waitFor();
    await backends.getByText('ONNX Runtime for Node has no OpenVINO').waitFor();
  });

  test('a new graph that runs it is one click away, and runs', async () => {
    await openModel(page, write('squares.onnx', squareDetectorModel()));
    await newGraphButton().click();
    await tab(page, 'Detect objects in a picture').waitFor();
    await node(page, 'load').waitFor();
    expect(await run(page)).toMatch(/^Done/);
    await mark(page, 'infer', /^Done/).waitFor();
  });

  test('a model of no known kind gets a graph that shows what it gives, and asks for what it needs', async () => {
    await openModel(page, write('same.onnx', identityModel('float32', [1, 3, 32, 32])));
    await modelPage(page).getByText('Not recognised').waitFor();
    await newGraphButton().click();
    await tab(page, 'Run same').waitFor();
    await node(page, 'output').waitFor();
    expect(await run(page)).toMatch(/^Done/);
    await node(page, 'output')
      .getByRole('img', { name: /^Picture of/ })
      .waitFor();

    await openModel(page, write('several.onnx', severalPortsModel()));
    await newGraphButton().click();
    await tab(page, 'Run several').waitFor();
    await page.getByRole('textbox', { name: 'Input input2' }).waitFor();
    await expect.poll(() => node(page, 'output3').innerText()).toContain('count');
  });

  test('a damaged file says in one sentence what it is, and is read again when it has been mended', async () => {
    const model = squareDetectorModel();
    const damaged = {
      'short.onnx': [model.subarray(0, model.length / 2), /^short\.onnx is cut off or damaged \(it has \d+ bytes\): /],
      'empty.onnx': ['', /^empty\.onnx is empty: /],
      'page.onnx': ['<!doctype html><title>Sign in</title>', /^page\.onnx is a web page, not a model: /],
      'text.onnx': ['Hello', /^text\.onnx is a text file, not a model: /],
      'pointer.onnx': ['version https://git-lfs.github.com/spec/v1\nsize 1\n', /is a Git LFS pointer .* git lfs pull/],
    } as const;
    for (const [name, [content, sentence]] of Object.entries(damaged)) {
      await openModel(page, write(name, content));
      await modelPage(page).getByRole('heading', { name: 'The model cannot be read' }).waitFor();
      await modelPage(page).getByText(sentence).waitFor();
    }
    await openModel(page, join(editor.files, 'none.onnx'));
    await modelPage(page)
      .getByText(/^There is no file .*none\.onnx: /)
      .waitFor();
    write('none.onnx', model);
    await modelPage(page).getByRole('button', { name: 'Try again' }).click();
    await modelPage(page).getByRole('heading', { name: 'none.onnx' }).waitFor();
  });

  test('a model that would end the process that runs it is described, and refused', async () => {
    await openModel(page, write('int4.onnx', int4OutputModel()));
    await page
      .getByRole('alert')
      .getByText(/int4, which ONNX Runtime for Node cannot carry: export it/)
      .waitFor();
    await expect.poll(() => newGraphButton().isDisabled()).toBe(true);
    await modelPage(page).getByRole('list', { name: 'Operators' }).getByText('Cast').waitFor();
  });

  test.runIf(onServer)('a model that is dropped on the start page opens; on the canvas it becomes a node', async () => {
    await dropBytes(page.getByRole('heading', { name: 'Weft' }), 'dropped.onnx', squareDetectorModel());
    await tab(page, 'dropped.onnx, model').waitFor();
    await modelPage(page).getByRole('heading', { name: 'dropped.onnx' }).waitFor();
    await newGraph(page);
    await dropBytes(canvas(page).locator('.react-flow__pane'), 'dropped.onnx', squareDetectorModel());
    await page.locator('.react-flow__node').filter({ hasText: 'Load model' }).waitFor();
  });

  test('the model of a node is opened by a double click on the node, or by its command', async () => {
    await openSample(page, 'Detect objects in a picture', 'detect-image');
    await node(page, 'load').getByText('backend').dblclick();
    await modelPage(page).getByRole('heading', { name: 'shapes.onnx' }).waitFor();
    await page.getByRole('button', { name: 'Close bundled:shapes' }).click();
    await node(page, 'load').waitFor();
    await select(page, 'load');
    await perform(page, 'Look into the model of this node');
    await modelPage(page).getByRole('heading', { name: 'shapes.onnx' }).waitFor();
  });
});
