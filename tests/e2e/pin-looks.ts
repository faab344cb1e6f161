import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { formatBytes } from '../../src/renderer/previews/format-value.ts';
import type { Graph } from '../../src/shared/graph/document.ts';
import type { JsonValue } from '../../src/shared/node-api/pins.ts';
import type { ExpectedLook } from './pin-values.ts';
import { node, pinOf } from './run-steps.ts';

export const RESOURCES = join(import.meta.dirname, '../../resources');
/** Where the samples lie. */
export const SAMPLES = join(RESOURCES, 'graphs');

/** All nodes of a sample at once, so that each pin can be pointed at. */
export const LARGE = { viewport: { width: 2560, height: 1440 } };

/** What a person reads when pointing at a pin. */
export interface SeenLook {
  readonly header: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly text: string;
  /** The value itself, where it is told in letters. */
  readonly value: string | undefined;
}

/** A sample with other defaults of its inputs. */
export function sample(name: string, defaults: Readonly<Record<string, JsonValue>>): Graph {
  const graph: Graph = JSON.parse(readFileSync(join(SAMPLES, `${name}.weft.json`), 'utf8'));
  const nodes = graph.nodes.map((node) => {
    const input = node.type === 'io/input@1' ? String(node.params?.name) : '';
    return Object.hasOwn(defaults, input) ? { ...node, params: { ...node.params, default: defaults[input] } } : node;
  });
  return { ...graph, nodes };
}

export function wireInto(graph: Graph, node: string, pin: string): string | undefined {
  return graph.wires?.find(({ to }) => to === `${node}.${pin}`)?.from;
}

/** The pins of a graph that are on the canvas. */
export async function pinsOf(page: Page, graph: Graph): Promise<{ node: string; side: string; pin: string }[]> {
  const pins: { node: string; side: string; pin: string }[] = [];
  for (const { id } of graph.nodes) {
    const names = await node(page, id)
      .getByRole('button', { name: /^(input|output) / })
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
    for (const name of names) {
      const [, side, pin] = /^(input|output) ([A-Za-z0-9_-]+)/.exec(name) ?? [];
      if (pin !== undefined) pins.push({ node: id, side, pin });
    }
  }
  return pins;
}

/** What is said at a pin that is not set, and at one that nothing came to. */
const NO_VALUE = /^(The pin has neither wire nor value|Nothing came here in this run)\.$/;

export async function lookAt(page: Page, id: string, side: string, pin: string): Promise<SeenLook> {
  const box = await pinOf(page, id, `${side} ${pin}`).boundingBox();
  if (box === null) throw new Error(`There is no pin ${pin} of ${id}.`);
  await page.mouse.move(box.x + box.width / 2 - 30, box.y - 30);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const look = page.getByRole('tooltip').filter({ hasText: `${id}.${pin}` });
  await look.getByRole('term').or(look.getByText(NO_VALUE)).first().waitFor();
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

export function expectLook(name: string, { header, facts, text }: SeenLook, expected: ExpectedLook): void {
  const { dtype, depth, shape, count, bytes } = expected;
  const told = Object.entries({ dtype, depth, shape, count }).filter(([, fact]) => fact !== undefined);
  expect(facts, name).toMatchObject(Object.fromEntries(told));
  // A frame is held in the planes of its decoder, 12 bits a pixel; its values are told of the picture that it is.
  const held = bytes !== null && /\bframe\b/.test(header) ? bytes / 2 : bytes;
  if (held !== null) expect(facts.size, name).toBe(formatBytes(held));
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
