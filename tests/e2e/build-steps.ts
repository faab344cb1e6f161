import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Graph } from '../../src/shared/graph/document.ts';
import { parseGraph } from '../../src/shared/graph/parse.ts';
import type { Editor } from './editor.ts';
import { canvas, openGraph, tab } from './person-steps.ts';
import { node } from './run-steps.ts';

/** What a person does over and over when building a graph, each as one step. Places are CSS pixels of the page. */

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Writes a graph among the person's files, opens it and returns its path. */
export async function openBuilt(page: Page, editor: Editor, name: string, graph: Omit<Graph, 'weft'>): Promise<string> {
  const path = join(editor.files, `${name}.weft.json`);
  writeFileSync(path, JSON.stringify({ weft: 1, ...graph }));
  await openGraph(page, path);
  await tab(page, name).waitFor();
  // Nodes have titles once the view is where it begins.
  await page.locator('.react-flow__node header').first().waitFor();
  return path;
}

/** The graph as a file holds it: saves it there, and reads it. */
export async function saved(page: Page, path: string): Promise<Graph> {
  await page.keyboard.press('Control+S');
  await page
    .getByRole('navigation', { name: 'Open graphs' })
    .locator('[aria-current]:not([aria-label$="not saved"])')
    .waitFor();
  const parsed = parseGraph(readFileSync(path, 'utf8'));
  if (parsed.kind !== 'ok') throw new Error(`The file that was saved is no graph: ${path}`);
  return parsed.graph;
}

export function wiresOf({ wires = [] }: Graph): string[] {
  return wires.map(({ from, to }) => `${from} → ${to}`).sort();
}

/** A place on the canvas, in pixels from its middle. */
export async function placeOn(page: Page, x: number, y: number): Promise<Place> {
  const box = await boxOf(page.getByRole('application', { name: 'Graph' }));
  return { x: box.x + box.width / 2 + x, y: box.y + box.height / 2 + y };
}

export async function boxOf(thing: Locator): Promise<DOMRect> {
  await thing.waitFor({ state: 'attached' });
  return thing.evaluate((element) => element.getBoundingClientRect());
}

/** Waits until a thing has come to where it should be, or to the size that it should have, within 5 pixels. */
export async function expectBox(
  thing: Locator,
  wanted: Partial<Record<'x' | 'y' | 'width' | 'height', number>>,
): Promise<void> {
  for (const [side, pixels] of Object.entries(wanted)) {
    await expect.poll(async () => (await boxOf(thing))[side as keyof typeof wanted]).toBeCloseTo(pixels, -1);
  }
}

export async function middleOf(thing: Locator): Promise<Place> {
  const { x, y, width, height } = await boxOf(thing);
  return { x: x + width / 2, y: y + height / 2 };
}

/** Drags the mouse with its button held down, in steps as a hand does. */
export async function drag(page: Page, from: Place, ...to: readonly Place[]): Promise<void> {
  await press(page, from);
  for (const place of to) await page.mouse.move(place.x, place.y, { steps: 4 });
  await page.mouse.up();
}

/** The first half of a drag. */
export async function press(page: Page, { x, y }: Place, button: 'left' | 'middle' = 'left'): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down({ button });
}

/** Drags a node type out of the palette and drops it with the pointer at a place. */
export async function dragFromPalette(page: Page, title: string, to: Place): Promise<void> {
  const row = page.getByRole('complementary', { name: 'Palette' }).getByRole('button', { name: title, exact: true });
  const main = canvas(page);
  const { x, y } = await boxOf(main);
  await row.dragTo(main, { targetPosition: { x: to.x - x, y: to.y - y } });
}

/** A pin of a node; it can be aimed at with `middleOf`. */
export function pin(page: Page, end: string, side: 'input' | 'output'): Locator {
  const [id, name] = end.split('.');
  return node(page, id).locator(`.pin[data-side="${side}"][data-handleid="${name}"]`);
}

/** Draws a wire by mouse, from an output to an input. */
export async function drawWire(page: Page, from: string, to: string): Promise<void> {
  await drag(page, await middleOf(pin(page, from, 'output')), await middleOf(pin(page, to, 'input')));
}

/** A wire of the canvas, by its ends. */
export function wire(page: Page, from: string, to: string): Locator {
  return page.getByLabel(`Wire from ${from} to ${to}`, { exact: true });
}

/** The ends of all wires of the canvas. */
export async function wires(page: Page): Promise<string[]> {
  const labels = await page
    .locator('.react-flow__edge')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
  return labels.map((label) => label.replace(/^Wire from (\S+) to (\S+)$/, '$1 → $2')).sort();
}

/** Ids of the nodes of the canvas, or of those that are selected. */
export async function nodes(page: Page, which: '' | '.selected' = ''): Promise<string[]> {
  const ids = await page
    .locator(`.react-flow__node-node${which}`)
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-id') ?? ''));
  return ids.sort();
}

export function selected(page: Page): Promise<string[]> {
  return nodes(page, '.selected');
}

/** What can be undone, as the history list names it: the newest first, `Opened` last. */
export async function history(page: Page): Promise<string[]> {
  const button = page.getByRole('button', { name: 'History' });
  await button.click();
  const list = page.getByRole('list', { name: 'History' });
  await list.getByRole('button', { name: 'Opened' }).waitFor();
  const labels = await list.getByRole('button').allInnerTexts();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
  // The focus comes back a moment later, and would end what is begun before.
  await expect.poll(() => button.evaluate((it) => it === document.activeElement)).toBe(true);
  return labels;
}

export async function undo(page: Page): Promise<void> {
  await page.keyboard.press('Control+Z');
}

/** How much larger than life the canvas is shown. */
export async function zoom(page: Page): Promise<number> {
  return page.locator('.react-flow__viewport').evaluate((view) => new DOMMatrix(getComputedStyle(view).transform).a);
}
