import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Graph } from '../../src/shared/graph/document.ts';
import type { Editor } from './editor.ts';
import { openGraph, tab } from './person-steps.ts';

/** What a person does over and over in tests of runs and of values, each as one step. */

/** Nodes that a test can hold up, and that behave badly. */
export const TEST_NODES = [join(import.meta.dirname, 'nodes'), join(import.meta.dirname, '../acceptance/nodes')].join(
  delimiter,
);

/** Writes a graph among the person's files and opens it. */
export async function openAs(page: Page, editor: Editor, name: string, graph: Omit<Graph, 'weft'>): Promise<void> {
  const path = join(editor.files, `${name}.weft.json`);
  writeFileSync(path, JSON.stringify({ weft: 1, ...graph }));
  await openGraph(page, path);
  await tab(page, name).waitFor();
  await node(page, graph.nodes[0].id).waitFor();
}

/** Opens a sample from the start page. */
export async function openSample(page: Page, title: string, name: string): Promise<void> {
  await page
    .getByRole('region', { name: 'Samples' })
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .click();
  await tab(page, name).waitFor();
  await page.locator('.react-flow__node').first().waitFor();
}

/** Saves the graph where it lies, so that the next window does not ask about lost work. */
export async function saveAgain(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+S');
  await tab(page, name).waitFor();
}

export function runBar(page: Page): Locator {
  return page.getByRole('toolbar', { name: 'Run' });
}

export async function startRun(page: Page): Promise<void> {
  await runBar(page).getByRole('button', { name: 'Run', exact: true }).click();
  await stopButton(page)
    .or(runBar(page).getByText(/^Done|^Stopped/))
    .first()
    .waitFor();
}

export function stopButton(page: Page): Locator {
  return runBar(page).getByRole('button', { name: /^Stop/ });
}

/** Runs the graph to its end; returns how it ended, in the words of the window. */
export async function run(page: Page): Promise<string> {
  await runBar(page).getByRole('button', { name: 'Run', exact: true }).click();
  return ended(page);
}

/** Waits for the end of the run under way. */
export async function ended(page: Page): Promise<string> {
  await runBar(page).getByRole('button', { name: 'Run', exact: true }).waitFor();
  const status = runBar(page)
    .getByTitle(/./)
    .filter({ has: page.locator('span.tabular') });
  return status.innerText();
}

/** A node on the canvas, by its id. */
export function node(page: Page, id: string): Locator {
  return page.locator(`.react-flow__node[data-id="${id}"]`);
}

/** How a node fared, as it says itself: `Done in 3 ms`, `From the cache`, `Failed`, `Running`. */
export function mark(page: Page, id: string, state: RegExp): Locator {
  return node(page, id).getByRole('img', { name: state });
}

/** `pin` with its side, as `output value`. */
export function pinOf(page: Page, id: string, pin: string): Locator {
  return node(page, id).getByRole('button', { name: new RegExp(`^${pin}\\b`) });
}

/** Points at a pin; returns the look at its value. */
export async function hoverPin(page: Page, id: string, pin: string): Promise<Locator> {
  // A pin is a point, which Playwright takes for hidden; what is seen and hit lies around it.
  const box = await pinOf(page, id, pin).boundingBox();
  if (box === null) throw new Error(`There is no pin ${pin} of ${id}.`);
  await page.mouse.move(box.x - 40, box.y - 40);
  await page.mouse.move(box.x, box.y);
  return page.getByRole('tooltip').filter({ hasText: id });
}

/** Finds a node by its id: it is selected then, in the middle of the canvas. */
export async function goTo(page: Page, id: string): Promise<void> {
  await page.keyboard.press('Control+F');
  const field = page.getByRole('textbox', { name: 'Find in this graph' });
  await field.fill(id);
  await field.press('Escape');
  await node(page, id).waitFor();
}

/** Clicks the title of a node, away from its fields. */
export async function select(page: Page, id: string): Promise<void> {
  await node(page, id).locator('header').click();
}

/** A panel at the bottom, in front. */
export async function panel(page: Page, name: 'Problems' | 'Log' | 'Runs' | 'Profiler' | 'Memory'): Promise<Locator> {
  const tabs = page.getByRole('tablist', { name: 'Panels' });
  if (!(await tabs.isVisible())) await page.getByRole('button', { name: 'Show or hide the bottom panel' }).click();
  await tabs.getByRole('tab', { name }).click();
  return page.getByRole('tabpanel', { name });
}

/** Takes a command by its name. */
export async function perform(page: Page, label: string): Promise<void> {
  await page.keyboard.press('Control+Shift+P');
  await page.keyboard.type(label);
  await page.getByRole('option', { name: label }).first().waitFor();
  await page.keyboard.press('Enter');
}
