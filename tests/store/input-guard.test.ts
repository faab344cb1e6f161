import { describe, expect, test } from 'vitest';
import { guardInputs } from '../../src/main/store/input-guard.ts';
import { Image, Tensor } from '../../src/shared/node-api/weft.ts';

describe('the guard of a node’s inputs', () => {
  test('is silent while nothing is written', () => {
    const changedPin = guardInputs({
      image: new Image('u8', 100, 100, 3, new Uint8Array(30_000)),
      size: 3,
      none: null,
    });
    expect(changedPin()).toBeNull();
  });

  test('names the pin whose memory was written', () => {
    const image = new Image('u8', 8, 8, 3, new Uint8Array(192));
    const tensor = new Tensor('float32', [4], new Float32Array(4));
    const changedPin = guardInputs({ image, list: [1, new Map([['deep', tensor]])] });
    tensor.data[3] = Number.NaN;
    expect(changedPin()).toBe('list');
  });

  test('sees a picture that was drawn over, the first and the last byte', () => {
    for (const write of [
      (data: Uint8Array) => data.fill(1),
      (data: Uint8Array) => data.fill(1, 0, 1),
      (data: Uint8Array) => data.fill(1, data.length - 1),
    ]) {
      const image = new Image('u8', 640, 480, 3, new Uint8Array(640 * 480 * 3));
      const changedPin = guardInputs({ image });
      write(image.data);
      expect(changedPin()).toBe('image');
    }
  });
});
