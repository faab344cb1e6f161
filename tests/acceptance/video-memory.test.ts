import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { graphOf } from '../engine/test-graph.ts';
import { makeVideo, pattern, probe } from '../isolates/media/made-videos.ts';
import { TEST_NODES } from './hosted-run.ts';
import { hasProc } from './running.ts';

const FRAMES = 10_000;
const MB = 1e6;

const sampleSchema = z.object({ outputs: z.int(), engineBytes: z.int(), isolateBytes: z.int() });
const arenaSchema = z.object({ liveBytes: z.int(), slabs: z.int(), loans: z.int() });

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-video-memory-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!hasProc)(`${FRAMES} frames from file to file`, () => {
  test('leave memory flat in engine and isolates, and the arena empty', { timeout: 240_000 }, async () => {
    const film = makeVideo(
      join(folder, 'film.mp4'),
      ...pattern(FRAMES / 100, { size: '160x120', rate: 100 }),
      ...['-pix_fmt', 'yuv420p', '-preset', 'ultrafast'],
    );
    const graph = join(folder, 'graph.weft.json');
    const copied = join(folder, 'copy.mp4');
    writeFileSync(graph, JSON.stringify(copyGraph(film, copied)));
    const script = join(import.meta.dirname, 'processes', 'measured-run.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script, graph, TEST_NODES], { maxBuffer: 64 * MB });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

    expect(lines.at(-2).summary).toMatchObject({ status: 'done', streams: { read: { items: FRAMES, dropped: 0 } } });
    const samples = lines.slice(0, -2).map((line) => sampleSchema.parse(line));
    for (const of of ['engineBytes', 'isolateBytes'] as const) {
      const lowest = (from: number, to: number) =>
        Math.min(...samples.filter(({ outputs }) => outputs > from && outputs <= to).map((sample) => sample[of]));
      const [early, late] = [lowest(2000, 4000), lowest(FRAMES - 2000, FRAMES)];
      expect(Math.abs(late - early) / MB, `${of} from ${early} to ${late}`).toBeLessThan(20);
    }
    expect(arenaSchema.parse(lines.at(-1).arena)).toEqual({ liveBytes: 0, slabs: 0, loans: 0 });
    expect(probe(copied).frames).toBe(FRAMES);
  });
});

function copyGraph(from: string, to: string) {
  return graphOf(
    [
      { id: 'read', type: 'video/read@1', params: { path: from } },
      { id: 'picture', type: 'image/blur@1', params: { sigma: 0.3 } },
      { id: 'write', type: 'video/write@1', params: { path: to } },
      { id: 'out', type: 'io/output@1', params: { name: 'index' } },
    ],
    [
      'read.frame -> picture.image',
      'picture.image -> write.image',
      'read.frame -> write.frame',
      'read.index -> out.value',
    ],
  );
}
