import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { expectLook, LARGE, lookAt, pinsOf, RESOURCES, SAMPLES, sample, wireInto } from './pin-looks.ts';
import { expectedOf, valuesOf } from './pin-values.ts';
import { openAs, run } from './run-steps.ts';

describe.skipIf(!hasBrowser)('pointing at each pin', () => {
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

  test('of a picture that objects are found in shows what is computed apart from its values', async () => {
    const graph = sample('detect-image', { image: join(RESOURCES, 'media/shapes.jpg') });
    const values = await valuesOf(graph, SAMPLES, outFolder('image'));
    const page = await browser.open(editor, LARGE);
    await openAs(page, editor, 'every-image', graph);
    expect(await run(page)).toMatch(/Done/);
    let compared = 0;
    for (const { node: id, side, pin } of await pinsOf(page, graph)) {
      const from = side === 'output' ? `${id}.${pin}` : wireInto(graph, id, pin);
      const look = await lookAt(page, id, side, pin);
      const value = from === undefined ? undefined : values.get(from)?.[0];
      if (value === undefined) continue;
      expectLook(`${id} ${side} ${pin}`, look, await expectedOf(value));
      compared++;
    }
    expect(compared).toBeGreaterThanOrEqual(34);
    await browser.leave(page);
  });

  function outFolder(name: string): string {
    const folder = join(editor.home, name);
    mkdirSync(folder);
    return folder;
  }
});
