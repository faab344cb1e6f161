import { describe, expect, test } from 'vitest';
import decode from '../../../nodes/keypoints/decode.ts';
import { Detections, ownSpace, type Space } from '../../../src/shared/node-api/detections.ts';
import type { Keypoints } from '../../../src/shared/node-api/keypoints.ts';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { refusal } from '../image/pictures.ts';
import { runNode } from '../node-context.ts';

// YuNet at 64 × 32 pixels: 32 cells of stride 8, 8 of stride 16, 2 of stride 32.
const CELLS = { 8: 32, 16: 8, 32: 2 };

/** All points of the face in column 1, row 0 of stride 16, candidate 33, lie `offset` strides from the cell's corner. */
function outputsWith(offset: readonly number[]): Map<string, Tensor> {
  const outputs = new Map<string, Tensor>();
  for (const [stride, cells] of Object.entries(CELLS)) {
    for (const [part, width] of Object.entries({ cls: 1, obj: 1, bbox: 4, kps: 10 })) {
      const data = new Float32Array(cells * width);
      if (part === 'kps' && stride === '16') data.set(offset, 10);
      outputs.set(`${part}_${stride}`, new Tensor('float32', [1, cells, width], data));
    }
  }
  return outputs;
}

function face(candidate: number, space: Space): Detections {
  return new Detections(new Float32Array(4), Float32Array.of(0.75), new Int32Array(1), ['face'], space, {
    candidates: Int32Array.of(candidate),
    oneEach: false,
  });
}

async function keypointsOf(detections: Detections, outputs = outputsWith([0, 0, 0.5, 0, 0, 1, -1, 0, 2, 2])) {
  return (await runNode<{ keypoints: Keypoints }>(decode, { detections, outputs })).keypoints;
}

describe('keypoints/decode', () => {
  test('reads the five points of a face in strides from the corner of its cell', async () => {
    const keypoints = await keypointsOf(face(33, ownSpace(64, 32)));
    expect([...keypoints.points]).toEqual([16, 0, 24, 0, 16, 16, 0, 0, 48, 32]);
    expect([keypoints.count, keypoints.perObject, [...keypoints.scores]]).toEqual([1, 5, new Array(5).fill(0.75)]);
  });

  test('gives them in pixels of the original', async () => {
    const space = {
      width: 64,
      height: 32,
      scale: 0.5,
      scaleY: 0.25,
      padX: 4,
      padY: 8,
      originalWidth: 100,
      originalHeight: 60,
    };
    const keypoints = await keypointsOf(face(33, space));
    expect([...keypoints.points].slice(0, 4)).toEqual([24, -32, 40, -32]);
    expect(keypoints.space).toEqual(ownSpace(100, 60));
  });

  test('no faces have no points', async () => {
    const none = face(33, ownSpace(64, 32)).pick([]);
    expect((await keypointsOf(none)).count).toBe(0);
  });

  test('refuses other models, and detections of other outputs', async () => {
    const yolo = new Map([['output0', new Tensor('float32', [1, 5, 2], new Float32Array(10))]]);
    await refusal(keypointsOf(face(0, ownSpace(64, 32)), yolo), 'E_VALUE');
    await refusal(keypointsOf(face(42, ownSpace(64, 32))), 'E_VALUE');
    const { boxes, scores, classIds, labels, space } = face(33, ownSpace(64, 32));
    await refusal(keypointsOf(new Detections(boxes, scores, classIds, labels, space)), 'E_VALUE');
  });
});
