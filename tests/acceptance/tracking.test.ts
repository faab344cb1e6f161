import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Graph } from '../../src/shared/graph/document.ts';
import { Detections, ownSpace } from '../../src/shared/node-api/detections.ts';
import type { JsonValue } from '../../src/shared/node-api/pins.ts';
import { graphOf } from '../engine/test-graph.ts';
import { makeVideo } from '../isolates/media/made-videos.ts';
import { idf1 } from '../nodes/detect/tracking/idf1.ts';
import { HostedEngine, type HostedRun } from './hosted-run.ts';
import { crossingsOf, HEIGHT, PASSING, PICTURES, render, WIDTH } from './passing-shapes.ts';

const MEDIA = resolve('resources/media');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-tracking-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Tracks what the bundled model finds in a video, and counts what crosses upright lines at these parts of its width. */
function tracking(path: string, lines: readonly number[] = []): Graph {
  const counts = lines.map((at, k) => ({
    id: `line${k}`,
    type: 'detect/count-line@1',
    params: { fromX: at, fromY: 0, toX: at, toY: 1 },
  }));
  const outputs = lines.flatMap((_, k) =>
    ['forward', 'backward'].map((way) => ({ id: `${way}${k}`, type: 'io/output@1', params: { name: `${way}${k}` } })),
  );
  return graphOf(
    [
      { id: 'read', type: 'video/read@1', params: { path } },
      { id: 'load', type: 'model/load@1', params: { path: 'bundled:shapes', backend: 'cpu' } },
      { id: 'prepare', type: 'detect/prepare@1' },
      { id: 'infer', type: 'model/infer@1' },
      { id: 'decode', type: 'detect/decode@1' },
      { id: 'filter', type: 'detect/filter@1', params: { confidence: 0.1 } },
      { id: 'nms', type: 'detect/nms@1' },
      { id: 'original', type: 'detect/to-original@1' },
      { id: 'track', type: 'detect/track@1' },
      { id: 'out', type: 'io/output@1', params: { name: 'tracked' } },
      ...counts,
      ...outputs,
    ],
    [
      'read.frame -> prepare.image',
      'load.model -> prepare.model',
      'load.model -> infer.model',
      'load.model -> decode.model',
      'prepare.tensor -> infer.input',
      'prepare.space -> decode.space',
      'prepare.family -> decode.family',
      'infer.outputs -> decode.outputs',
      'decode.detections -> filter.detections',
      'filter.detections -> nms.detections',
      'nms.detections -> original.detections',
      'original.detections -> track.detections',
      'track.detections -> out.value',
      ...lines.flatMap((_, k) => [
        `track.detections -> line${k}.detections`,
        `line${k}.forward -> forward${k}.value`,
        `line${k}.backward -> backward${k}.value`,
      ]),
    ],
  );
}

async function run(graph: Graph): Promise<HostedRun> {
  await using engine = new HostedEngine();
  const run = await engine.run(graph);
  expect(run.summary.status).toBe('done');
  return run;
}

/** Left, top, width, height in pixels. */
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const trackedSchema = z.array(z.object({ score: z.number(), classId: z.int(), track: z.int(), box }));

/** What a graph gives of the tracked detections of a picture, as it was in it. */
function tracked(value: JsonValue): Detections {
  const found = trackedSchema.parse(value);
  return new Detections(
    Float32Array.from(found.flatMap(({ box }) => corners(box))),
    Float32Array.from(found, ({ score }) => score),
    Int32Array.from(found, ({ classId }) => classId),
    [],
    ownSpace(WIDTH, HEIGHT),
    null,
    Int32Array.from(found, ({ track }) => track),
  );
}

function corners([left, top, width, height]: z.infer<typeof box>): [number, number, number, number] {
  return [left, top, left + width, top + height];
}

test('the shapes of the sample video keep their numbers', { timeout: 120_000 }, async () => {
  const { output } = await run(tracking(join(MEDIA, 'shapes.mp4')));
  const { frames } = z
    .object({ frames: z.array(z.array(box)) })
    .parse(JSON.parse(readFileSync(join(MEDIA, 'shapes-video.json'), 'utf8')));
  const truth = frames.map((boxes) => boxes.map((box, id) => ({ id, classId: id, box: corners(box), visible: 1 })));
  const score = idf1(truth, output('tracked').map(tracked));
  console.log(`sample video: IDF1 ${score.toFixed(3)}`);
  expect(score).toBeGreaterThanOrEqual(0.95);
});

test('shapes that hide one another altogether keep their numbers, and each that crosses a line is counted once', {
  timeout: 120_000,
}, async () => {
  const hidden = PASSING.flatMap((picture) => picture.filter(({ visible }) => visible < 0.3));
  expect(new Set(hidden.map(({ id }) => id)).size).toBe(3);
  const pictures = join(folder, 'pictures');
  mkdirSync(pictures);
  for (let k = 0; k < PICTURES; k++) writeFileSync(join(pictures, `${k}.png`), await render(k));
  const input = ['-framerate', '30', '-i', join(pictures, '%d.png'), '-pix_fmt', 'yuv420p'];
  const film = makeVideo(join(folder, 'passing.mp4'), ...input);

  // Before, at and behind the places where they meet.
  const lines = [0.25, 0.5, 0.52, 0.75];
  const { output } = await run(tracking(film, lines));
  const score = idf1(PASSING, output('tracked').map(tracked));
  console.log(`passing shapes: IDF1 ${score.toFixed(3)}`);
  expect(score).toBeGreaterThanOrEqual(0.95);
  // Whoever goes down the picture has what is to the left of the line on the right hand.
  const counted = lines.map((_, k) => [output(`backward${k}`).at(-1), output(`forward${k}`).at(-1)]);
  const crossed = lines.map((at) => crossingsOf(at * WIDTH));
  expect(counted).toEqual(crossed.map(({ toTheRight, toTheLeft }) => [toTheRight, toTheLeft]));
});
