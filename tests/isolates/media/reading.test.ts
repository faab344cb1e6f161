import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Frame } from '../../../src/shared/node-api/weft.ts';
import { gradients, makeVideo, pattern } from './made-videos.ts';
import { MediaWorkbench } from './workbench.ts';

const H264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];

let bench: MediaWorkbench;

beforeAll(() => {
  bench = new MediaWorkbench();
});

afterAll(() => bench[Symbol.asyncDispose]());

/** Mean difference of the colours of a frame to those that the system's FFmpeg gives, 0–255. */
function differenceTo(reference: Buffer, frame: Frame): number {
  const { data } = frame.image();
  expect(reference.length).toBe(data.length);
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(data[i] - reference[i]);
  return sum / data.length;
}

function referenceFrame(path: string, index: number): Buffer {
  const select = ['-vf', `select=eq(n\\,${index})`, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'];
  return execFileSync('ffmpeg', ['-v', 'error', '-i', path, ...select], { maxBuffer: 2 ** 26 });
}

describe('a video is read', () => {
  test.each([
    ['mp4', ['-c:v', 'libx264']],
    ['webm', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime']],
    ['mkv', ['-c:v', 'libx264', '-pix_fmt', 'yuv444p']],
    ['avi', ['-c:v', 'mpeg4']],
    ['mov', ['-c:v', 'mjpeg']],
  ])('from .%s, frame by frame, with the colours that another FFmpeg sees', async (extension, codec) => {
    const path = makeVideo(bench.file(`read.${extension}`), ...gradients(1), ...codec);
    const { frames, reader } = await bench.read(path);
    expect(frames.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(frames.map(({ seconds }) => Math.round(seconds * 10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(reader.tally).toEqual({ decoded: 10, lost: 0, damaged: 0, resized: 0 });
    expect(reader.video).toMatchObject({ path, width: 64, height: 48, fps: 10, rotation: 0, audio: null });
    expect(differenceTo(referenceFrame(path, 7), frames[7])).toBeLessThan(3);
  });

  test('from a time on, which begins with the frame that is shown then, up to another', async () => {
    const path = makeVideo(bench.file('span.mp4'), ...pattern(3), '-g', '7');
    const { frames } = await bench.read(path, { from: 1.05, to: 1.5 });
    expect(frames.map(({ seconds }) => Math.round(seconds * 10))).toEqual([10, 11, 12, 13, 14]);
    const whole = await bench.read(path);
    expect(Buffer.compare(frames[0].data, whole.frames[10].data)).toBe(0);
  });

  test('every n-th frame, whose numbers leave out those between', async () => {
    const path = makeVideo(bench.file('step.mp4'), ...pattern(1));
    const { frames, reader } = await bench.read(path, { step: 4 });
    expect(frames.map(({ index }) => index)).toEqual([0, 4, 8]);
    expect(reader.tally.decoded).toBe(10);
  });

  test('in another size, in which one side follows from the other', async () => {
    const path = makeVideo(bench.file('size.mp4'), ...pattern(0.2));
    const { frames } = await bench.read(path, { width: 32 });
    expect([frames[0].width, frames[0].height]).toEqual([32, 24]);
    const { frames: stretched } = await bench.read(path, { width: 20, height: 40 });
    expect([stretched[0].width, stretched[0].height]).toEqual([20, 40]);
  });

  test('where nothing is shared, with the same frames', async () => {
    const path = makeVideo(bench.file('unshared.mp4'), ...pattern(0.5));
    const { frames } = await bench.read(path);
    await using unshared = new MediaWorkbench({ sharing: false });
    const { frames: same } = await unshared.read(path);
    expect(same.map(({ data }) => Buffer.from(data).toString('hex'))).toEqual(
      frames.map(({ data }) => Buffer.from(data).toString('hex')),
    );
  });
});

describe('a video stands upright', () => {
  /** White on the left, black on the right, 64 × 48. */
  const halves = ['-f', 'lavfi', '-i', 'color=white:size=32x48:rate=5:duration=1,pad=64:48:0:0:black'];

  test.each([
    [90, 'top'],
    [180, 'right'],
    [270, 'bottom'],
  ])('turned by %i degrees: what was on the left comes to the %s', async (degrees, side) => {
    const stored = makeVideo(bench.file(`stored-${degrees}.mp4`), ...halves);
    // This tag counts anticlockwise.
    const turned = ['-i', stored, '-c', 'copy', '-metadata:s:v', `rotate=${360 - degrees}`];
    const path = makeVideo(bench.file(`turned-${degrees}.mp4`), ...turned);
    const { frames, reader } = await bench.read(path);
    expect(reader.video.rotation).toBe(degrees);
    const { width, height, data } = frames[0];
    expect([width, height]).toEqual(degrees === 180 ? [64, 48] : [48, 64]);
    const [x, y] = { top: [24, 5], right: [59, 24], bottom: [24, 59] }[side] ?? [0, 0];
    expect(data[y * width + x]).toBeGreaterThan(200);
    expect(data[(height - 1 - y) * width + (width - 1 - x)]).toBeLessThan(50);
  });

  test('with square pixels: a sample aspect of 2:1 doubles the width, one of 1:2 the height', async () => {
    const wide = makeVideo(bench.file('wide.mp4'), ...pattern(0.2), '-vf', 'setsar=2/1');
    const tall = makeVideo(bench.file('tall.mp4'), ...pattern(0.2), '-vf', 'setsar=1/2');
    const [first] = (await bench.read(wide)).frames;
    const [second] = (await bench.read(tall)).frames;
    expect([first.width, first.height]).toEqual([128, 48]);
    expect([second.width, second.height]).toEqual([64, 96]);
  });
});

test('frames of a variable rate keep their times', async () => {
  const times = ['-vf', 'settb=1/1000,setpts=N*N*10', '-fps_mode', 'passthrough', '-enc_time_base', '1:1000'];
  const path = makeVideo(bench.file('variable.mkv'), ...pattern(1), ...times);
  const { frames } = await bench.read(path);
  const expected = Array.from({ length: 10 }, (_, n) => (n * n) / 100);
  expect(frames.map(({ seconds }) => Math.round(seconds * 1000) / 1000)).toEqual(expected);
});

test('a video that changes size on its way goes on in its first size, and that is counted', async () => {
  const small = makeVideo(bench.file('small.ts'), ...pattern(0.5, { size: '64x48' }), ...H264);
  const large = makeVideo(bench.file('large.ts'), ...pattern(0.5, { size: '128x96' }), ...H264);
  const path = bench.file('joined.ts');
  execFileSync('sh', ['-c', `cat ${small} ${large} > ${path}`]);
  const { frames, reader } = await bench.read(path);
  expect(frames.length).toBe(10);
  expect(new Set(frames.map(({ width, height }) => `${width}×${height}`))).toEqual(new Set(['64×48']));
  expect(reader.tally.resized).toBe(5);
  // Each of the two files begins at 0.
  expect(frames.map(({ seconds }) => Math.round(seconds * 10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

describe('what cannot be read is told by its own code', () => {
  test.each([
    ['a file that is not there', 'nothing.mp4', 'E_FILE_MISSING'],
    ['a folder', '.', 'E_FILE_READ'],
  ])('%s', async (_, name, code) => {
    await expect(bench.open(bench.file(name))).rejects.toMatchObject({ code });
  });

  test('sound without pictures', async () => {
    const path = makeVideo(bench.file('sound.mp4'), '-f', 'lavfi', '-i', 'sine=duration=0.2');
    await expect(bench.open(path)).rejects.toMatchObject({ code: 'E_VIDEO_READ' });
  });

  test('a list of files that leads to the network', async () => {
    const { writeFileSync } = await import('node:fs');
    const path = bench.file('list.m3u8');
    writeFileSync(path, '#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n');
    await expect(bench.open(path)).rejects.toMatchObject({ code: 'E_VIDEO_READ' });
  });

  test('a camera that is not there', async () => {
    const missing = bench.videos.open({ kind: 'camera', device: '/dev/video-none' }, {}, bench.call);
    await expect(missing).rejects.toMatchObject({ code: 'E_CAMERA' });
  });
});
