import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseClassNames } from '../../nodes/detect/shared/class-names.ts';
import { describeModel } from '../../src/main/models/describe-model.ts';

const RESOURCES = resolve(import.meta.dirname, '../../resources');
const MODEL = resolve(RESOURCES, 'models/shapes.onnx');
const KINDS = ['circle', 'square', 'triangle', 'star', 'hexagon', 'cross'];

const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const videoSchema = z.object({
  width: z.int(),
  height: z.int(),
  fps: z.int(),
  labels: z.array(z.string()),
  frames: z.array(z.array(box)),
});

describe('the bundled model', () => {
  test('has the signature of a YOLOv8 detector of six classes at 320 × 320', async () => {
    const { signature, unsupported, customOperators, externalData } = await describeModel(MODEL);
    expect(signature).toEqual({
      inputs: [{ name: 'images', dtype: 'float32', shape: [1, 3, 320, 320] }],
      outputs: [{ name: 'output0', dtype: 'float32', shape: [1, 10, 2100] }],
    });
    expect({ unsupported, customOperators, externalData }).toEqual({
      unsupported: [],
      customOperators: [],
      externalData: [],
    });
  });

  test('says of itself what a file of Ultralytics says', async () => {
    const { metadata } = await describeModel(MODEL);
    expect(metadata).toMatchObject({ task: 'detect', stride: '32', imgsz: '[320, 320]', license: 'MIT' });
    expect(parseClassNames(metadata.names)).toEqual(KINDS);
  });

  test('takes up 2 MB at most', () => {
    expect(statSync(MODEL).size).toBeLessThanOrEqual(2_000_000);
  });
});

describe('the sample video', () => {
  const video = videoSchema.parse(JSON.parse(readFileSync(resolve(RESOURCES, 'media/shapes-video.json'), 'utf8')));

  test('is small and has one of each shape in every frame', () => {
    expect(statSync(resolve(RESOURCES, 'media/shapes.mp4')).size).toBeLessThan(500_000);
    expect(video).toMatchObject({ width: 640, height: 480, fps: 30, labels: KINDS });
    expect(video.frames).toHaveLength(180);
    expect(new Set(video.frames.map((frame) => frame.length))).toEqual(new Set([KINDS.length]));
  });

  test('moves every shape by a fifth of its width from one frame to the next at times', () => {
    const middle = ([left, top, width, height]: z.infer<typeof box>) => [left + width / 2, top + height / 2];
    for (const [kind, label] of KINDS.entries()) {
      const steps = video.frames.slice(1).map((frame, i) => {
        const [x, y] = middle(frame[kind]);
        const [lastX, lastY] = middle(video.frames[i][kind]);
        return Math.hypot(x - lastX, y - lastY) / frame[kind][2];
      });
      expect(Math.max(...steps), label).toBeGreaterThanOrEqual(0.2);
    }
  });
});
