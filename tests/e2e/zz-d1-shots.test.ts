import { join } from 'node:path';
import { test } from 'vitest';
import { cameraFlags, renderFilm } from './camera-film.ts';
import { FilmCamera } from './camera-steps.ts';
import { startEditor } from './editor.ts';
import { EditorBrowser } from './editor-browser.ts';
import { openSample, panel, startRun } from './run-steps.ts';

test('shots', async () => {
  await using editor = await startEditor({});
  const film = join(editor.home, 'film.y4m');
  renderFilm(film, { width: 640, height: 480, fps: 30, frames: 60 }, (p, k) => {
    p.fill(40, 0, 640 * 480);
    for (let y = 200; y < 280; y++) p.fill(220, y * 640 + k * 8, y * 640 + k * 8 + 80);
  });
  const camera = new FilmCamera(film);
  await using browser = await EditorBrowser.start(cameraFlags(film));
  const page = await browser.open(editor, { colorScheme: 'light' });
  await openSample(page, 'Detect objects in front of a camera', 'detect-live');
  await startRun(page);
  await page.waitForTimeout(2500);
  camera.unplug();
  await page.getByRole('alert').filter({ hasText: /unplugged/ }).waitFor();
  await panel(page, 'Problems');
  await page.getByRole('button', { name: 'Choose another camera' }).click();
  await page.waitForTimeout(400);
  await page.screenshot({ path: '/tmp/d1/light.png' });
}, 60000);
