import { existsSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Image } from '../../../src/shared/node-api/weft.ts';
import { frameOf, plainFrame } from '../../shared/node-api/frames.ts';
import { makeVideo, pattern, probe } from './made-videos.ts';
import { MediaWorkbench } from './workbench.ts';

let bench: MediaWorkbench;

beforeAll(() => {
  bench = new MediaWorkbench();
});

afterAll(() => bench[Symbol.asyncDispose]());

async function copy(from: string, to: string, request: Parameters<MediaWorkbench['create']>[1] = {}) {
  const { frames } = await bench.read(from);
  const writer = bench.create(to, request);
  for (const frame of frames) await writer.write(frame);
  await writer.finish();
  return probe(bench.file(to));
}

describe('a video is written', () => {
  test.each([
    ['mp4', 'h264'],
    ['mkv', 'h264'],
    ['webm', 'vp9'],
  ])('as .%s with %s, with all its frames and its length', async (extension, codec) => {
    const source = makeVideo(bench.file(`source-${extension}.mp4`), ...pattern(2));
    const written = await copy(source, `copy.${extension}`);
    expect(written).toMatchObject({ codec, width: 64, height: 48, frames: 20 });
    expect(written.seconds).toBeCloseTo(2, 1);
  });

  test.each(['mp4', 'mkv', 'webm'])('as .%s with the times of frames of a variable rate', async (extension) => {
    const times = [0, 0.1, 0.15, 0.5, 1.2, 1.21, 2];
    const writer = bench.create(`variable.${extension}`);
    for (const [index, seconds] of times.entries()) await writer.write(frameOf(64, 48, () => index * 20, { seconds }));
    await writer.finish();
    expect(probe(bench.file(`variable.${extension}`)).times.map((time) => Math.round(time * 1000) / 1000)).toEqual(
      times,
    );
  });

  test('and it is told when it is begun and when all of it is there', async () => {
    const before = bench.told.length;
    const told = () => bench.told.slice(before).map(({ state }) => state);
    const writer = bench.create('told.mp4');
    expect(told()).toEqual([]);
    await writer.write(frameOf(64, 48, () => 100, { seconds: 0 }));
    expect(bench.told.at(-1)).toEqual({ state: 'begun', path: bench.file('told.mp4') });
    await writer.finish();
    expect(told()).toEqual(['begun', 'complete']);
  });

  test('from its first frame on, whatever its time was', async () => {
    const writer = bench.create('later.mp4');
    for (const seconds of [7, 7.1, 7.2]) await writer.write(frameOf(64, 48, () => 100, { seconds }));
    await writer.finish();
    expect(probe(bench.file('later.mp4')).times[0]).toBe(0);
  });

  test('from pictures of every kind, at the rate that is asked for', async () => {
    const writer = bench.create('pictures.mp4', { fps: 4 });
    await writer.write(new Image('u8', 64, 48, 3, new Uint8Array(64 * 48 * 3).fill(200)));
    await writer.write(new Image('u8', 64, 48, 1, new Uint8Array(64 * 48).fill(200)));
    await writer.write(new Image('u8', 64, 48, 4, new Uint8Array(64 * 48 * 4).fill(200)));
    await writer.write(new Image('u16', 64, 48, 3, new Uint16Array(64 * 48 * 3).fill(200 * 257)));
    await writer.write(new Image('f32', 64, 48, 3, new Float32Array(64 * 48 * 3).fill(200 / 255)));
    await writer.finish();
    expect(probe(bench.file('pictures.mp4')).times).toEqual([0, 0.25, 0.5, 0.75, 1]);
    const { frames } = await bench.read(bench.file('pictures.mp4'));
    for (const frame of frames) expect(Math.abs(frame.image().data[100] - 200)).toBeLessThanOrEqual(3);
  });

  test('with the colours that went in', async () => {
    const colours = [
      [1, 0, 0],
      [0, 1, 0],
      [0.2, 0.3, 0.9],
    ] as const;
    for (const matrix of ['bt601', 'bt709'] as const) {
      for (const first of ['frame', 'picture', 'full frame']) {
        const writer = bench.create('colours.mkv', { quality: 'high' });
        // The file takes the form of the first; the others are brought to it.
        const full = first === 'full frame';
        const pictures = colours.map((rgb) => plainFrame(64, 48, rgb, { matrix, full }));
        if (first === 'picture') await writer.write(pictures[0].image());
        for (const picture of pictures) await writer.write(picture);
        for (const picture of pictures) await writer.write(picture.image());
        await writer.finish();
        const { frames } = await bench.read(bench.file('colours.mkv'));
        for (const [k, frame] of frames.slice(-6).entries()) {
          const { data } = frame.image();
          for (let channel = 0; channel < 3; channel++) {
            expect(Math.abs(data[channel] - colours[k % 3][channel] * 255)).toBeLessThanOrEqual(6);
          }
        }
      }
    }
  });

  test('in a size that halves evenly, when that of the pictures does not', async () => {
    const writer = bench.create('odd.mp4');
    await writer.write(frameOf(63, 47));
    await writer.write(frameOf(31, 21));
    await writer.finish();
    expect(probe(bench.file('odd.mp4'))).toMatchObject({ width: 62, height: 46, frames: 2 });
  });

  test('under a name of any letters', async () => {
    const name = "größe 100 % [a] #1 'x'.mp4";
    const writer = bench.create(name);
    await writer.write(frameOf(64, 48));
    await writer.finish();
    expect((await bench.read(bench.file(name))).frames.length).toBe(1);
  });

  test('into a folder that it makes, and not before there is a picture', async () => {
    const writer = bench.create('new/folder/film.mp4');
    expect(existsSync(bench.file('new'))).toBe(false);
    await writer.write(frameOf(64, 48));
    await writer.finish();
    expect(probe(bench.file('new/folder/film.mp4')).frames).toBe(1);
  });
});

