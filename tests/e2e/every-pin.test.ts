import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatBytes } from '../../src/renderer/previews/format-value.ts';
import type { Graph } from '../../src/shared/graph/document.ts';
import type { JsonValue } from '../../src/shared/node-api/pins.ts';
import { type Editor, startEditor } from './editor.ts';
import { EditorBrowser, hasBrowser } from './editor-browser.ts';
import { type ExpectedLook, expectedOf, valuesOf } from './pin-values.ts';
import { node, openAs, pinOf, run } from './run-steps.ts';

const RESOURCES = join(import.meta.dirname, '../../resources');
const FOLDER = join(RESOURCES, 'graphs');
/** Of the sample video. */
const FPS = 30;

/** All nodes of a sample at once, so that each pin can be pointed at. */
const LARGE = { viewport: { width: 2560, height: 1440 } };

/** What a person reads when pointing at a pin. */
interface SeenLook {
  readonly header: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly text: string;
  /** The value itself, where it is told in letters. */
  readonly value: string | undefined;
}

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
    const values = await valuesOf(graph, FOLDER, outFolder('image'));
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

  test('of a live picture shows the last frame that went through it', async () => {
    const live = sample('detect-live', { camera: join(RESOURCES, 'media/shapes.mp4'), max_duration: 1 });
    const page = await browser.open(editor, LARGE);
    await openAs(page, editor, 'every-live', live);
    expect(await run(page)).toMatch(/Done/);
    const { value } = await lookAt(page, 'see', 'output', 'index');
    const index = Number(value);
    expect(index).toBeGreaterThan(10);
    // The same frame without a camera: read from the file, and nothing after it.
    const values = await valuesOf(readingFrame(live, index), FOLDER, outFolder('live'));
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

/** A sample with other defaults of its inputs. */
function sample(name: string, defaults: Readonly<Record<string, JsonValue>>): Graph {
  const graph: Graph = JSON.parse(readFileSync(join(FOLDER, `${name}.weft.json`), 'utf8'));
  const nodes = graph.nodes.map((node) => {
    const input = node.type === 'io/input@1' ? String(node.params?.name) : '';
    return Object.hasOwn(defaults, input) ? { ...node, params: { ...node.params, default: defaults[input] } } : node;
  });
  return { ...graph, nodes };
}

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
            params: { path: join(RESOURCES, 'media/shapes.mp4'), seconds: (frame + 0.5) / FPS },
          }
        : node,
    );
  const stays = (end: string) => nodes.some(({ id }) => end.startsWith(`${id}.`));
  return { ...live, nodes, wires: (live.wires ?? []).filter(({ from, to }) => stays(from) && stays(to)) };
}

function wireInto(graph: Graph, node: string, pin: string): string | undefined {
  return graph.wires?.find(({ to }) => to === `${node}.${pin}`)?.from;
}

/** The pins that are on the canvas. */
async function pinsOf(page: Page, graph: Graph): Promise<{ node: string; side: string; pin: string }[]> {
  const pins: { node: string; side: string; pin: string }[] = [];
  for (const { id } of graph.nodes) {
    const names = await node(page, id)
      .getByRole('button', { name: /^(input|output) / })
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
    for (const name of names) {
      const [, side, pin] = /^(input|output) ([a-z0-9_-]+)/.exec(name) ?? [];
      if (pin !== undefined) pins.push({ node: id, side, pin });
    }
  }
  return pins;
}

async function lookAt(page: Page, id: string, side: string, pin: string): Promise<SeenLook> {
  const box = await pinOf(page, id, `${side} ${pin}`).boundingBox();
  if (box === null) throw new Error(`There is no pin ${pin} of ${id}.`);
  await page.mouse.move(box.x + box.width / 2 - 30, box.y - 30);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const look = page.getByRole('tooltip').filter({ hasText: `${id}.${pin}` });
  await look.getByRole('term').or(look.getByText('The pin has neither wire nor value.')).first().waitFor();
  const names = await look.getByRole('term').allInnerTexts();
  const texts = await look.getByRole('definition').allInnerTexts();
  const seen: SeenLook = {
    header: await look.locator('header').innerText(),
    facts: Object.fromEntries(names.map((name, k) => [name, texts[k]])),
    text: await look.innerText(),
    value: (await look.locator('pre').allInnerTexts()).at(0),
  };
  await page.keyboard.press('Escape');
  await look.waitFor({ state: 'detached' });
  return seen;
}

function expectLook(name: string, { header, facts, text }: SeenLook, expected: ExpectedLook): void {
  const { dtype, depth, shape, count, bytes } = expected;
  const told = Object.entries({ dtype, depth, shape, count }).filter(([, fact]) => fact !== undefined);
  expect(facts, name).toMatchObject(Object.fromEntries(told));
  if (bytes !== null) expect(facts.size, name).toBe(formatBytes(bytes));
  if (dtype !== undefined && shape !== undefined) expect(header, name).toContain(dtype + shape.replaceAll(' ', ''));
  for (const figure of ['min', 'max', 'mean'] as const) {
    const wanted = expected[figure];
    // In five digits, and exact: nothing runs any more.
    if (wanted !== undefined)
      expect(Number(facts[figure]) / (wanted || 1), `${name} ${figure}`).toBeCloseTo(wanted === 0 ? 0 : 1, 3);
  }
  if (expected.min !== undefined) expect(facts['NaN, Inf'], name).toBe('0, 0');
  if (expected.text !== undefined) for (const word of expected.text.split(' ')) expect(text, name).toContain(word);
}
