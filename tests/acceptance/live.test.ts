import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonValue } from '../../src/shared/node-api/pins.ts';
import type { RunEvent } from '../../src/shared/protocol/run-events.ts';
import { graphOf } from '../engine/test-graph.ts';
import { probe } from '../isolates/media/made-videos.ts';
import { HostedEngine, type HostedRun, TEST_NODES } from './hosted-run.ts';

const DETECT_LIVE = join(import.meta.dirname, '../../resources/graphs/detect-live.weft.json');
/** Played as a camera gives its pictures: 30 a second. */
const SHAPES = join(import.meta.dirname, '../../resources/media/shapes.mp4');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-live-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function live(inputs: Record<string, JsonValue>, onEvent?: (event: RunEvent, engine: HostedEngine) => void) {
  await using engine = new HostedEngine();
  return await engine.run(DETECT_LIVE, { inputs: { camera: SHAPES, ...inputs }, out: folder }, (event) =>
    onEvent?.(event, engine),
  );
}

function summaryOf({ output }: HostedRun) {
  const [summary] = output('summary') as { frames: number; detections: number; perLabel: Record<string, number> }[];
  return summary;
}

test('detect-live ends after max_duration, and its summary counts what came through', { timeout: 60_000 }, async () => {
  const run = await live({ max_duration: 2 });
  const { items, dropped, failed } = run.summary.streams.see;
  expect(run.summary.status).toBe('done');
  expect({ total: items + dropped, failed }).toEqual({ total: 60, failed: 0 });
  expect(summaryOf(run)).toEqual({
    frames: items,
    detections: expect.any(Number),
    seconds: expect.any(Number),
    fps: expect.any(Number),
    perLabel: expect.objectContaining({ circle: expect.any(Number) }),
  });
  expect(run.output('recordings')).toEqual([[]]);
  const notes = run.events.flatMap((event) => (event.event === 'node.progress' ? [event] : []));
  expect(notes.at(-1)).toMatchObject({ node: 'total', stream: 'see', done: null });
});

test('60 pictures a second before a detector of 10: each came out or is counted as dropped', async () => {
  await using engine = new HostedEngine({ nodesFolders: [TEST_NODES] });
  const camera = { device: 'pattern', width: 320, height: 240, fps: 60, duration: 3 };
  const graph = graphOf(
    [
      { id: 'see', type: 'video/camera@1', params: camera },
      { id: 'slow', type: 'test/slow@1' },
      { id: 'out', type: 'io/output@1', params: { name: 'number' } },
    ],
    ['see.frame -> slow.value', 'see.index -> slow.number', 'slow.number -> out.value'],
  );
  const { summary, output } = await engine.run(graph);
  const { items, dropped } = summary.streams.see;
  expect(items + dropped).toBe(180);
  expect(dropped).toBeGreaterThan(100);
  const numbers = output('number') as number[];
  expect(numbers.length).toBe(items);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
});

test('a confidence that nothing reaches leaves nothing', { timeout: 60_000 }, async () => {
  const run = await live({ max_duration: 1, conf: 1 });
  expect(summaryOf(run)).toMatchObject({ detections: 0, perLabel: {} });
});

test('a recording from the start has every frame that came through', { timeout: 60_000 }, async () => {
  const run = await live({ max_duration: 1, record: true });
  const [files] = run.output('recordings') as string[][];
  expect(files.map((file) => basename(file))).toEqual(['recording.mp4']);
  expect(probe(files[0]).frames).toBe(run.summary.streams.see.items);
  rmSync(files[0]);
});

test('recording and confidence change while it goes on, and it ends when it is told to', {
  timeout: 60_000,
}, async () => {
  const steps: (() => unknown)[] = [];
  const taken: Promise<boolean>[] = [];
  let frames = 0;
  const run = await live({}, (event, { host }) => {
    if (event.event === 'run.started') {
      expect(event.live?.map(({ name, value }) => [name, value])).toEqual([
        ['conf', 0.25],
        ['iou', 0.45],
        ['record', false],
      ]);
      const set = (name: string, value: JsonValue) => taken.push(host.setLiteral(event.run, name, 'default', value));
      steps.push(
        () => set('record', true),
        () => set('record', false),
        () => set('conf', 1),
        () => set('record', true),
        () => taken.push(host.finish(event.run)),
      );
    }
    if (event.event !== 'stream.progress' || event.items < frames + 10) return;
    frames = event.items;
    steps.shift()?.();
  });
  expect(run.summary.status).toBe('done');
  expect(await Promise.all(taken)).toEqual([true, true, true, true, true]);
  const [files] = run.output('recordings') as string[][];
  expect(files.map((file) => basename(file))).toEqual(['recording.mp4', 'recording-2.mp4']);
  expect(readdirSync(folder).sort()).toEqual(['recording-2.mp4', 'recording.mp4']);
  for (const file of files) expect(probe(file).frames).toBeGreaterThanOrEqual(5);
});
