import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import read from '../../../nodes/image/read.ts';
import write from '../../../nodes/image/write.ts';
import { Image } from '../../../src/shared/node-api/image.ts';
import { HeapContext, runNode } from '../node-context.ts';
import { meanDifference, noise, picture, pixel, refusal } from './pictures.ts';

const readBack = async (path: string) => (await runNode<{ image: Image }>(read, { path })).image;

describe('a picture comes back', () => {
  test.each(['png', 'tif', 'tiff'])('exactly from .%s, whatever its channels and depth', async (extension) => {
    await using ctx = new HeapContext();
    const path = join(await ctx.temporaryFolder(), `picture.${extension}`);
    for (const channels of [1, 3, 4] as const) {
      const bytes = noise(31, 17, channels);
      for (const image of [
        bytes,
        new Image(
          'u16',
          31,
          17,
          channels,
          Uint16Array.from(bytes.data, (v) => v * 251),
        ),
      ]) {
        await runNode(write, { image, path });
        expect(await readBack(path)).toEqual(image);
      }
    }
  });

  test('of floating-point samples, as 16-bit ones clamped to the range', async () => {
    await using ctx = new HeapContext();
    const path = join(await ctx.temporaryFolder(), 'float.png');
    await runNode(write, { image: new Image('f32', 4, 1, 1, Float32Array.of(-1, 0.5, 1, 7)), path });
    expect([...(await readBack(path)).data]).toEqual([0, 32768, 65535, 65535]);
  });

  test.each(['jpg', 'jpeg', 'webp', 'avif'])('nearly from .%s, of every depth', async (extension) => {
    await using ctx = new HeapContext();
    const path = join(await ctx.temporaryFolder(), `picture.${extension}`);
    const soft = picture(64, 48, 3, (x, y, channel) => [x * 4, y * 5, 90][channel]);
    for (const image of [
      soft,
      new Image(
        'u16',
        64,
        48,
        3,
        Uint16Array.from(soft.data, (v) => v * 257),
      ),
      new Image(
        'f32',
        64,
        48,
        3,
        Float32Array.from(soft.data, (v) => v / 255),
      ),
    ]) {
      await runNode(write, { image, path });
      const back = await readBack(path);
      expect([back.depth, back.width, back.height, back.channels]).toEqual(['u8', 64, 48, 3]);
      expect(meanDifference(back, soft)).toBeLessThan(4);
    }
  });

  test('transparent on white where the format knows no transparency', async () => {
    await using ctx = new HeapContext();
    const path = join(await ctx.temporaryFolder(), 'flat.jpg');
    await runNode(write, { image: picture(16, 16, 4, () => 0), path });
    expect(pixel(await readBack(path), 8, 8)).toEqual([255, 255, 255]);
  });
});

test('quality makes a JPEG smaller', async () => {
  await using ctx = new HeapContext();
  const folder = await ctx.temporaryFolder();
  const sizes = [];
  for (const quality of [100, 50, 1]) {
    await runNode(write, { image: noise(64, 64, 3), path: join(folder, 'q.jpg'), quality });
    sizes.push((await readFile(join(folder, 'q.jpg'))).length);
  }
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  expect(sizes[0]).toBeGreaterThan(2 * sizes[2]);
});

describe('the path', () => {
  const image = noise(4, 4, 3);

  test('takes the number and name of the item, in folders made for it', async () => {
    await using ctx = new HeapContext({ item: 7 });
    const folder = await ctx.temporaryFolder();
    const path = join(folder, '{name}/{index:04}-{index}.png');
    expect(await runNode(write, { image, path, name: 'cats/tom' }, ctx)).toEqual({
      path: join(folder, 'cats/tom/0007-7.png'),
    });
    expect(await readBack(join(folder, 'cats/tom/0007-7.png'))).toEqual(image);
  });

  test('must differ from item to item', async () => {
    const error = await refusal(runNode(write, { image, path: '/tmp/a.png' }, new HeapContext({ item: 0 })), 'E_VALUE');
    expect(error.message).toContain('{index}');
  });

  test.each(['../x', '/etc/x', 'a/../../x', '..', 'a\\b', 'C:x', ''])(
    'refuses the name %j, which could lead elsewhere',
    async (name) => {
      await refusal(runNode(write, { image, path: '/tmp/{name}.png', name }), 'E_VALUE');
    },
  );

  test('refuses placeholders that mean nothing, and a name that is not wired', async () => {
    await refusal(runNode(write, { image, path: '/tmp/{date}.png' }), 'E_VALUE');
    await refusal(runNode(write, { image, path: '/tmp/{name}.png' }), 'E_VALUE');
  });

  test('refuses an extension that is no picture, and none', async () => {
    await refusal(runNode(write, { image, path: '/tmp/a.txt' }), 'E_VALUE');
    await refusal(runNode(write, { image, path: '/tmp/a' }), 'E_VALUE');
  });
});

describe('nothing half-written', () => {
  test('stays when the run is cancelled, and the old file remains', async () => {
    const cancel = new AbortController();
    await using ctx = new HeapContext({ signal: cancel.signal });
    const folder = await ctx.temporaryFolder();
    const path = join(folder, 'a.png');
    await writeFile(path, 'old');
    const writing = runNode(write, { image: noise(2000, 2000, 3), path }, ctx);
    const reason = new Error('stopped');
    cancel.abort(reason);
    await expect(writing).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual(['a.png']);
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  test('stays when the file cannot take its name', async () => {
    await using ctx = new HeapContext();
    const folder = await ctx.temporaryFolder();
    await mkdir(join(folder, 'a.png'));
    await refusal(runNode(write, { image: noise(8, 8, 3), path: join(folder, 'a.png') }), 'E_FILE_WRITE');
    expect(await readdir(folder)).toEqual(['a.png']);
  });

  test('stays when the folder cannot be made', async () => {
    await using ctx = new HeapContext();
    const folder = await ctx.temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    const error = await refusal(
      runNode(write, { image: noise(8, 8, 3), path: join(folder, 'file/a.png') }),
      'E_FILE_WRITE',
    );
    expect(error.cause).toBeInstanceOf(Error);
  });
});

test('a picture in shared memory is written like any other', async () => {
  await using ctx = new HeapContext();
  const path = join(await ctx.temporaryFolder(), 'shared.png');
  const { data } = noise(16, 16, 3);
  const shared = new Uint8Array(new SharedArrayBuffer(data.length + 64), 64, data.length);
  shared.set(data);
  await runNode(write, { image: new Image('u8', 16, 16, 3, shared), path });
  expect(Buffer.compare(await sharp(path).raw().toBuffer(), data)).toBe(0);
});
