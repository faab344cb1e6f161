import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkTrace, timeByNode } from '../shared/profile/trace-checks.ts';
import { events, weft } from './weft.ts';

const GRAPHS = join(import.meta.dirname, '../../resources/graphs');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-trace-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('weft run --trace', () => {
  test('writes a trace whose spans nest and add up to what the run says of each node', async () => {
    const path = join(folder, 'new', 'detect.trace.json');
    const graph = join(GRAPHS, 'detect-image.weft.json');
    const { status, stdout, stderr } = await weft(['run', graph, '--out', folder, '--json', '--trace', path]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const spans = checkTrace(readFileSync(path, 'utf8'));
    const traced = timeByNode(spans);
    const told = events(stdout).filter(({ event }) => event === 'node.finished');
    expect(told.length).toBeGreaterThan(5);
    for (const { node, ms } of told) {
      const sum = (traced.get(String(node)) ?? 0) / 1000;
      // A nanosecond is as fine as a trace gets.
      expect(Math.abs(sum - Number(ms)), `${node}`).toBeLessThanOrEqual(0.01 * Number(ms) + 1e-5);
    }
    const infer = spans.filter(({ name }) => name === 'infer');
    expect(infer.map(({ cat }) => cat).sort()).toEqual(['node', 'process']);
    expect(infer[0].pid).not.toBe(infer[1].pid);
  });

  test('tells of a run over a video item by item, with the processes that decode and run the model', async () => {
    const path = join(folder, 'video.trace.json');
    const graph = join(GRAPHS, 'detect-video.weft.json');
    const { status, stdout } = await weft(['run', graph, '--out', folder, '--json', '--trace', path]);
    expect(status).toBe(0);
    const spans = checkTrace(readFileSync(path, 'utf8'));
    const traced = timeByNode(spans);
    for (const { node, ms } of events(stdout).filter(({ event }) => event === 'node.finished')) {
      expect(Math.abs((traced.get(String(node)) ?? 0) / 1000 - Number(ms)), `${node}`).toBeLessThanOrEqual(
        0.01 * Number(ms) + 1e-5,
      );
    }
    const items = new Set(
      spans.flatMap(({ name, cat, args }) => (name === 'infer' && cat === 'node' ? [args.item] : [])),
    );
    const finished = events(stdout).find(({ event, node }) => event === 'node.finished' && node === 'infer');
    expect(items.size).toBe(finished?.items);
    expect(spans.filter(({ name, cat }) => name === 'read' && cat === 'process').length).toBeGreaterThanOrEqual(
      items.size,
    );
  });

  test('a graph that is refused leaves no trace', async () => {
    const path = join(folder, 'refused.trace.json');
    const graph = join(GRAPHS, 'detect-image.weft.json');
    const { status } = await weft(['run', graph, '--set', 'conf="high"', '--out', folder, '--trace', path]);
    expect(status).toBe(2);
    expect(existsSync(path)).toBe(false);
  });

  test('one that cannot be written is an error', async () => {
    const graph = join(GRAPHS, 'detect-image.weft.json');
    const inFile = join(graph, 'x.json');
    const { status, stderr } = await weft(['run', graph, '--out', folder, '--trace', inFile]);
    expect(stderr).toMatch(/^E_FILE_WRITE: .*x\.json could not be written/m);
    expect(status).not.toBe(0);
  });
});
