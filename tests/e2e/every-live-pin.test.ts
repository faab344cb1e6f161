import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/shared/graph/document.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { expectLook, LARGE, lookAt, pinsOf, RESOURCES, SAMPLES, sample, wireInto } from './pin-looks.ts';
import { expectedOf, valuesOf } from './pin-values.ts';
import { openAs, run } from './run-steps.ts';

const FILM = join(RESOURCES, 'media/shapes.mp4');
/** Of that film. */
const FPS = 30;

describe.skipIf(!hasBrowser)('pointing at each pin of a live graph', () => {
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

  test('shows the last frame that went through it', async () => {
    const live = sample('detect-live', { camera: FILM, max_duration: 1 });
    const page = await browser.open(editor, LARGE);
    await openAs(page, editor, 'every-live', live);
    expect(await run(page)).toMatch(/Done/);
    const { value } = await lookAt(page, 'see', 'output', 'index');
    const index = Number(value);
    expect(index).toBeGreaterThan(10);
    // The same frame without a camera: read from the file, and nothing after it.
    const values = await valuesOf(readingFrame(live, index), SAMPLES, outFolder('live'));
    let compared = 0;
    for (const { node: id, side, pin } of await pinsOf(page, live)) {
      const from = side === 'output' ? `${id}.${pin}` : wireInto(live, id, pin);
      const look = await lookAt(page, id, side, pin);
      const value = from === undefined ? undefined : (values.get(from) ?? []).at(-1);
      // What counts over the stream depends on how many frames there were.
      if (value === undefined || ['see.seconds', 'see.index', 'total.summary'].includes(from ?? '')) continue;
      expectLook(`${id} ${side} ${pin}`, look, await expectedOf(value));
      compared++;
    }
    expect(compared).toBeGreaterThanOrEqual(30);
    await browser.leave(page);
  });

  function outFolder(name: string): string {
    const folder = join(editor.home, name);
    mkdirSync(folder);
    return folder;
  }
});

/** The live graph with one frame of its file in place of the camera. */
function readingFrame(live: Graph, frame: number): Graph {
  const without = ['write', 'files', 'recordings', 'record', 'max_duration', 'camera'];
  const nodes = live.nodes
    .filter(({ id }) => !without.includes(id))
    .map((node) =>
      node.id === 'see'
        ? {
            id: 'see',
            type: 'video/frame-at@1',
            params: { path: FILM, seconds: (frame + 0.5) / FPS },
          }
        : node,
    );
  const stays = (end: string) => nodes.some(({ id }) => end.startsWith(`${id}.`));
  return { ...live, nodes, wires: (live.wires ?? []).filter(({ from, to }) => stays(from) && stays(to)) };
}
