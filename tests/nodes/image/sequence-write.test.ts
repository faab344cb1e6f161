import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import readImage from '../../../nodes/image/read.ts';
import sequence from '../../../nodes/image/sequence-write.ts';
import type { Image } from '../../../src/shared/node-api/image.ts';
import { HeapContext, runNode, withDefaults } from '../node-context.ts';
import { noise } from './pictures.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-sequence-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function write(images: readonly Image[], inputs: Record<string, unknown>): Promise<unknown[]> {
  if (!('open' in sequence)) throw new Error('image/sequence-write holds no state.');
  const all = withDefaults(sequence, inputs);
  const opened = await sequence.open(all, new HeapContext());
  const results: unknown[] = [];
  // Numbers of items with gaps, as where items were skipped.
  for (const [k, image] of images.entries()) {
    results.push(await opened.process({ ...all, image }, new HeapContext({ item: k * 2 })));
  }
  return results;
}

test('pictures are numbered without gaps, whatever items they are', async () => {
  const images = [1, 2, 3].map((seed) => noise(8, 6, 3, seed));
  const into = join(folder, 'a');
  const results = await write(images, { folder: into, prefix: 'shot-', first: 9, digits: 3 });
  expect(readdirSync(into).sort()).toEqual(['shot-009.png', 'shot-010.png', 'shot-011.png']);
  expect(results[0]).toEqual({ path: join(into, 'shot-009.png') });
  const { image } = await runNode<{ image: Image }>(readImage, { path: join(into, 'shot-010.png') });
  expect([...image.data]).toEqual([...images[1].data]);
});

test('a prefix that names a folder is refused', async () => {
  const inputs = { folder: join(folder, 'b'), prefix: '../out' };
  await expect(write([noise(8, 6, 3)], inputs)).rejects.toMatchObject({ code: 'E_VALUE' });
});
