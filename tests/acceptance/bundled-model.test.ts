import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { iou } from '../../nodes/detect/shared/iou.ts';
import { HostedEngine } from './hosted-run.ts';

const RESOURCES = resolve('resources');
const GRAPH = join(RESOURCES, 'graphs', 'detect-image.weft.json');

/** Left, top, width, height in pixels. */
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const shapesSchema = z.array(z.object({ label: z.string(), box }));
type Shapes = z.infer<typeof shapesSchema>;
const pictureSchema = z.object({ width: z.int(), height: z.int(), shapes: shapesSchema });
const videoSchema = z.object({ labels: z.array(z.string()), frames: z.array(z.array(box)) });

// The sample video is decoded by FFmpeg here.
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
if (!hasFfmpeg) console.log('skipped: no ffmpeg');

let folder: string;
let engine: HostedEngine;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-bundled-'));
  engine = new HostedEngine();
});

afterAll(async () => {
  await engine.host.close();
  rmSync(folder, { recursive: true });
});

describe('detect-image with nothing set', () => {
  test('finds every shape of the sample picture, and nothing else', async () => {
    const { width, height, shapes } = pictureSchema.parse(readJson('media/shapes.json'));
    const run = await engine.run(GRAPH, { out: folder });
    expect(run.summary).toMatchObject({ status: 'done' });
    expect(run.output('annotated')).toMatchObject([{ width, height }]);
    const found = shapesSchema.parse(run.output('detections')[0]);
    expect(missed(shapes, found)).toEqual([]);
    expect(found).toHaveLength(shapes.length);
  });

  test.skipIf(!hasFfmpeg)('finds 95 % of the shapes of the sample video', { timeout: 180_000 }, async () => {
    const { labels, frames } = videoSchema.parse(readJson('media/shapes-video.json'));
    const pictures = decoded(join(RESOURCES, 'media', 'shapes.mp4'));
    expect(pictures).toHaveLength(frames.length);
    let shown = 0;
    let lost = 0;
    for (const [i, image] of pictures.entries()) {
      const run = await engine.run(GRAPH, { inputs: { image }, out: folder });
      const found = shapesSchema.parse(run.output('detections')[0]);
      const shapes = frames[i].map((box, kind) => ({ label: labels[kind], box }));
      lost += missed(shapes, found).length;
      shown += found.length;
    }
    const total = frames.length * labels.length;
    console.log(`sample video: ${total - lost} of ${total} shapes found, in ${shown} detections`);
    expect(lost / total).toBeLessThanOrEqual(0.05);
    expect(shown).toBeLessThan(total * 1.05);
  });
});

/** The shapes that no detection of their kind covers with an IoU of a half. */
function missed(shapes: Shapes, found: Shapes): Shapes {
  return shapes.filter(
    (shape) => !found.some((other) => other.label === shape.label && overlap(shape.box, other.box) >= 0.5),
  );
}

function overlap(a: Shapes[number]['box'], b: Shapes[number]['box']): number {
  const corners = [a, b].flatMap(([left, top, width, height]) => [left, top, left + width, top + height]);
  return iou(Float32Array.from(corners), 0, 1);
}

/** Paths of the frames as pictures, in their order. */
function decoded(video: string): string[] {
  const frames = mkdtempSync(join(folder, 'frames-'));
  const { status } = spawnSync('ffmpeg', ['-v', 'error', '-i', video, join(frames, '%04d.png')]);
  expect(status).toBe(0);
  return readdirSync(frames)
    .sort()
    .map((name) => join(frames, name));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(RESOURCES, path), 'utf8'));
}
