import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import read from '../../../nodes/image/read.ts';
import resize from '../../../nodes/image/resize.ts';
import type { Image } from '../../../src/shared/node-api/image.ts';
import { HeapContext, runNode } from '../node-context.ts';
import { dataFile, describeWithData } from '../test-data.ts';
import { meanDifference, pixel, refusal } from './pictures.ts';

type Result = { image: Image; width: number; height: number };
const readPicture = (path: string, limit?: number, ctx?: HeapContext) =>
  runNode<Result>(read, limit === undefined ? { path } : { path, limit }, ctx);

describeWithData('the formats', () => {
  test.each([
    ['16-bit-grey-alpha.png', 109, 96, 4, 'u16'],
    ['2x2_fdcce6.png', 2, 2, 3, 'u8'],
    ['4.webp', 1024, 772, 3, 'u8'],
    ['5_webp_a.webp', 300, 300, 4, 'u8'],
    ['8bit_depth.tiff', 21, 21, 1, 'u8'],
    ['Channel_digital_image_CMYK_color.jpg', 500, 333, 3, 'u8'],
    ['Flag_of_the_Netherlands-16bit.png', 900, 600, 3, 'u16'],
    ['animated-loop-3.gif', 370, 285, 4, 'u8'],
    ['animated-loop-3.webp', 370, 285, 4, 'u8'],
    ['circle.svg', 8, 8, 4, 'u8'],
    ['concert.jpg', 400, 267, 1, 'u8'],
    ['full-transparent.png', 300, 300, 4, 'u8'],
    ['gamma_dalai_lama_gray.jpg', 258, 222, 3, 'u8'],
    ['grey-8bit-alpha.png', 400, 300, 4, 'u8'],
    ['pitm.avif', 4096, 800, 3, 'u8'],
    ['rotating-squares.gif', 80, 80, 4, 'u8'],
  ] as const)('%s is %i×%i with %i channels, %s', async (file, width, height, channels, depth) => {
    const result = await readPicture(dataFile(`images/formats/${file}`));
    expect(result).toMatchObject({ width, height, image: { width, height, channels, depth } });
  });

  test('16-bit samples keep their precision', async () => {
    const { image } = await readPicture(dataFile('images/formats/Flag_of_the_Netherlands-16bit.png'));
    expect(pixel(image, 0, 0)).toEqual([44718, 7196, 10280]);
  });

  test('a CMYK picture arrives in sRGB, not inverted', async () => {
    const { image } = await readPicture(dataFile('images/formats/Channel_digital_image_CMYK_color.jpg'));
    expect(pixel(image, 0, 0)).toEqual([195, 211, 237]);
  });
});

describeWithData('EXIF orientation', () => {
  test.each([2, 3, 4, 5, 6, 7, 8])('%i gives the same upright picture as 1', async (orientation) => {
    const upright = await thumbnail(dataFile('images/exif/Landscape_1.jpg'));
    const turned = await thumbnail(dataFile(`images/exif/Landscape_${orientation}.jpg`));
    expect(meanDifference(upright, turned)).toBeLessThan(4);
  });

  async function thumbnail(path: string): Promise<Image> {
    const { image } = await readPicture(path);
    expect([image.width, image.height]).toEqual([600, 450]);
    return (await runNode<{ image: Image }>(resize, { image, width: 60, height: 45 })).image;
  }
});

describeWithData('damaged files', () => {
  test.each([
    'badwidth.bmp',
    'broken.png',
    'decompression_bomb.gif',
    'truncated_image.png',
    'truncated_jpeg.jpg',
    'x_unexpected_eof.png',
    'xc1n0g08.png',
    'xdtn0g01.png',
    'xhdn0g08.png',
  ])('%s is refused as E_IMAGE_DECODE by its name', async (file) => {
    const error = await refusal(readPicture(dataFile(`bad/images/${file}`)), 'E_IMAGE_DECODE');
    expect(error.message).toContain(file);
    expect(error.cause).toBeInstanceOf(Error);
  });

  test('a JPEG with broken EXIF and stray bytes is read, as every viewer reads it', async () => {
    const { image } = await readPicture(dataFile('bad/images/hopper_bad_exif.jpg'));
    expect([image.width, image.height, image.channels]).toEqual([500, 500, 1]);
  });
});

describe('what cannot be read', () => {
  test('a picture over the limit is refused before it is decoded', async () => {
    await using ctx = new HeapContext();
    const path = join(await ctx.temporaryFolder(), 'bomb.png');
    await writeFile(path, headerOfPng(40_000, 30_000));
    const error = await refusal(readPicture(path), 'E_IMAGE_LIMIT');
    expect(error.message).toContain('40000×30000');
    // Within the limit it is decoded, which finds that its pixels are missing.
    await refusal(readPicture(path, 2000), 'E_IMAGE_DECODE');
  });

  test('a picture of exactly the limit is read', async () => {
    await using ctx = new HeapContext();
    const path = join(await ctx.temporaryFolder(), 'small.png');
    await sharp({ create: { width: 100, height: 100, channels: 3, background: 'red' } }).toFile(path);
    expect((await readPicture(path, 0.01)).width).toBe(100);
    await refusal(readPicture(path, 0.0099), 'E_IMAGE_LIMIT');
  });

  test('a missing file, an empty one and a folder each say what to do', async () => {
    await using ctx = new HeapContext();
    const folder = await ctx.temporaryFolder();
    await writeFile(join(folder, 'empty.jpg'), '');
    await mkdir(join(folder, 'pictures'));
    await refusal(readPicture(join(folder, 'none.jpg')), 'E_FILE_MISSING');
    await refusal(readPicture(join(folder, 'empty.jpg')), 'E_IMAGE_DECODE');
    expect((await refusal(readPicture(join(folder, 'pictures')), 'E_FILE_READ')).message).toContain('image/folder');
  });

  test('a cancelled read ends with the reason of the cancel', async () => {
    const reason = new Error('stopped');
    await using ctx = new HeapContext({ signal: AbortSignal.abort(reason) });
    const path = join(await ctx.temporaryFolder(), 'small.png');
    await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } }).toFile(path);
    await expect(readPicture(path, undefined, ctx)).rejects.toBe(reason);
  });
});

test('the file is part of what the result depends on', async () => {
  await using ctx = new HeapContext();
  const path = join(await ctx.temporaryFolder(), 'grey.png');
  await sharp({ create: { width: 4, height: 4, channels: 3, background: '#808080' } }).toFile(path);
  await readPicture(path, undefined, ctx);
  expect(ctx.fingerprinted).toEqual([path]);
});

test('a file that changed is read again, not taken from a cache', async () => {
  await using ctx = new HeapContext();
  const path = join(await ctx.temporaryFolder(), 'colour.png');
  for (const background of ['#ff0000', '#0000ff']) {
    await sharp({ create: { width: 4, height: 4, channels: 3, background } }).toFile(path);
    const { image } = await readPicture(path);
    expect(pixel(image, 0, 0)).toEqual(background === '#ff0000' ? [255, 0, 0] : [0, 0, 255]);
  }
});

/** A PNG that claims a size and ends after its header, with a right checksum. */
function headerOfPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(17);
  header.write('IHDR');
  header.writeUInt32BE(width, 4);
  header.writeUInt32BE(height, 8);
  header.set([8, 2, 0, 0, 0], 12);
  const length = Buffer.from([0, 0, 0, 13]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(header));
  const data = Buffer.alloc(12);
  data.write('IDAT', 4);
  data.writeUInt32BE(crc32(data.subarray(4, 8)), 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), length, header, checksum, data]);
}
