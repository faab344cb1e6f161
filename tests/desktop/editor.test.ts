import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { canLaunch } from '../electron-standin/launch.ts';
import { buildEditor, EDITOR, Home } from './home.ts';

const GRAPH = join(import.meta.dirname, '../../resources/graphs/detect-image.weft.json');

describe.runIf(canLaunch())('the editor in the desktop app', () => {
  beforeAll(buildEditor);

  test('opens a graph that the command line names, within its content security policy', async () => {
    using home = new Home(EDITOR);
    await using app = await home.launch(GRAPH);
    const page = await app.page();
    const refused: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text());
    });
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const title = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getTitle());
    await expect.poll(title, { timeout: 20_000 }).toContain('detect-image');
    expect(refused).toEqual([]);
  });
});
