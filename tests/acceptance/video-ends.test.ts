import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Graph, GraphNode, Policy } from '../../src/shared/graph/document.ts';
import { graphOf } from '../engine/test-graph.ts';
import { frameDigests, makeVideo, pattern, probe } from '../isolates/media/made-videos.ts';
import { HostedEngine, TEST_NODES } from './hosted-run.ts';
import { hasProc, isAtWork, isolatesOf, type Running, type RunningEvent, startRun } from './running.ts';

/** Frames a second, and seconds: more than any of these runs gets through. */
const RATE = 50;
const SECONDS = 60;

let folder: string;
let film: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-video-ends-'));
  film = makeVideo(
    join(folder, 'film.mp4'),
    ...pattern(SECONDS, { size: '320x240', rate: RATE }),
    '-pix_fmt',
    'yuv420p',
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

function copyGraph(to: string, end: number): Graph {
  return graphOf(
    [
      { id: 'read', type: 'video/read@1', params: { path: film, end } },
      { id: 'write', type: 'video/write@1', params: { path: to } },
      { id: 'out', type: 'io/output@1', params: { name: 'index' } },
    ],
    ['read.frame -> write.image', 'read.index -> out.value'],
  );
}

/** Starts copying the first `end` seconds of the film. */
function startCopying(to: string, end = SECONDS): Running {
  const graph = join(folder, `${to}.weft.json`);
  writeFileSync(graph, JSON.stringify(copyGraph(to, end)));
  return startRun([graph, '--out', folder]);
}

/** Starts copying, and comes back when the file has some content. */
async function copying(to: string): Promise<Running> {
  const running = startCopying(to);
  await running.event(({ event, item }) => event === 'output' && item === 100);
  return running;
}

/** Frames, at most, that were read and not written when a run ended, or written and not told of. */
const IN_FLIGHT = 10;

const indices = ({ lines }: Running) => lines.filter((line) => line.includes('"event":"output"')).length;

/** The process that writes goes on for a moment after the one that it wrote for is gone. */
async function completed(writers: () => readonly number[]): Promise<void> {
  await expect.poll(() => writers().filter(isAtWork)).toEqual([]);
}

describe.skipIf(!hasProc)('a run in the middle of a video', () => {
  test.each(['mp4', 'mkv', 'webm'])('that is interrupted leaves a playable .%s with the frames so far', async (as) => {
    const running = await copying(`interrupted.${as}`);
    process.kill(running.pid, 'SIGINT');
    expect(await running.ended).toBe(130);
    const { frames } = probe(join(folder, `interrupted.${as}`));
    expect(Math.abs(frames - indices(running))).toBeLessThanOrEqual(IN_FLIGHT);
  });

  test.each<[string, (event: RunningEvent) => boolean]>([
    ['it has started', ({ event }) => event === 'run.started'],
    ['its file is there', ({ event, state }) => event === 'file' && state === 'begun'],
    ['its first frame is through', ({ event, item }) => event === 'output' && item === 0],
  ])('that is interrupted when %s leaves what was written playable, or no file', async (_, moment) => {
    const to = join(folder, 'begun.mp4');
    rmSync(to, { force: true });
    const running = startCopying('begun.mp4');
    await running.event(moment);
    process.kill(running.pid, 'SIGINT');
    expect(await running.ended).toBe(130);
    const through = indices(running);
    const frames = existsSync(to) ? probe(to).frames : 0;
    expect(Math.abs(frames - through)).toBeLessThanOrEqual(IN_FLIGHT);
    // Whoever reads along knows which of the two it was.
    const told = running.lines.some((line) => line.includes('"event":"file"') && line.includes('"state":"complete"'));
    expect(told).toBe(existsSync(to));
  });

  test('that is interrupted when its last frame has been read leaves a complete file', async () => {
    const running = startCopying('whole.mp4', 2);
    await running.event(({ event, item }) => event === 'output' && item === 2 * RATE - 1);
    const writers = isolatesOf(running.pid, 'media');
    process.kill(running.pid, 'SIGINT');
    // The signal may come too late to interrupt anything, and when nobody listens for it any more.
    expect([0, 130, 'SIGINT']).toContain(await running.ended);
    await completed(() => writers);
    const { frames } = probe(join(folder, 'whole.mp4'));
    expect(2 * RATE - frames).toBeLessThanOrEqual(IN_FLIGHT);
  });

  test('whose process is killed leaves a complete file: the one that writes it lives longer', async () => {
    const running = await copying('killed.mp4');
    const writers = isolatesOf(running.pid, 'media');
    process.kill(running.pid, 'SIGKILL');
    expect(await running.ended).toBe('SIGKILL');
    await completed(() => writers);
    const { frames } = probe(join(folder, 'killed.mp4'));
    expect(frames).toBeGreaterThanOrEqual(indices(running) - IN_FLIGHT);
  });

  test('whose writing process is killed fails by its node, and what was written is playable', async () => {
    const running = await copying('dead-writer.mp4');
    for (const isolate of isolatesOf(running.pid, 'media')) process.kill(isolate, 'SIGKILL');
    expect(await running.ended).toBe(1);
    expect(JSON.parse(running.lines.at(-1) ?? '')).toMatchObject({ error: { code: 'E_ISOLATE_DIED' } });
    expect(probe(join(folder, 'dead-writer.mp4')).frames).toBeGreaterThan(RATE / 2);
  });

  test('and of another one: when a process dies, the other video is still copied whole', async () => {
    const nodes = ['a', 'b'].flatMap((name): GraphNode[] => [
      { id: `read_${name}`, type: 'video/read@1', params: { path: film, end: 20 } },
      { id: `write_${name}`, type: 'video/write@1', params: { path: `${name}.mp4` } },
      { id: `out_${name}`, type: 'io/output@1', params: { name } },
    ]);
    const wires = ['a', 'b'].flatMap((name) => [
      `read_${name}.frame -> write_${name}.image`,
      `read_${name}.index -> out_${name}.value`,
    ]);
    await using engine = new HostedEngine();
    let killed = 0;
    const { summary, events } = await engine.run(graphOf(nodes, wires), { out: folder }, (event) => {
      if (killed !== 0 || event.event !== 'output' || (event.item ?? 0) < 50) return;
      [killed] = isolatesOf(process.pid, 'media');
      process.kill(killed, 'SIGKILL');
    });
    expect(summary).toMatchObject({ status: 'failed', error: { code: 'E_ISOLATE_DIED' } });
    const failed = events.flatMap((event) =>
      event.event === 'node.finished' && event.status === 'failed' ? event.node : [],
    );
    expect(failed).toHaveLength(1);
    const whole = failed[0].endsWith('_a') ? 'b' : 'a';
    expect(summary.streams[`read_${whole}`]).toMatchObject({ items: 20 * RATE, failed: 0 });
    expect(probe(join(folder, `${whole}.mp4`)).frames).toBe(20 * RATE);
  });

  test('that hangs in another node is stopped, and its file is complete', async () => {
    const graph = graphOf(
      [
        { id: 'read', type: 'video/read@1', params: { path: film } },
        { id: 'write', type: 'video/write@1', params: { path: 'hung.mp4' } },
        { id: 'spin', type: 'test/spin-at@1', params: { at: 60 } },
      ],
      ['read.frame -> write.image', 'read.index -> spin.value'],
    );
    await using engine = new HostedEngine({ nodesFolders: [TEST_NODES] });
    const { summary } = await engine.run(graph, { out: folder, timeoutMs: 6_000 });
    expect(summary.status).toBe('timeout');
    await completed(() => isolatesOf(process.pid, 'media'));
    expect(probe(join(folder, 'hung.mp4')).frames).toBeGreaterThanOrEqual(56);
  });
});

describe.skipIf(!hasProc)('kill -9 of an inference process in mid-video', () => {
  function detection(policy: Policy, to: string): Graph {
    return graphOf(
      [
        { id: 'read', type: 'video/read@1', params: { path: film, end: 2 } },
        { id: 'load', type: 'model/load@1', params: { path: 'bundled:shapes', backend: 'cpu' } },
        { id: 'prepare', type: 'detect/prepare@1' },
        { id: 'infer', type: 'model/infer@1', policy },
        { id: 'decode', type: 'detect/decode@1' },
        { id: 'nms', type: 'detect/nms@1' },
        { id: 'original', type: 'detect/to-original@1' },
        { id: 'draw', type: 'image/draw-detections@1' },
        { id: 'format', type: 'detect/format@1' },
        { id: 'write', type: 'video/write@1', params: { path: to } },
        { id: 'out', type: 'io/output@1', params: { name: 'found' } },
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
        'decode.detections -> nms.detections',
        'nms.detections -> original.detections',
        'original.detections -> format.detections',
        'original.detections -> draw.detections',
        'read.frame -> draw.image',
        'draw.image -> write.image',
        'format.list -> out.value',
      ],
    );
  }

  test('with a second attempt gives the same as an undisturbed run', { timeout: 120_000 }, async () => {
    await using engine = new HostedEngine();
    const undisturbed = await engine.run(detection({}, 'undisturbed.mp4'), { out: folder });
    const tenth = Promise.withResolvers<void>();
    const running = engine.run(detection({ attempts: 2 }, 'disturbed.mp4'), { out: folder }, (event) => {
      if (event.event === 'output' && event.item === 10) tenth.resolve();
    });
    await Promise.race([tenth.promise, running]);
    for (const isolate of isolatesOf(process.pid)) process.kill(isolate, 'SIGKILL');
    const disturbed = await running;
    expect(disturbed.summary).toMatchObject({ status: 'done', streams: { read: { items: 2 * RATE, failed: 0 } } });
    expect(disturbed.output('found')).toEqual(undisturbed.output('found'));
    expect(disturbed.events.some(({ event }) => event === 'node.retrying')).toBe(true);
    const frames = frameDigests(join(folder, 'disturbed.mp4'));
    expect(frames.length).toBe(2 * RATE);
    expect(frames).toEqual(frameDigests(join(folder, 'undisturbed.mp4')));
  });
});
