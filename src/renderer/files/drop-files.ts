import { notifyError } from '../announce/notices.ts';
import { desktopPort } from '../connection/desktop.ts';
import { call } from '../connection/host.ts';
import { MODEL_EXTENSION } from '../models/open-model.ts';
import { showModelTab } from '../state/tabs.ts';
import { openFile } from './open-file.ts';
import { GRAPH_EXTENSION } from './pick-file.ts';

/** Opens graphs and models that are dropped anywhere on the window, unless the place they fall on takes them. */
export function openDroppedGraphs(): void {
  window.addEventListener('dragover', (event) => {
    // Without this the browser would leave the page and show the file.
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  window.addEventListener('drop', (event) => {
    const taken = event.defaultPrevented;
    event.preventDefault();
    if (!taken) void openAll([...(event.dataTransfer?.files ?? [])]);
  });
}

export function isGraphFile({ name }: File): boolean {
  return name.toLowerCase().endsWith(`.${GRAPH_EXTENSION}`);
}

function isModelFile({ name }: File): boolean {
  return name.toLowerCase().endsWith(`.${MODEL_EXTENSION}`);
}

/**
 * Where a dropped file lies for the host. A browser does not tell, so the host keeps a copy there.
 * @throws WeftError when the host cannot keep it
 */
export async function pathOfFile(file: File): Promise<string> {
  const known = desktopPort()?.pathOf(file) ?? '';
  if (known !== '') return known;
  const content = new Uint8Array(await file.arrayBuffer());
  return (await call('importFile', { name: file.name, content })).path;
}

async function openAll(files: readonly File[]): Promise<void> {
  for (const file of files) {
    try {
      if (isGraphFile(file)) await openFile(await pathOfFile(file));
      else if (isModelFile(file)) showModelTab({ path: await pathOfFile(file), folder: null });
    } catch (error) {
      notifyError(error);
    }
  }
}
