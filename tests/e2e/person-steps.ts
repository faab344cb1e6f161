import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { appOf } from './editor-desktop.ts';
import { answerSystemDialog } from './system-dialogs.ts';
import { onDesktop } from './which-host.ts';

/** What a person does over and over in tests of files and of the frame, each as one step. */

export async function newGraph(page: Page): Promise<void> {
  await page.keyboard.press('Alt+N');
  await canvas(page).waitFor();
}

/** Adds a node at the middle of the canvas, by its title; it has the focus when this ends. */
export async function addNode(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Shift+A');
  await page.getByPlaceholder('Add a node').fill(title);
  await page.getByRole('option', { name: title }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByPlaceholder('Add a node').waitFor({ state: 'detached' });
  await page.locator('.react-flow__node.selected:focus').waitFor();
}

/** Takes a file, given by its whole path, in the file dialog that is open: the window's own, or the system's. */
export async function pickFile(page: Page, path: string): Promise<void> {
  if (onDesktop) return answerSystemDialog(appOf(page), path);
  const field = page.getByRole('dialog').getByRole('textbox');
  await field.fill(path);
  await field.press('Enter');
  await field.waitFor({ state: 'detached' });
}

/** Closes the file dialog that is open without taking any. */
export async function pickNothing(page: Page): Promise<void> {
  if (onDesktop) return answerSystemDialog(appOf(page), null);
  const field = page.getByRole('dialog').getByRole('textbox');
  await field.press('Escape');
  await field.waitFor({ state: 'detached' });
}

/** Asks for a file, whatever comes of it. */
export async function tryToOpen(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+O');
  await pickFile(page, path);
}

/** Opens a graph file; it is shown when this ends. */
export async function openGraph(page: Page, path: string): Promise<void> {
  await tryToOpen(page, path);
  const name = basename(path, '.weft.json');
  await canvas(page).getByRole('heading', { name, level: 1, exact: true }).waitFor();
}

export async function saveAs(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+Shift+S');
  await pickFile(page, path);
}

/** Drops files of the person's computer onto a place of the window, as a browser tells of them. */
export async function dropFiles(target: Locator, files: readonly { name: string; text: string }[]): Promise<void> {
  const transfer = await target.page().evaluateHandle((dropped) => {
    const data = new DataTransfer();
    for (const { name, text } of dropped) data.items.add(new File([text], name));
    return data;
  }, files);
  await target.dispatchEvent('dragover', { dataTransfer: transfer });
  await target.dispatchEvent('drop', { dataTransfer: transfer });
}

export function canvas(page: Page): Locator {
  return page.getByRole('main', { name: 'Canvas' });
}

/** The tab of a graph; its name ends in `, not saved` while it is not. */
export function tab(page: Page, name: string | RegExp): Locator {
  const exact = typeof name === 'string';
  return page.getByRole('navigation', { name: 'Open graphs' }).getByRole('button', { name, exact });
}

export function question(page: Page): Locator {
  return page.getByRole('alertdialog');
}

/** The last thing that a screen reader was told. */
export function said(page: Page): Locator {
  return page.getByRole('status', { name: 'What happened' });
}
