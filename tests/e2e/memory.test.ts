import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { ended, mark, openAs, panel, perform, run, startRun, TEST_NODES } from './run-steps.ts';

const PHOTO = join(import.meta.dirname, '../../resources/media/shapes.jpg');
/** 1280 × 720 × 3 bytes. */
const WHOLE = 2_764_800;

describe.skipIf(!hasBrowser)('the memory panel', () => {
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

  const rows = (memory: Locator) => memory.getByRole('list', { name: 'Memory by pin' }).getByRole('button');
  /** Bytes in a text as `2.8 MB`, rounded as people read them. */
  const sizes = (text: string) =>
    [...text.matchAll(/([\d.]+) (B|kB|MB|GB)\b/g)].map(
      ([, number, unit]) => Number(number) * UNITS[unit as keyof typeof UNITS],
    );

  test('tells what each pin holds, the most that it held, what holds it, and how full the arena is', async () => {
    await openAs(page, editor, 'memory', {
      nodes: [
        { id: 'read', type: 'image/read@1', params: { path: PHOTO }, ui: { at: [0, 0] } },
        { id: 'half', type: 'image/resize@1', params: { width: 640, height: 360 }, ui: { at: [300, 0] } },
        { id: 'out', type: 'io/output@1', params: { name: 'photo' }, ui: { at: [600, 0] } },
      ],
      wires: [
        { from: 'read.image', to: 'half.image' },
        { from: 'half.image', to: 'out.value' },
      ],
    });
    const memory = await panel(page, 'Memory');
    await memory.getByText('will be here after a run').waitFor();
    await run(page);
    const read = rows(memory).filter({ hasText: /^read\.image.*the cache, to be looked at/ });
    const half = rows(memory).filter({ hasText: /^half\.image.*the cache, to be looked at/ });
    await read.waitFor();
    await half.waitFor();
    expectNear(sizes(await read.innerText()), [WHOLE, WHOLE]);
    expectNear(sizes(await half.innerText()), [WHOLE / 4, WHOLE / 4]);
    expectNear(sizes(await memory.getByText('Held by this run').innerText()), [WHOLE * 1.25]);
    const [used, reserved] = sizes(
      await memory
        .getByText(/^Arena in use/)
        .locator('..')
        .innerText(),
    );
    expect(used).toBeGreaterThanOrEqual(WHOLE);
    expect(reserved).toBeGreaterThanOrEqual(used);

    // The largest first; by name when the person wants it so.
    expect((await rows(memory).allInnerTexts()).map((text) => text.split(/[.\n]/)[0])).toEqual(['read', 'half']);
    await memory.getByRole('button', { name: 'Sort by Node and pin' }).click();
    await expect
      .poll(async () => (await rows(memory).allInnerTexts()).map((text) => text.split(/[.\n]/)[0]))
      .toEqual(['half', 'read']);
    await half.click();
    await page
      .getByRole('complementary', { name: 'Inspector' })
      .getByRole('heading', { name: /Resize/ })
      .waitFor();
  });

  test('follows a run that goes on, with what waits for whom', async () => {
    const gate = join(editor.files, 'memory.gate');
    await openAs(page, editor, 'waiting', {
      nodes: [
        { id: 'read', type: 'image/read@1', params: { path: PHOTO }, ui: { at: [0, 0] } },
        { id: 'number', type: 'value/number@1', params: { value: 1 }, ui: { at: [0, 200] } },
        { id: 'gate', type: 'e2e/gate@1', params: { file: gate }, ui: { at: [300, 200] } },
        { id: 'blur', type: 'image/blur@1', ui: { at: [600, 0] } },
        { id: 'out', type: 'io/output@1', params: { name: 'photo' }, ui: { at: [900, 0] } },
      ],
      wires: [
        { from: 'number.value', to: 'gate.x' },
        { from: 'gate.y', to: 'blur.sigma' },
        { from: 'read.image', to: 'blur.image' },
        { from: 'blur.image', to: 'out.value' },
      ],
    });
    const memory = await panel(page, 'Memory');
    await startRun(page);
    await mark(page, 'gate', /^Running/).waitFor();
    await rows(memory)
      .filter({ hasText: /^read\.image.*nodes that wait/ })
      .waitFor();
    writeFileSync(gate, '1');
    expect(await ended(page)).toMatch(/^Done in/);
    await rows(memory)
      .filter({ hasText: /^blur\.image/ })
      .waitFor();
    await rows(memory)
      .filter({ hasText: /nodes that wait/ })
      .first()
      .waitFor({ state: 'detached' });
  });

  test('empties the cache: what can be looked at stays, and the next run computes all anew', async () => {
    await openAs(page, editor, 'cached', {
      nodes: [
        { id: 'read', type: 'image/read@1', params: { path: PHOTO }, ui: { at: [0, 0] } },
        { id: 'size', type: 'image/resize@1', params: { width: 160, height: 90 }, ui: { at: [300, 0] } },
        { id: 'out', type: 'io/output@1', params: { name: 'photo' }, ui: { at: [600, 0] } },
      ],
      wires: [
        { from: 'read.image', to: 'size.image' },
        { from: 'size.image', to: 'out.value' },
      ],
    });
    const memory = await panel(page, 'Memory');
    await run(page);
    await rows(memory)
      .filter({ hasText: /^read\.image.*the cache/ })
      .waitFor();
    await run(page);
    await mark(page, 'size', /^From the cache/).waitFor();

    await memory.getByRole('button', { name: /^Empty the cache/ }).click();
    const notices = page.getByRole('region', { name: 'Notices' });
    await notices.getByText(/^The cache is empty/).waitFor();
    await memory.getByRole('button', { name: /^Empty the cache\s+0 B/ }).waitFor();
    await run(page);
    await mark(page, 'size', /^Done in/).waitFor();
    // By its name too; the panel follows.
    await rows(memory)
      .filter({ hasText: /^read\.image.*the cache/ })
      .waitFor();
    await perform(page, 'Empty the cache');
    await rows(memory)
      .filter({ hasText: /the cache/ })
      .first()
      .waitFor({ state: 'detached' });
  });
});

const UNITS = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

/** As far as sizes of two digits tell. */
function expectNear(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  for (const [k, size] of wanted.entries()) expect(Math.abs(found[k] - size) / size).toBeLessThan(0.05);
}
