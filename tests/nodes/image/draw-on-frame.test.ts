import { describe, expect, test } from 'vitest';
import drawDetections from '../../../nodes/image/draw-detections.ts';
import drawKeypoints from '../../../nodes/image/draw-keypoints.ts';
import { Detections, Frame, type Image, Keypoints, ownSpace } from '../../../src/shared/node-api/weft.ts';
import { frameOf, plainFrame } from '../../shared/node-api/frames.ts';
import { runNode } from '../node-context.ts';
import { meanDifference, pixel } from './pictures.ts';

const WIDTH = 160;
const HEIGHT = 120;

const found = new Detections(
  Float32Array.from([20, 40, 101, 91, 60.4, 7.2, 150, 110]),
  Float32Array.from([0.9, 0.5]),
  Int32Array.from([0, 1]),
  ['person', 'bicycle'],
  ownSpace(WIDTH, HEIGHT),
);

const drawn = async <P extends Frame | Image>(image: P, detections = found, labels = true): Promise<P> =>
  (await runNode<{ image: P }>(drawDetections, { image, detections, labels })).image;

describe('boxes on a frame', () => {
  test('look as they do on its picture', async () => {
    const frame = plainFrame(WIDTH, HEIGHT, [0.3, 0.5, 0.4]);
    const onFrame = (await drawn(frame)).image();
    const onPicture = await drawn(frame.image());
    // Colour at half the size runs over the edges of thin lines; light does not.
    expect(meanDifference(onFrame, onPicture)).toBeLessThan(4);
    for (const [x, y] of [
      [20, 31],
      [5, 5],
    ]) {
      const [a, b] = [pixel(onFrame, x, y), pixel(onPicture, x, y)];
      for (let channel = 0; channel < 3; channel++) expect(Math.abs(a[channel] - b[channel])).toBeLessThan(6);
    }
  });

  test('leave the frame that came in as it was', async () => {
    const frame = frameOf(WIDTH, HEIGHT, (index) => index % 251);
    const before = frame.data.slice();
    const result = await drawn(frame);
    expect(result).toBeInstanceOf(Frame);
    expect(frame.data).toEqual(before);
    expect(result.data).not.toEqual(before);
  });

  test('keep its time, number and video', async () => {
    const frame = frameOf(WIDTH, HEIGHT, () => 100, { seconds: 1.5, index: 7 });
    const result = await drawn(frame);
    expect(result).toMatchObject({ seconds: 1.5, index: 7, duration: frame.duration, video: frame.video });
  });

  test('change nothing where nothing was found', async () => {
    const nothing = new Detections(
      new Float32Array(),
      new Float32Array(),
      new Int32Array(),
      [],
      ownSpace(WIDTH, HEIGHT),
    );
    const frame = frameOf(WIDTH, HEIGHT, (index) => index % 251);
    expect((await drawn(frame, nothing)).data).toEqual(frame.data);
  });

  test('carry the numbers of tracked objects', async () => {
    const { boxes, scores, classIds, labels, space } = found;
    const tracked = (ids: readonly number[]) =>
      new Detections(boxes, scores, classIds, labels, space, null, Int32Array.from(ids));
    const frame = plainFrame(WIDTH, HEIGHT, [0.3, 0.5, 0.4]);
    const numbered = await drawn(frame, tracked([3, 12]));
    expect(numbered.data).not.toEqual((await drawn(frame)).data);
    expect(numbered.data).not.toEqual((await drawn(frame, tracked([3, 13]))).data);
    expect(numbered.data).toEqual((await drawn(frame, tracked([3, 12]))).data);
  });

  test('are refused where they belong to another picture', async () => {
    await expect(drawn(frameOf(64, 48))).rejects.toMatchObject({ code: 'E_SPACE' });
  });

  test('at the edges of a frame of odd size stay inside it', async () => {
    const edge = new Detections(
      Float32Array.from([-5, -5, 80, 80]),
      Float32Array.from([0.9]),
      Int32Array.from([2]),
      [],
      ownSpace(63, 47),
    );
    const result = await drawn(plainFrame(63, 47, [0, 0, 0]), edge, false);
    expect(result.data.length).toBe(frameOf(63, 47).data.length);
  });
});

test('key points on a frame look as they do on its picture', async () => {
  const keypoints = new Keypoints(
    Float32Array.from([40, 40, 80.5, 61.5]),
    Float32Array.from([1, 1]),
    2,
    ownSpace(WIDTH, HEIGHT),
  );
  const frame = plainFrame(WIDTH, HEIGHT, [0.3, 0.5, 0.4]);
  const onFrame = (await runNode<{ image: Frame }>(drawKeypoints, { image: frame, keypoints })).image.image();
  const onPicture = (await runNode<{ image: Image }>(drawKeypoints, { image: frame.image(), keypoints })).image;
  expect(meanDifference(onFrame, onPicture)).toBeLessThan(0.2);
  expect(meanDifference(onFrame, frame.image())).toBeGreaterThan(0);
});
