import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { addNode, canvas, openGraph, question, tab, tryToOpen } from './person-steps.ts';
import { onServer } from './which-host.ts';

const GRAPH = '{ "weft": 1, "nodes": [{ "id": "half", "type": "value/number@1", "params": { "value": 0.5 } }] }';

describe.skipIf(!hasBrowser)('files that are not as they should be', () => {
  let editor: Editor;
  let browser: EditorBrowser;
  let page: Page;

  beforeAll(async () => {
    editor = await startEditor();
    browser = await EditorBrowser.start();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });
  beforeEach(async () => {
    page = await browser.open(editor);
  });
  afterEach(() => browser.leave(page));

  const inFiles = (name: string) => join(editor.files, name);
  const read = (name: string) => readFileSync(inFiles(name), 'utf8');
  const write = (name: string, text: string) => writeFileSync(inFiles(name), text);
  const discard = async () => {
    await page.keyboard.press('Alt+W');
    await question(page).getByRole('button', { name: 'Don’t save' }).click();
    await question(page).waitFor({ state: 'detached' });
  };

  test.each([
    ['a truncated file', GRAPH.slice(0, 40), 'The file is no Weft graph', /line 1/],
    ['a file of a newer Weft', '{ "weft": 99, "nodes": [], "novelty": true }', 'made by a newer Weft', /format 99/],
    ['JSON of something else', '{ "name": "package" }', 'The file is no Weft graph', /no "weft" version/],
    ['a graph with a part of the wrong form', '{ "weft": 1, "nodes": {} }', 'parts of the wrong form', /nodes/],
  ])('%s gets a page that says why, and stays as it is', async (what, text, heading, reason) => {
    const name = `${what.replaceAll(' ', '-')}.weft.json`;
    write(name, text);
    await tryToOpen(page, inFiles(name));
    await page.getByRole('heading', { name: heading }).waitFor();
    await page.getByRole('main').getByText(reason).waitFor();
    await page.getByRole('main').getByText(`${name} was not touched.`).waitFor();
    // There is nothing that could be saved over it.
    await page.keyboard.press('Control+S');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(read(name)).toBe(text);

    // Once it is repaired, it opens in the same place.
    write(name, GRAPH);
    await page.getByRole('button', { name: 'Try again' }).click();
    await canvas(page)
      .getByRole('heading', { name: basename(name, '.weft.json') })
      .waitFor();
  });

  test('a file that is not there gets a page that says so, and its tab closes without a question', async () => {
    await tryToOpen(page, inFiles('nowhere.weft.json'));
    await page.getByRole('heading', { name: 'The file is not there' }).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
  });

  test.runIf(onServer)('a file outside of the allowed folders is refused with the way to allow it', async () => {
    await tryToOpen(page, '/etc/hostname.weft.json');
    await page.getByRole('main').getByText('start `weft serve` with --allow').waitFor();
  });

  test('a graph with a node that is not installed opens, says so, and keeps the node when it is saved', async () => {
    write(
      'unknown.weft.json',
      '{ "weft": 1, "nodes": [{ "id": "x", "type": "their/node@3", "params": { "secret": [1, 2] } }] }',
    );
    await openGraph(page, inFiles('unknown.weft.json'));
    await page.getByRole('button', { name: '1 problem' }).click();
    await page.getByRole('region', { name: 'Panel' }).getByText('their/node@3').first().waitFor();
    await addNode(page, 'Number');
    await page.keyboard.press('Control+S');
    await tab(page, 'unknown').waitFor();
    expect(JSON.parse(read('unknown.weft.json')).nodes).toEqual([
      expect.objectContaining({ id: 'x', type: 'their/node@3', params: { secret: [1, 2] } }),
      expect.objectContaining({ type: 'value/number@1' }),
    ]);
  });

  test('a file that another program changed is offered to be reloaded, which can be undone', async () => {
    write('shared.weft.json', GRAPH);
    await openGraph(page, inFiles('shared.weft.json'));
    write('shared.weft.json', GRAPH.replace('value/number@1', 'value/text@1').replace('0.5', '"their"'));
    const banner = page.getByRole('alert').filter({ hasText: 'shared.weft.json was changed by another program.' });
    await banner.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('group', { name: 'Text' }).waitFor();
    await banner.waitFor({ state: 'detached' });
    await tab(page, 'shared').waitFor();
    await page.keyboard.press('Control+Z');
    await page.getByRole('group', { name: 'Number' }).waitFor();
    await discard();
  });

  test('with changes on both sides the parts are named, and keeping mine still asks before it writes over theirs', async () => {
    write('shared.weft.json', GRAPH);
    await openGraph(page, inFiles('shared.weft.json'));
    await addNode(page, 'Boolean');
    const theirs = GRAPH.replace('"half"', '"theirs"');
    write('shared.weft.json', theirs);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await question(page).waitFor();
    expect((await question(page).getByRole('listitem').allInnerTexts()).sort()).toEqual([
      'Only in this window: boolean',
      'Only in this window: half',
      'Only on disk: theirs',
    ]);
    await question(page).getByRole('button', { name: 'Keep mine' }).click();
    await tab(page, 'shared, not saved').waitFor();
    await page.keyboard.press('Control+S');
    await question(page).getByText('Write over the changed file?').waitFor();
    await page.keyboard.press('Escape');
    expect(read('shared.weft.json')).toBe(theirs);
    await page.keyboard.press('Control+S');
    await question(page).getByRole('button', { name: 'Write over it' }).click();
    await tab(page, 'shared').waitFor();
    expect(read('shared.weft.json')).toContain('value/boolean@1');
    expect(read('.shared.weft.json.previous')).toBe(theirs);
  });

  test('a hostile graph is shown, and nothing of it is run, loaded or followed', async () => {
    const script = '<img src=x onerror="document.title=\'attacked\'"><script>document.title="attacked"</script>';
    const link = '[press](javascript:document.title="attacked") ![x](http://127.0.0.1:9/x.png)';
    write(
      'hostile.weft.json',
      JSON.stringify({
        weft: 1,
        name: script,
        nodes: [
          { id: 'a', type: 'value/text@1', params: { value: script }, ui: { at: [0, 0], title: script } },
          { id: 'b', type: 'image/write@1', params: { path: inFiles('written.png') }, ui: { at: [300, 0] } },
          { id: 'c', type: `${script}/x@1`, ui: { at: [0, 200] } },
          { id: '__proto__', type: 'value/number@1', ui: { at: [300, 200] } },
        ],
        notes: [{ at: [0, 400], text: `${script}\n\n${link}` }],
      }),
    );
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const before = readdirSync(editor.files);
    await openGraph(page, inFiles('hostile.weft.json'));
    await page.getByRole('group', { name: script }).first().waitFor();
    await canvas(page).getByText('press', { exact: true }).waitFor();
    await expect.poll(() => page.title()).toBe('hostile – Weft');
    expect(asked.filter((url) => !url.startsWith(new URL(page.url()).origin))).toEqual([]);
    await expect.poll(() => page.locator('main :is(script, img, a[href^="javascript"])').count()).toBe(0);
    expect(readdirSync(editor.files)).toEqual(before);
  });

  test('a graph nested beyond reason and one of a huge size are refused, and the window goes on', async () => {
    write('deep.weft.json', `{ "weft": 1, "nodes": [], "ui": ${'['.repeat(5000)}${']'.repeat(5000)} }`);
    await tryToOpen(page, inFiles('deep.weft.json'));
    await page.getByRole('main').getByText('nested deeper').waitFor();
    write('huge.weft.json', `{ "weft": 1, "nodes": [], "description": "${'x'.repeat(2 ** 26)}" }`);
    await tryToOpen(page, inFiles('huge.weft.json'));
    await page.getByRole('main').getByText('MiB').waitFor();
    write('fine.weft.json', GRAPH);
    await openGraph(page, inFiles('fine.weft.json'));
  });
});
