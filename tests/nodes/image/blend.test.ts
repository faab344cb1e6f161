import { describe, expect, test } from 'vitest';
import blend from '../../../nodes/image/blend.ts';
import { ownSpace } from '../../../src/shared/node-api/detections.ts';
import { Image } from '../../../src/shared/node-api/image.ts';
import { Mask } from '../../../src/shared/node-api/mask.ts';
import { runNode } from '../node-context.ts';
import { picture, refusal } from './pictures.ts';

/** One pixel. */
const dot = (...samples: number[]) => picture(1, 1, samples.length as 1 | 3 | 4, (_x, _y, channel) => samples[channel]);

async function blended(base: Image, top: Image, inputs: object = {}): Promise<number[]> {
  return [...(await runNode<{ image: Image }>(blend, { base, top, ...inputs })).image.data];
}

describe('image/blend', () => {
  test.each<[string, number[]]>([
    ['normal', [51, 102, 204]],
    ['multiply', [20, 80, 0]],
    ['screen', [131, 222, 204]],
    ['add', [151, 255, 204]],
    ['difference', [49, 98, 204]],
  ])('%s', async (mode, expected) => {
    expect(await blended(dot(100, 200, 0), dot(51, 102, 204), { mode })).toEqual(expected);
  });

  test('shows the upper picture as far as its opacity goes', async () => {
    expect(await blended(dot(100, 100, 100), dot(200, 0, 100), { opacity: 0.25 })).toEqual([125, 75, 100]);
    expect(await blended(dot(100, 100, 100), dot(200, 0, 100), { opacity: 0 })).toEqual([100, 100, 100]);
  });

  test('and its transparency', async () => {
    expect(await blended(dot(100, 100, 100), dot(200, 0, 100, 51))).toEqual([120, 80, 100]);
  });

  test('over a transparent picture it brings its own colour', async () => {
    expect(await blended(dot(9, 9, 9, 0), dot(200, 0, 100, 102))).toEqual([200, 0, 100, 102]);
    expect(await blended(dot(0, 0, 255, 255), dot(255, 0, 0, 0))).toEqual([0, 0, 255, 255]);
    expect(await blended(dot(9, 9, 9, 0), dot(5, 5, 5, 0))).toEqual([9, 9, 9, 0]);
  });

  test('only where a mask lets it', async () => {
    const base = picture(2, 1, 1, () => 0);
    const top = picture(2, 1, 1, () => 200);
    const mask = new Mask(Uint8Array.of(0, 255), ownSpace(2, 1));
    expect(await blended(base, top, { mask })).toEqual([0, 200]);
    const soft = new Mask(Float32Array.of(0.5, 0), ownSpace(2, 1));
    expect(await blended(base, top, { mask: soft })).toEqual([100, 0]);
  });

  test('colour on grey makes colour; depths may differ', async () => {
    expect(await blended(dot(100), dot(1, 2, 3))).toEqual([1, 2, 3]);
    expect(await blended(dot(1, 2, 3), dot(100))).toEqual([100, 100, 100]);
    const float = new Image('f32', 1, 1, 1, Float32Array.of(1));
    expect(await blended(dot(0), float, { opacity: 0.5 })).toEqual([128]);
    expect(await blended(float, dot(0), { opacity: 0.5 })).toEqual([0.5]);
  });

  test('refuses pictures and masks of different sizes', async () => {
    await refusal(
      blended(
        dot(0),
        picture(2, 1, 1, () => 0),
      ),
      'E_VALUE',
    );
    await refusal(blended(dot(0), dot(1), { mask: new Mask(new Uint8Array(2), ownSpace(2, 1)) }), 'E_SPACE');
  });
});
