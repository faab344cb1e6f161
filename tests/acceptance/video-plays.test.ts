import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxFlags, systemBrowser } from '../../tools/system-browser.ts';
import { makeVideo, pattern, probe } from '../isolates/media/made-videos.ts';
import { MediaWorkbench } from '../isolates/media/workbench.ts';
import { frameOf } from '../shared/node-api/frames.ts';
import { HostedEngine } from './hosted-run.ts';

const DETECT_VIDEO = join(import.meta.dirname, '../../resources/graphs/detect-video.weft.json');

const program = systemBrowser();
if (program === null) console.log('skipped: no browser');

let bench: MediaWorkbench;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  if (program === null) return;
  folder = mkdtempSync(join(tmpdir(), 'weft-video-plays-'));
  bench = new MediaWorkbench();
  browser = await chromium.launch({
    executablePath: program,
    args: [...sandboxFlags(), '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
});

afterAll(async () => {
  await browser?.close();
  await bench?.[Symbol.asyncDispose]();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

/** What a browser makes of a video: its form, and whether it plays to its end. */
async function played(path: string) {
  const page = await browser.newPage();
  const html = join(folder, 'page.html');
  writeFileSync(html, `<video muted src="${pathToFileURL(path).href}"></video>`);
  await page.goto(pathToFileURL(html).href);
  // Runs in the browser, whose types these tests do not have.
  const result = await page.evaluate(`new Promise((resolve) => {
    const video = document.querySelector('video');
    const tell = () => resolve({ width: video.videoWidth, height: video.videoHeight, seconds: video.duration,
      ended: video.ended, error: video.error && video.error.message });
    video.onended = tell;
    video.onerror = tell;
    video.playbackRate = 4;
    video.play().catch(tell);
  })`);
  await page.close();
  return result;
}

describe.skipIf(program === null)('a browser plays what is written', () => {
  test.each(['mp4', 'webm'])('as .%s, to the end', { timeout: 60_000 }, async (extension) => {
    const writer = bench.create(`film.${extension}`);
    for (let k = 0; k < 30; k++) await writer.write(frameOf(160, 120, () => k * 8, { seconds: k / 10 }));
    await writer.finish();
    expect(await played(bench.file(`film.${extension}`))).toEqual({
      width: 160,
      height: 120,
      seconds: expect.closeTo(2.94, 1),
      ended: true,
      error: null,
    });
  });

  test('as detect-video makes it, with the sound of the video when that is asked for', {
    timeout: 60_000,
  }, async () => {
    const tone = ['-f', 'lavfi', '-i', 'sine=duration=2', '-c:a', 'aac', '-pix_fmt', 'yuv420p'];
    const film = makeVideo(join(folder, 'tone.mp4'), ...pattern(2, { size: '320x240', rate: 24 }), ...tone);
    await using engine = new HostedEngine();
    const params = [{ node: 'write', pin: 'audio', value: true }];
    const run = await engine.run(DETECT_VIDEO, { inputs: { video: film }, params, out: folder });
    expect(run.summary.status).toBe('done');
    const annotated = join(folder, 'annotated.mp4');
    expect(probe(annotated)).toMatchObject({ codec: 'h264', frames: 48, sound: 'aac' });
    expect(await played(annotated)).toMatchObject({ width: 320, height: 240, ended: true, error: null });
  });

  test('as .mp4 whose process was killed in the middle', { timeout: 60_000 }, async () => {
    const writer = bench.create('killed.mp4');
    for (let k = 0; k < 60; k++) await writer.write(frameOf(160, 120, () => k * 4, { seconds: k / 10 }));
    const [{ pid }] = bench.videos.stats().processes.filter(({ busy }) => busy);
    process.kill(pid, 'SIGKILL');
    await expect(writer.finish()).rejects.toMatchObject({ code: 'E_ISOLATE_DIED' });
    expect(await played(bench.file('killed.mp4'))).toMatchObject({ width: 160, ended: true, error: null });
  });
});
