import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MediaServer } from '../../../src/main/isolates/media/media-server.ts';
import { frameOf } from '../../shared/node-api/frames.ts';
import { makeVideo, pattern, probe } from './made-videos.ts';
import { MediaWorkbench } from './workbench.ts';

async function write(bench: MediaWorkbench, name: string, frames: number) {
  const writer = bench.create(name);
  for (let k = 0; k < frames; k++) await writer.write(frameOf(64, 48, () => k, { seconds: k / 10 }));
  return writer;
}

describe('a process that dies', () => {
  test('while it reads, costs its reader and nothing else', async () => {
    await using bench = new MediaWorkbench();
    const path = makeVideo(bench.file('a.mp4'), ...pattern(1));
    const doomed = await bench.open(path);
    const [{ pid }] = bench.videos.stats().processes;
    const other = await bench.open(path);
    process.kill(pid, 'SIGKILL');
    await expect(doomed.read()).rejects.toMatchObject({ code: 'E_ISOLATE_DIED', message: /a\.mp4.*SIGKILL/ });
    await doomed.close();
    expect((await other.read())?.index).toBe(0);
    await other.close();
    expect((await bench.read(path)).frames.length).toBe(10);
    expect(bench.arena.stats().loans).toBe(0);
  });

  test('while it writes, leaves a file that is playable up to its last half second', async () => {
    await using bench = new MediaWorkbench();
    for (const extension of ['mp4', 'mkv', 'webm']) {
      const writer = await write(bench, `killed.${extension}`, 100);
      const [{ pid }] = bench.videos.stats().processes.filter(({ busy }) => busy);
      process.kill(pid, 'SIGKILL');
      await expect(writer.finish()).rejects.toMatchObject({ code: 'E_ISOLATE_DIED' });
      // Ten frames a second; the encoder and the last fragment hold some back.
      expect(probe(bench.file(`killed.${extension}`)).frames).toBeGreaterThan(50);
    }
  });
});

test('a run that is given up completes the files that it writes', async () => {
  await using bench = new MediaWorkbench();
  const writer = await write(bench, 'given-up.mp4', 30);
  bench.videos.giveUp('run');
  await expect(writer.finish()).rejects.toMatchObject({ code: 'E_ISOLATE_DIED' });
  expect(probe(bench.file('given-up.mp4')).frames).toBe(30);
});

test('an engine that closes while a file is written completes it', async () => {
  await using bench = new MediaWorkbench();
  await write(bench, 'closed.mp4', 30);
  await bench.videos.close();
  expect(probe(bench.file('closed.mp4')).frames).toBe(30);
});

test('a file that no picture was written to is not left behind', async () => {
  await using bench = new MediaWorkbench();
  const path = bench.file('empty.mp4');
  const colour = { matrix: 'bt601', full: false } as const;
  const form = { container: 'mp4', encoder: 'libx264', quality: 'medium', width: 64, height: 48 } as const;
  const server = new MediaServer();
  const created = await server.answer({ ask: 'create', path, ...form, colour, fps: 10, sound: null }, new Uint8Array());
  expect(created.reply).toEqual({ did: 'created' });
  expect(existsSync(path)).toBe(true);
  server.close();
  expect(existsSync(path)).toBe(false);
});

test('a reader whose run is stopped fails at once with the reason, and its memory comes back', async () => {
  await using bench = new MediaWorkbench();
  const reader = await bench.videos.open({ kind: 'pattern', width: 64, height: 48, fps: 1 }, {}, bench.call);
  await reader.read();
  const second = reader.read();
  bench.abort(new Error('stopped'));
  await expect(second).rejects.toThrow('stopped');
  await reader.close();
  expect(bench.arena.stats().loans).toBe(0);
});

test('a process goes back to work for the next video', async () => {
  await using bench = new MediaWorkbench();
  const path = makeVideo(bench.file('a.mp4'), ...pattern(0.5));
  for (let k = 0; k < 5; k++) expect((await bench.read(path)).frames.length).toBe(5);
  expect(bench.videos.stats().processes.length).toBe(1);
});

test('what this FFmpeg can do is told', async () => {
  await using bench = new MediaWorkbench();
  expect((await bench.videos.codecs()).encoders).toEqual(['libx264', 'libvpx-vp9']);
  expect(Array.isArray(await bench.videos.cameras())).toBe(true);
});
