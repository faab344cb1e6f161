import type { Locator, Page } from 'playwright-core';
import { pickFile } from './person-steps.ts';

/** What a person does over and over in tests of models, each as one step. */

export async function fileMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('menuitem', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Opens a model file; its page, or why there is none, is shown when this ends. */
export async function openModel(page: Page, path: string): Promise<void> {
  await fileMenu(page, 'Open model…');
  await pickFile(page, path);
  await modelPage(page).getByRole('heading', { level: 1 }).waitFor();
}

/** The page of the model in front. */
export function modelPage(page: Page): Locator {
  return page.getByRole('main', { name: 'Model' });
}

/** The catalogue, opened from the menu. */
export async function openModels(page: Page): Promise<Locator> {
  await fileMenu(page, 'Models…');
  const dialog = page.getByRole('dialog', { name: 'Models' });
  await dialog.getByRole('listitem', { name: 'bundled:shapes' }).waitFor();
  return dialog;
}

/** Drops a file of the person's computer onto a place of the window, as a browser tells of it. */
export async function dropBytes(target: Locator, name: string, bytes: Uint8Array): Promise<void> {
  const dropped = { name, base64: Buffer.from(bytes).toString('base64') };
  const transfer = await target.page().evaluateHandle(({ name, base64 }) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name));
    return data;
  }, dropped);
  await target.dispatchEvent('dragover', { dataTransfer: transfer });
  await target.dispatchEvent('drop', { dataTransfer: transfer });
}
