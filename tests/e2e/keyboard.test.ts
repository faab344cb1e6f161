import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { addNode, newGraph, pickFile, question } from './person-steps.ts';
import { onServer } from './which-host.ts';

/** A stop on the way of the Tab key. */
interface Stop {
  readonly name: string;
  /** Something about it tells that it has the focus: a ring, or another colour than without it. */
  readonly visible: boolean;
}

const MOST_STOPS = 400;

describe.skipIf(!hasBrowser)('by keyboard alone', () => {
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

  /** Goes on with Tab until it comes to where it has been. */
  async function walk(): Promise<Stop[]> {
    const stops: Stop[] = [];
    for (let count = 0; count < MOST_STOPS; count++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(lookAtFocus);
      if (stop === 'again') return stops;
      if (stop !== null) stops.push(stop);
    }
    throw new Error(`The Tab key never comes round: ${stops.map(({ name }) => name).join(', ')}`);
  }

  test('every part of the start page is reached, and seen when it has the focus', async () => {
    await page.getByRole('region', { name: 'Samples' }).getByRole('button').first().waitFor();
    const stops = await walk();
    expect(stops.filter(({ visible }) => !visible)).toEqual([]);
    const names = stops.map(({ name }) => name);
    for (const name of ['File', 'New graph', 'Show commands', 'Change settings']) expect(names).toContain(name);
    const samples = await page.getByRole('region', { name: 'Samples' }).getByRole('button').allTextContents();
    expect(names).toEqual(expect.arrayContaining(samples.map((text) => text.trim())));
  });

  test('every part of the editor is reached, and seen when it has the focus', async () => {
    await newGraph(page);
    await addNode(page, 'Number');
    await page.keyboard.press('Control+J');
    const stops = await walk();
    expect(stops.filter(({ visible }) => !visible)).toEqual([]);
    const names = stops.map(({ name }) => name);
    for (const name of [
      'Run',
      'Backend',
      'Search nodes',
      'Width of the palette',
      'Number',
      'Width of the inspector',
      'Name',
      'Height of the bottom panel',
      'No problems',
    ]) {
      expect(names).toContain(name);
    }
    await page.keyboard.press('Control+Z');
  });

  test('a dialog keeps the focus in it, and gives it back', async () => {
    await page.getByRole('button', { name: 'New graph' }).first().focus();
    await page.keyboard.press('Control+,');
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    const stops = await walk();
    expect(stops.filter(({ visible }) => !visible)).toEqual([]);
    expect(stops.map(({ name }) => name)).toEqual(expect.arrayContaining(['General', 'Memory budget in MiB', 'Close']));
    expect(stops.map(({ name }) => name)).not.toContain('New graph');
    // The first closes what a part of the dialog shows beside itself.
    while ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('New graph');
  });

  test('a graph is made, named, saved and closed without a mouse', async () => {
    await newGraph(page);
    await addNode(page, 'Number');
    await page.keyboard.press('Control+S');
    if (onServer) await page.getByRole('textbox', { name: 'File name' }).and(page.locator(':focus')).waitFor();
    await pickFile(page, `${editor.files}/keys.weft.json`);
    await page.getByRole('status', { name: 'What happened' }).getByText('keys.weft.json is saved.').waitFor();
    await page.keyboard.press('Alt+W');
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    await expect.poll(() => question(page).count()).toBe(0);
  });
});

/** Runs in the page. */
function lookAtFocus(): Stop | 'again' | null {
  const element = document.activeElement;
  // The browser's own frame is a stop too.
  if (element === null || element === document.body) return null;
  if (element.hasAttribute('data-walked')) return 'again';
  element.setAttribute('data-walked', '');
  // Pins draw themselves before their box.
  const looks = () =>
    [undefined, '::before'].map((part) => {
      const { outlineStyle, outlineWidth, backgroundColor, borderColor, boxShadow } = getComputedStyle(element, part);
      return [outlineStyle === 'none' ? '' : outlineWidth, backgroundColor, borderColor, boxShadow].join(' ');
    });
  const focused = looks();
  (element as HTMLElement).blur();
  const blurred = looks();
  (element as HTMLElement).focus();
  const label = element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent;
  const name = (label ?? element.textContent ?? '').trim();
  return {
    name: name === '' ? element.outerHTML.slice(0, 120) : name,
    visible: focused.join() !== blurred.join(),
  };
}
