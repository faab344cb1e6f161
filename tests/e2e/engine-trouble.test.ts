import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { tab } from './person-steps.ts';
import {
  ended,
  mark,
  node,
  openAs,
  panel,
  run,
  saveAgain,
  select,
  startRun,
  stopButton,
  TEST_NODES,
} from './run-steps.ts';
import { onServer } from './which-host.ts';

describe.skipIf(!hasBrowser)('a node that never lets go of the engine', () => {
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

  /** ms from a click to the frame in which the window shows its effect, as the page itself sees it. */
  async function clickTime(id: string): Promise<number> {
    const header = node(page, id).locator('header');
    await page.evaluate(() => {
      const times = { down: 0, shown: 0 };
      Object.assign(window, { times });
      addEventListener('pointerdown', ({ timeStamp }) => Object.assign(times, { down: timeStamp }), {
        once: true,
        capture: true,
      });
      const look = () => {
        const isShown = document.querySelector('[aria-label="Inspector"] h2') !== null;
        if (times.down > 0 && isShown) times.shown = performance.now();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await header.click();
    const times = await page.waitForFunction(() => {
      const { times } = window as unknown as { times: { down: number; shown: number } };
      return times.shown > 0 ? times.shown - times.down : null;
    });
    return (await times.jsonValue()) ?? Number.NaN;
  }

  test('leaves the window responsive; a stop ends it within seconds, the graph stays, and the next run works', async () => {
    await openAs(page, editor, 'spin', {
      nodes: [
        { id: 'half', type: 'value/number@1', params: { value: 0.5 }, ui: { at: [0, 0] } },
        { id: 'spin', type: 'test/spin@1', ui: { at: [260, 0] } },
        { id: 'after', type: 'e2e/tell@1', ui: { at: [520, 0] } },
        { id: 'tell', type: 'e2e/tell@1', ui: { at: [260, 160] } },
      ],
      wires: [
        { from: 'half.value', to: 'spin.after' },
        { from: 'spin.y', to: 'after.value' },
        { from: 'half.value', to: 'tell.value' },
      ],
    });
    const before = readFileSync(join(editor.files, 'spin.weft.json'), 'utf8');
    await startRun(page);
    await mark(page, 'spin', /^Running/).waitFor();
    const responded = await clickTime('half');
    console.log(`a click was answered in ${Math.round(responded)} ms while a node spun`);
    await mark(page, 'spin', /^Running/).waitFor();
    // Editing goes on too.
    await page
      .getByRole('complementary', { name: 'Inspector' })
      .getByRole('spinbutton', { name: 'value' })
      .fill('0.75');
    await page.keyboard.press('Enter');
    await tab(page, 'spin, not saved').waitFor();
    await page.keyboard.press('Control+Z');
    await tab(page, 'spin').waitFor();

    const pressed = Date.now();
    await stopButton(page).click();
    const end = await ended(page);
    console.log(`the run ended ${Date.now() - pressed} ms after the stop`);
    expect(end).toMatch(/^Stopped after/);
    // The window says what became of the engine, and is ready.
    const notices = page.getByRole('region', { name: 'Notices' });
    await notices.getByText('The engine was started again, because spin did not stop').waitFor();
    await page.getByText('Engine ready').waitFor();
    await mark(page, 'spin', /^Stopped/).waitFor();
    expect(readFileSync(join(editor.files, 'spin.weft.json'), 'utf8')).toBe(before);

    await select(page, 'spin');
    await node(page, 'after')
      .locator('header')
      .click({ modifiers: ['Shift'] });
    await page.keyboard.press('Delete');
    await node(page, 'spin').waitFor({ state: 'detached' });
    expect(await run(page)).toMatch(/^Done in/);
    await mark(page, 'tell', /^Done in/).waitFor();
    await (await panel(page, 'Log')).getByTitle('got 0.5').waitFor();
    await saveAgain(page, 'spin');
  });

  test.runIf(onServer)('ends the runs of other windows, which say so; none of them loses anything', async () => {
    await openAs(page, editor, 'held', {
      nodes: [{ id: 'wait', type: 'test/wait@1', ui: { at: [0, 0] } }],
    });
    await startRun(page);
    await mark(page, 'wait', /^Running/).waitFor();

    const other = await browser.openBeside(page);
    await openAs(other, editor, 'spins', {
      nodes: [
        { id: 'spin', type: 'test/spin@1', ui: { at: [0, 0] } },
        { id: 'show', type: 'e2e/tell@1', ui: { at: [260, 0] } },
      ],
      wires: [{ from: 'spin.y', to: 'show.value' }],
    });
    await startRun(other);
    await mark(other, 'spin', /^Running/).waitFor();
    await stopButton(other).click();
    await ended(other);
    expect(await ended(page)).toMatch(/engine/i);
    await mark(page, 'wait', /^Stopped/).waitFor();
    await other.close();

    await openAs(page, editor, 'fine', { nodes: [{ id: 'half', type: 'value/number@1', ui: { at: [0, 0] } }] });
    expect(await run(page)).toMatch(/^Done in/);
  });
});
