import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events, weft } from '../cli/weft.ts';
import { probe } from '../isolates/media/made-videos.ts';
import { dataFile, describeWithData } from '../nodes/test-data.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-imported-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeWithData("wf-engine's workflow for a film", () => {
  test('runs as a graph: it detects for as long as it is told and writes what it drew', {
    timeout: 60_000,
  }, async () => {
    const models = join(folder, 'film-models');
    mkdirSync(models);
    copyFileSync(dataFile('models/yolov8n-640-fp32-rebuilt.onnx'), join(models, 'yolov8s.onnx'));
    const env = { WEFT_MODELS: models, XDG_CACHE_HOME: join(folder, 'cache') };
    const graph = join(folder, 'film.weft.json');
    mkdirSync(join(folder, 'films'));
    copyFileSync(dataFile('videos/roboflow-test-mpeg4-10frames.mp4'), join(folder, 'films', 'street.mp4'));
    await weft(['import', 'tests/shared/graph/import/fixtures/mp4-detection.json', '-o', graph], env);

    const { status, stdout } = await weft(['run', graph, '--out', folder, '--json'], env);
    expect(events(stdout).at(-1)).toMatchObject({ status: 'done', streams: { detect_source: { items: 10 } } });
    expect(probe(join(folder, 'street-with-boxes.mp4'))).toMatchObject({ codec: 'h264', frames: 10 });
    expect(status).toBe(0);
  });
});

describeWithData("wf-engine's workflow for several backends in parallel", () => {
  test('runs as a graph: it finds what is in the picture, and tells why a backend is not there', async () => {
    const models = join(folder, 'models');
    mkdirSync(models);
    // The model that the workflow downloads, as if it had been: another of the same form stands in for it.
    copyFileSync(dataFile('models/yolov8n-640-fp32-rebuilt.onnx'), join(models, 'yolov8s.onnx'));
    copyFileSync(dataFile('images/bus.jpg'), join(folder, 'photo.jpg'));
    const env = { WEFT_MODELS: models, XDG_CACHE_HOME: join(folder, 'cache') };
    const graph = join(folder, 'parallel.weft.json');
    await weft(['import', 'tests/shared/graph/import/fixtures/parallel-backends.json', '-o', graph], env);

    const { status, stdout } = await weft(['run', graph, '--out', folder, '--json'], env);
    const all = events(stdout);
    const output = (name: string) => all.find((event) => event.event === 'output' && event.name === name)?.value;
    expect(output('cpu_told')).toBe('4 persons, 1 bus');
    expect(output('ranking_table')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ backend: 'cpu', status: 'done', iterations: 5 }),
        expect.objectContaining({ backend: 'npu', status: 'skipped', reason: expect.any(String) }),
      ]),
    );
    expect(all.at(-1)).toMatchObject({ event: 'run.finished', status: 'done', failed: 0 });
    expect(status).toBe(0);
  });
});
