import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import letterbox from '../../../nodes/image/letterbox.ts';
import read from '../../../nodes/image/read.ts';
import addBatch from '../../../nodes/tensor/add-batch.ts';
import fromImage from '../../../nodes/tensor/from-image.ts';
import normalize from '../../../nodes/tensor/normalize.ts';
import transpose from '../../../nodes/tensor/transpose.ts';
import type { Image } from '../../../src/shared/node-api/image.ts';
import type { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { HeapContext, runNode } from '../node-context.ts';

test('read, letterbox, normalize, transpose, add batch gives what from-image gives in one pass', async () => {
  await using ctx = new HeapContext();
  const path = join(await ctx.temporaryFolder(), 'picture.png');
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  await sharp({ create: { width: 333, height: 500, channels: 3, background: 'white', noise } }).toFile(path);

  const { image } = await runNode<{ image: Image }>(read, { path }, ctx);
  const boxed = await runNode<{ image: Image }>(letterbox, { image }, ctx);
  const normalized = await runNode<{ tensor: Tensor }>(normalize, { image: boxed.image }, ctx);
  const planar = await runNode<{ tensor: Tensor }>(transpose, { tensor: normalized.tensor }, ctx);
  const { tensor } = await runNode<{ tensor: Tensor }>(addBatch, { tensor: planar.tensor }, ctx);

  expect(tensor.toString()).toBe('float32[1,3,640,640]');
  const once = await runNode<{ tensor: Tensor }>(fromImage, { image: boxed.image }, ctx);
  expect(Buffer.compare(bytesOf(tensor), bytesOf(once.tensor))).toBe(0);
  expect(tensor.data[0]).toBe(Math.fround(114 / 255));
});

function bytesOf({ data }: Tensor): Buffer {
  const { buffer, byteOffset, byteLength } = data as Float32Array;
  return Buffer.from(buffer, byteOffset, byteLength);
}