describe('the sound of the source', () => {
  const withSound = (seconds: number) => [
    ...pattern(seconds),
    ...['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`, '-c:a', 'aac', '-shortest'],
  ];

  test('is copied when asked, as long as the pictures', async () => {
    const source = makeVideo(bench.file('tone.mp4'), ...withSound(2));
    const written = await copy(source, 'tone-copy.mp4', { audio: true });
    expect(written).toMatchObject({ sound: 'aac', frames: 20 });
    expect(written.seconds).toBeCloseTo(2, 1);
  });

  test('is left out when not', async () => {
    const source = makeVideo(bench.file('mute.mp4'), ...withSound(1));
    expect((await copy(source, 'mute-copy.mp4')).sound).toBeUndefined();
  });

  test('that a container cannot hold is refused, with one that can', async () => {
    const source = makeVideo(bench.file('aac.mp4'), ...withSound(1));
    await expect(copy(source, 'aac.webm', { audio: true })).rejects.toMatchObject({
      code: 'E_VALUE',
      message: expect.stringContaining('.mkv'),
    });
    expect(existsSync(bench.file('aac.webm'))).toBe(false);
  });
});

describe('what cannot be written is told by its own code', () => {
  test('a name that says nothing of the form', () => {
    expect(() => bench.create('film.txt')).toThrow(
      '".txt" is not the extension of a video: use .mp4, .m4v, .mkv, or .webm.',
    );
  });

  test('a folder that cannot be made', async () => {
    makeVideo(bench.file('file.mp4'), ...pattern(0.1));
    const writer = bench.create('file.mp4/film.mp4');
    await expect(writer.write(frameOf(64, 48))).rejects.toMatchObject({ code: 'E_FILE_WRITE' });
    await writer.finish();
  });

  test('pictures of a single pixel', async () => {
    const writer = bench.create('tiny.mp4');
    await expect(writer.write(frameOf(1, 1))).rejects.toMatchObject({ code: 'E_VALUE' });
  });

  test('a file that is being read or written', async () => {
    const path = makeVideo(bench.file('busy.mp4'), ...pattern(0.2));
    const reader = await bench.open(path);
    expect(() => bench.create('busy.mp4')).toThrow(/being read or written/);
    await reader.close();
    const writer = bench.create('busy.mp4');
    await writer.write(frameOf(64, 48));
    expect(() => bench.create('busy.mp4')).toThrow(/being read or written/);
    await writer.finish();
    expect(statSync(path).size).toBeGreaterThan(0);
  });
});
