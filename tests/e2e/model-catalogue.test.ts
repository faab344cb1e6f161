import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, breakOff, ModelServer, serve, status } from '../models/model-server.ts';
import { sha256 } from '../models/models-folder.ts';
import { squareDetectorModel } from '../onnx/models.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { modelPage, openModels } from './model-steps.ts';
import { newGraph, question, tab } from './person-steps.ts';
import { goTo, mark, node, openSample, run } from './run-steps.ts';
import { onServer } from './which-host.ts';

const MODEL = squareDetectorModel();
const HALF = Math.floor(MODEL.length / 2);

describe.skipIf(!hasBrowser)('the catalogue of models', () => {
  let browser: EditorBrowser;
  let home: string;
  let server: ModelServer;
  let editor: Editor;
  let page: Page;

  beforeAll(async () => {
    browser = await EditorBrowser.start();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'weft-e2e-'));
  });
  afterEach(async () => {
    await browser.leave(page);
    await editor[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    rmSync(home, { recursive: true, force: true });
  });

  /** An editor whose catalogue has one model, `squares`, which a server gives with these answers. */
  const start = async (answers: Answer[], sha: string | null = sha256(MODEL)) => {
    server = await ModelServer.open(...answers);
    const catalogue = join(home, 'catalogue.json');
    const squares = {
      name: 'squares',
      task: 'detection',
      family: 'yolov8',
      licence: 'CC-BY-4.0',
      bytes: MODEL.length,
      sha256: sha,
      url: server.url,
      notes: 'Finds squares of three colours.',
    };
    writeFileSync(catalogue, JSON.stringify([squares]));
    editor = await startEditor({ home, env: { WEFT_CATALOGUE: catalogue } });
    page = await browser.open(editor);
  };
  const models = (of: Page = page) => of.getByRole('dialog', { name: 'Models' });
  const row = (name = 'squares', of: Page = page): Locator => of.getByRole('listitem', { name, exact: true });
  const bar = (of: Page = page) => of.getByRole('progressbar', { name: 'Download of squares' });
  const inspector = () => page.getByRole('complementary', { name: 'Inspector' });
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  /** Asks for the model, and says yes to its licence. */
  const begin = async () => {
    await button('Download squares').click();
    await question(page).getByRole('button', { name: 'Download' }).click();
  };
  const here = () => button('New graph for squares').waitFor();

  test('lists what there is, narrows while one types, and asks with the licence before anything is sent', async () => {
    await start([serve(MODEL)]);
    await openModels(page);
    const said = await row().innerText();
    for (const part of ['squares', 'detection', 'yolov8', 'Finds squares', 'CC-BY-4.0', 'kB', '127.0.0.1']) {
      expect(said).toContain(part);
    }
    await models().getByRole('textbox', { name: 'Find a model' }).fill('three colours');
    await row('bundled:shapes').waitFor({ state: 'detached' });
    await button('Download squares').click();
    await question(page)
      .getByText(/from 127\.0\.0\.1.*under the licence CC-BY-4\.0/)
      .waitFor();
    await question(page).getByRole('button', { name: 'Cancel' }).click();
    await button('Download squares').waitFor();
    expect(server.requests).toEqual([]);
  });

  test('a download goes on behind a closed dialog and in every window, is stopped, and goes on where it was', async () => {
    await start([breakOff(MODEL, HALF, { stall: true }), serve(MODEL)]);
    await openModels(page);
    await begin();
    await expect.poll(() => bar().getAttribute('aria-valuenow')).toBe('50');
    if (onServer) {
      const other = await browser.openBeside(page);
      await openModels(other);
      await expect.poll(() => bar(other).getAttribute('aria-valuenow')).toBe('50');
      await other.close();
    }
    await models().getByRole('button', { name: 'Close' }).click();
    await models().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Downloading squares: 49 %|^Downloading squares: 50 %/ }).click();
    await button('Stop the download of squares').click();
    await page.getByRole('button', { name: /^Resume at (49|50) % squares$/ }).click();
    await here();
    await page.getByText('squares was downloaded.', { exact: true }).first().waitFor();
    expect(server.ranges).toEqual([undefined, `bytes=${HALF}-`]);
    await expect.poll(() => page.getByRole('button', { name: /^Downloading/ }).count()).toBe(0);
  });

  test('what was stopped can be discarded, and what is here removed, each after a question', async () => {
    await start([breakOff(MODEL, HALF, { stall: true }), serve(MODEL)]);
    await openModels(page);
    await begin();
    await expect.poll(() => bar().getAttribute('aria-valuenow')).toBe('50');
    await button('Stop the download of squares').click();
    await button('Discard the part of squares').click();
    await question(page).getByRole('button', { name: 'Discard' }).click();
    await begin();
    await here();
    await button('Remove squares').click();
    await question(page).getByRole('button', { name: 'Remove' }).click();
    await button('Download squares').waitFor();
    expect(readdirSync(join(home, 'models'))).toEqual([]);
  });

  test('a download that the server refuses says why, also to whoever has closed the dialog, and is tried again', async () => {
    const closed = Promise.withResolvers<void>();
    const refuse: Answer = (request, response) => void closed.promise.then(() => status(404)(request, response));
    await start([refuse, serve(MODEL)]);
    await openModels(page);
    await begin();
    await models().getByRole('button', { name: 'Close' }).click();
    await models().waitFor({ state: 'detached' });
    closed.resolve();
    await page
      .getByRole('region', { name: 'Notices' })
      .getByText(/squares could not be downloaded from .*404/)
      .waitFor();
    await page.getByRole('button', { name: 'Show models' }).click();
    await row().getByRole('alert').getByText(/404/).waitFor();
    await button('Try again squares').click();
    await here();
    await expect.poll(() => row().getByRole('alert').count()).toBe(0);
  });

  test('another file than the one that was promised is refused with both digests', async () => {
    await start([serve(MODEL.map((byte, at) => (at === MODEL.length - 1 ? byte ^ 1 : byte))), serve(MODEL)]);
    await openModels(page);
    await begin();
    await row()
      .getByRole('alert')
      .getByText(new RegExp(`has the digest .* but that of the catalogue is ${sha256(MODEL)}`))
      .waitFor();
    await button('Try again squares').click();
    await here();
  });

  test('a disk that takes nothing is told, and tried again', async () => {
    await start([serve(MODEL)]);
    // Where the folder should be there is a file.
    writeFileSync(join(home, 'models'), '');
    await openModels(page);
    await begin();
    await row()
      .getByRole('alert')
      .getByText(/squares\.onnx could not be written/)
      .waitFor();
    rmSync(join(home, 'models'));
    await button('Try again squares').click();
    await here();
  });

  test('a digest that nobody published is recorded, which is said before and after', async () => {
    await start([serve(MODEL)], null);
    await openModels(page);
    await button('Download squares').click();
    await question(page).getByText('Nobody published a digest of it').waitFor();
    await question(page).getByRole('button', { name: 'Download' }).click();
    await page
      .getByText(new RegExp(`Its digest ${sha256(MODEL)} was recorded`))
      .first()
      .waitFor();
  });

  test('a downloaded model is looked into, inserted as a node, and run in a new graph', async () => {
    await start([serve(MODEL)]);
    await newGraph(page);
    await openModels(page);
    await begin();
    await here();
    await button('Look into squares').click();
    await modelPage(page).getByRole('heading', { name: 'squares.onnx' }).waitFor();
    await tab(page, 'Untitled').click();
    await openModels(page);
    await button('Insert squares').click();
    const inserted = page.locator('.react-flow__node').filter({ hasText: 'Load model' });
    await inserted.waitFor();
    const path = inspector().getByRole('textbox', { name: 'path' });
    await expect.poll(() => path.inputValue()).toBe('squares');
    await page.keyboard.press('Control+Z');
    await inserted.waitFor({ state: 'detached' });
    await openModels(page);
    await button('New graph for squares').click();
    await tab(page, 'Detect objects in a picture').waitFor();
    expect(await run(page)).toMatch(/^Done/);
    await mark(page, 'infer', /^Done/).waitFor();
  });

  test('the field of a model offers what is here, and the catalogue; the inspector says the family', async () => {
    await start([serve(MODEL)]);
    await openSample(page, 'Detect objects in a picture', 'detect-image');
    await goTo(page, 'model');
    await inspector().getByText('Finds objects, family yolov8').waitFor();
    await button('Choose a model for Input model').click();
    await page.getByRole('menuitem', { name: 'More models…' }).click();
    const choice = page.getByRole('dialog', { name: 'Choose a model' });
    await choice.getByRole('listitem', { name: 'squares' }).waitFor();
    await begin();
    await choice.getByRole('button', { name: 'Use squares' }).click();
    await choice.waitFor({ state: 'detached' });
    const field = page.getByRole('textbox', { name: 'Input model' });
    await expect.poll(() => field.inputValue()).toBe('squares');
    await button('Choose a model for Input model').click();
    await page.getByRole('menuitem', { name: /^bundled:shapes/ }).click();
    await expect.poll(() => field.inputValue()).toBe('bundled:shapes');
    await expect.poll(() => node(page, 'load').count()).toBe(1);
  });
});
