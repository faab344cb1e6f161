import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runStatus } from '../../src/main/cli/exit-status.ts';
import type { Graph } from '../../src/shared/graph/document.ts';
import { graphOf } from '../engine/test-graph.ts';
import { probe } from '../isolates/media/made-videos.ts';
import { dataFile, describeWithData } from '../nodes/test-data.ts';
import { HostedEngine, type HostedRun } from './hosted-run.ts';

const DETECT_VIDEO = join(import.meta.dirname, '../../resources/graphs/detect-video.weft.json');

const STREET = dataFile('videos/derived-768x432-24fps-357f.mp4');
const SHAPES = join(import.meta.dirname, '../../resources/media/shapes.mp4');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-video-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function run(graph: Graph | string, inputs: Record<string, string> = {}): Promise<HostedRun> {
  await using engine = new HostedEngine();
  return await engine.run(graph, { inputs, out: folder });
}

function copyGraph(path: string): Graph {
  return graphOf(
    [
      { id: 'read', type: 'video/read@1', params: { path } },
      { id: 'write', type: 'video/write@1', params: { path: 'copy.mp4' } },
    ],
    ['read.frame -> write.image'],
  );
}

const warnings = ({ events }: HostedRun) => events.flatMap((event) => (event.event === 'log' ? event.message : []));

test('detect-video runs as it is: every frame of the bundled video is annotated', { timeout: 120_000 }, async () => {
  const { summary, output } = await run(DETECT_VIDEO);
  expect(summary.status).toBe('done');
  expect(output('summary')).toEqual([
    {
      frames: 180,
      detections: expect.any(Number),
      seconds: expect.any(Number),
      fps: expect.any(Number),
      perLabel: expect.any(Object),
    },
  ]);
  expect(probe(join(folder, 'annotated.mp4'))).toMatchObject({ codec: 'h264', width: 640, height: 480, frames: 180 });
});

describeWithData('detect-video on 357 frames', () => {
  test.each([
    ['yolox_nano', dataFile('models/yolox_nano.onnx')],
    ['the bundled model', 'bundled:shapes'],
    ['yolov8n', dataFile('models/yolov8n-640-fp32-rebuilt.onnx')],
  ])('with %s gives 357 annotated frames of the same length', { timeout: 400_000 }, async (_, model) => {
    const { summary, output } = await run(DETECT_VIDEO, {
      video: STREET,
      model,
    });
    expect(summary).toMatchObject({ status: 'done', streams: { read: { items: 357, failed: 0, dropped: 0 } } });
    expect(output('summary')).toMatchObject([{ frames: 357 }]);
    const annotated = probe(join(folder, 'annotated.mp4'));
    expect(annotated.frames).toBe(357);
    expect(Math.abs(annotated.seconds - 357 / 24)).toBeLessThan(1 / 24);
  });
});

describeWithData('detections of a frame', () => {
  const detection = (model: string, source: Graph['nodes'][number]) =>
    graphOf(
      [
        source,
        { id: 'load', type: 'model/load@1', params: { path: model, backend: 'cpu' } },
        { id: 'prepare', type: 'detect/prepare@1' },
        { id: 'infer', type: 'model/infer@1' },
        { id: 'decode', type: 'detect/decode@1' },
        { id: 'nms', type: 'detect/nms@1' },
        { id: 'original', type: 'detect/to-original@1' },
        { id: 'format', type: 'detect/format@1' },
        { id: 'out', type: 'io/output@1', params: { name: 'found' } },
      ],
      [
        'source.frame -> prepare.image',
        'load.model -> prepare.model',
        'load.model -> infer.model',
        'load.model -> decode.model',
        'prepare.tensor -> infer.input',
        'prepare.space -> decode.space',
        'prepare.family -> decode.family',
        'infer.outputs -> decode.outputs',
        'decode.detections -> nms.detections',
        'nms.detections -> original.detections',
        'original.detections -> format.detections',
        'format.list -> out.value',
      ],
    );

  test.each([
    ['yolox_nano', dataFile('models/yolox_nano.onnx'), STREET],
    ['yolov8n', dataFile('models/yolov8n-640-fp32-rebuilt.onnx'), STREET],
    ['the bundled model', 'bundled:shapes', SHAPES],
  ])('of %s are the same in the stream and of the frame decoded alone', { timeout: 60_000 }, async (_, model, path) => {
    await using engine = new HostedEngine();
    const found = async (source: Graph['nodes'][number]) =>
      (await engine.run(detection(model, source), { out: folder })).output('found');
    const all = await found({ id: 'source', type: 'video/read@1', params: { path, end: 0.5 } });
    for (const k of [0, all.length - 1]) {
      expect(all[k]).not.toEqual([]);
      const seconds = (k + 0.5) / (all.length * 2);
      expect(await found({ id: 'source', type: 'video/frame-at@1', params: { path, seconds } })).toEqual([all[k]]);
    }
  });
});

describeWithData('a video whose header promises too much', () => {
  test('gives the frames that are there, and says so', { timeout: 60_000 }, async () => {
    const result = await run(copyGraph(dataFile('videos/person-bicycle-car-detection-trimmed.mp4')));
    expect(result.summary.streams.read.items).toBe(459);
    expect(probe(join(folder, 'copy.mp4')).frames).toBe(459);
    expect(warnings(result)).toEqual([
      'The header of person-bicycle-car-detection-trimmed.mp4 promises 467 frames, but 459 are in it.',
    ]);
  });

  test('an MPEG-4 part 2 video, which browsers cannot play, becomes one that they can', async () => {
    const result = await run(copyGraph(dataFile('videos/roboflow-test-mpeg4-10frames.mp4')));
    expect(result.summary.status).toBe('done');
    expect(probe(join(folder, 'copy.mp4'))).toMatchObject({ codec: 'h264', frames: 10 });
  });
});

describeWithData('a damaged video', () => {
  test.each(['zero-byte', 'truncated-1000B', 'no-moov'])('%s is refused by its code', async (name) => {
    const result = await run(copyGraph(dataFile(`bad/videos/derived/${name}.mp4`)));
    expect(result.summary).toMatchObject({ status: 'failed', error: { code: 'E_VIDEO_READ', node: 'read' } });
    expect(runStatus(result.summary)).toBe(1);
  });

  test.each([
    ['truncated-60pct', 264, 'promises 431 frames, but 264 are in it'],
    ['mdat-2pct-bitrot', 366, '62 pieces of it could not be decoded'],
    ['mdat-second-half-zeroed', 222, '209 pieces of it could not be decoded'],
  ])('%s gives the %i frames that decode, and tells what was lost', { timeout: 60_000 }, async (name, frames, lost) => {
    const result = await run(copyGraph(dataFile(`bad/videos/derived/${name}.mp4`)));
    expect(result.summary).toMatchObject({ status: 'done', streams: { read: { items: frames } } });
    expect(probe(join(folder, 'copy.mp4')).frames).toBe(frames);
    expect(warnings(result).join('\n')).toContain(lost);
  });

  test('a JPEG under the name of a video is a video of one frame', async () => {
    const result = await run(copyGraph(dataFile('bad/videos/derived/jpeg-renamed.mp4')));
    expect(result.summary).toMatchObject({ status: 'done', streams: { read: { items: 1 } } });
  });
});

test('a file that is not there ends with the exit status for that', async () => {
  const { summary } = await run(copyGraph(join(folder, 'nothing.mp4')));
  expect(summary).toMatchObject({ status: 'failed', error: { code: 'E_FILE_MISSING' } });
  expect(runStatus(summary)).toBe(3);
});
