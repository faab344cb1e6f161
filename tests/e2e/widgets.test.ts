import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { pickFile, tab } from './person-steps.ts';
import { node, openAs, panel, run, select, TEST_NODES } from './run-steps.ts';
import { onServer } from './which-host.ts';

describe.skipIf(!hasBrowser)('fields for values', () => {
  let editor: Editor;
  let browser: EditorBrowser;
  let page: Page;

  beforeAll(async () => {
    editor = await startEditor({ nodes: TEST_NODES });
    browser = await EditorBrowser.start();
    page = await browser.open(editor);
    await openAs(page, editor, 'fields', {
      nodes: [
        { id: 'fields', type: 'e2e/fields@1', ui: { at: [0, 0] } },
        { id: 'out', type: 'io/output@1', params: { name: 'got' }, ui: { at: [400, 0] } },
      ],
      wires: [{ from: 'fields.got', to: 'out.value' }],
    });
    await select(page, 'fields');
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await editor[Symbol.asyncDispose]();
    expect(browser.faults).toEqual([]);
  });

  const inspector = () => page.getByRole('complementary', { name: 'Inspector' });
  const field = (name: string) => inspector().getByLabel(name, { exact: true });
  const inline = (name: string) => node(page, 'fields').getByLabel(`${name} of fields`, { exact: true });
  const undo = async () => {
    await page.keyboard.press('Escape');
    await node(page, 'fields').locator('header').click();
    await page.keyboard.press('Control+Z');
  };

  /** Drags sideways over a field, by pixels. */
  async function drag(target: Locator, pixels: number, whileHeld: () => Promise<void> = async () => {}): Promise<void> {
    const box = await target.boundingBox();
    if (box === null) throw new Error('The field is not there.');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + pixels / 2, y, { steps: 4 });
    await page.mouse.move(x + pixels, y, { steps: 4 });
    await whileHeld();
    await page.mouse.up();
  }

  test('a number is dragged, in one step of history; Escape takes a drag back; both fields show it', async () => {
    await drag(inline('number'), 60);
    const dragged = Number(await inline('number').inputValue());
    expect(dragged).toBeGreaterThan(0.5);
    await expect.poll(() => field('number').inputValue()).toBe(String(dragged));
    await drag(inline('number'), 60, () => page.keyboard.press('Escape'));
    await expect.poll(() => inline('number').inputValue()).toBe(String(dragged));
    await page.keyboard.press('Control+Z');
    await expect.poll(() => inline('number').inputValue()).toBe('0.5');
    await tab(page, 'fields').waitFor();
  });

  test('in a node a field tells what it holds, and is a control once the pointer or the focus comes', async () => {
    const isControl = (name: string) => inline(name).evaluate((element) => element instanceof HTMLInputElement);
    const share = page.getByRole('spinbutton', { name: 'share of fields' });
    await expect.poll(() => isControl('share')).toBe(false);
    expect(await share.getAttribute('aria-valuenow')).toBe('0.25');
    await inline('number').focus();
    // The pin of the next field comes first, as the node is selected.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await share.and(page.locator('input:focus')).waitFor();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => share.inputValue()).toBe('0.26');
    await page.keyboard.press('Control+Z');
    await expect.poll(() => share.inputValue()).toBe('0.25');

    await expect.poll(() => isControl('count')).toBe(false);
    await inline('count').hover();
    await expect.poll(() => isControl('count')).toBe(true);
    await tab(page, 'fields').waitFor();
  });

  test('a slider stays in its range, and arrow keys take its steps', async () => {
    await drag(field('share'), 900);
    await expect.poll(() => field('share').inputValue()).toBe('1');
    await expect.poll(() => field('share').getAttribute('aria-valuemax')).toBe('1');
    await drag(field('share'), -900);
    await expect.poll(() => field('share').inputValue()).toBe('0');
    await field('share').click();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => field('share').inputValue()).toBe('0.01');
    await page.keyboard.press('Shift+ArrowUp');
    await expect.poll(() => field('share').inputValue()).toBe('0.11');
  });

  test('a number may be written as a sum; what is no number, or out of range, is refused with the reason', async () => {
    await field('count').click();
    await page.keyboard.type('2 * (3 + 4)');
    await page.keyboard.press('Enter');
    await expect.poll(() => field('count').inputValue()).toBe('14');
    for (const [written, reason] of [
      ['1.5', 'Write a whole number.'],
      ['500', /Write a number .*1.*100/],
      ['many', /number/i],
    ] as const) {
      await field('count').fill(written);
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText(reason).waitFor();
      await expect.poll(() => field('count').getAttribute('aria-invalid')).toBe('true');
      await page.keyboard.press('Escape');
      await expect.poll(() => field('count').inputValue()).toBe('14');
      await page.getByRole('alert').waitFor({ state: 'detached' });
    }
  });

  test('texts, a choice and a switch are set, and each can go back to its default', async () => {
    await field('flag').check();
    await field('text').fill('two words');
    await page.keyboard.press('Enter');
    await field('prose').fill('first\nsecond');
    await page.keyboard.press('Control+Enter');
    await field('choice').selectOption('far');
    await inspector().getByRole('button', { name: 'Reset choice to its default' }).click();
    await expect.poll(() => field('choice').inputValue()).toBe('near');
    await undo();
    await expect.poll(() => field('choice').inputValue()).toBe('far');
  });

  test('a colour is written or picked, JSON and lists are read, and what they are not is refused with the reason', async () => {
    await field('colour').fill('00ff80');
    await page.keyboard.press('Enter');
    await expect.poll(() => field('colour').inputValue()).toBe('#00ff80');
    await expect.poll(() => field('Choose colour').inputValue()).toBe('#00ff80');
    await field('Choose colour').fill('#0000ff');
    await field('Choose colour').blur();
    await expect.poll(() => field('colour').inputValue()).toBe('#0000ff');
    await field('colour').fill('blue');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Write a colour such as #ff8800').waitFor();
    await page.keyboard.press('Escape');

    await field('data').fill('{ "b": [1, null] }');
    await page.keyboard.press('Control+Enter');
    await field('data').fill('{ b: 1');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').getByText('This is no JSON').waitFor();
    await page.keyboard.press('Escape');
    await field('list').fill('4, 5, 6');
    await page.keyboard.press('Enter');
    await expect.poll(() => field('list').inputValue()).toBe('[4,5,6]');
    await field('list').fill('4, "five"');
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .getByText(/whole number|integer/)
      .waitFor();
    await page.keyboard.press('Escape');
  });

  test('paths are browsed for: of a file to read relative to the graph, of one to write as a whole', async () => {
    writeFileSync(join(editor.files, 'notes.txt'), 'notes');
    await inspector().getByRole('button', { name: 'Browse for file' }).click();
    await pickFile(page, join(editor.files, 'notes.txt'));
    await expect.poll(() => field('file').inputValue()).toBe('notes.txt');
    await inspector().getByRole('button', { name: 'Browse for target' }).click();
    if (onServer) await page.getByRole('dialog', { name: 'Choose where to write' }).waitFor();
    await pickFile(page, join(editor.files, 'made.txt'));
    await expect.poll(() => field('target').inputValue()).toBe(join(editor.files, 'made.txt'));
  });

  test('the engine gets just what the fields say', async () => {
    expect(await run(page)).toMatch(/^Done in/);
    const text = await (await panel(page, 'Runs')).locator('pre').innerText();
    expect(JSON.parse(text)).toEqual({
      number: 0.5,
      share: 0.11,
      count: 14,
      flag: true,
      text: 'two words',
      prose: 'first\nsecond',
      choice: 'far',
      file: join(editor.files, 'notes.txt'),
      target: join(editor.files, 'made.txt'),
      colour: '#0000ff',
      data: { b: [1, null] },
      list: [4, 5, 6],
    });
  });
});
