import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Graph, GraphNode } from '../../src/shared/graph/document.ts';
import { ERROR_CODES, type ErrorCode } from '../../src/shared/node-api/error-codes.ts';
import type { ErrorReport } from '../../src/shared/node-api/weft-error.ts';
import { events as eventsOf, weft } from '../cli/weft.ts';
import { graphOf } from '../engine/test-graph.ts';
import { dataFile, describeWithData } from '../nodes/test-data.ts';
import {
  addModel,
  customOperatorModel,
  externalDataModel,
  identityModel,
  int4OutputModel,
  nanModel,
  sequenceOutputModel,
  squareDetectorModel,
  stringOutputModel,
} from '../onnx/models.ts';
import { HostedEngine, TEST_NODES } from './hosted-run.ts';

/** What a file comes to: an error's code, or `fine` for one that is odd but can be used. */
type Outcome = ErrorCode | 'fine';

const MODELS: Readonly<Record<string, Outcome>> = {
  'ABORTS-NODE-int4-output.onnx': 'E_MODEL_UNSUPPORTED',
  'derived-nan-weights-mnist.onnx': 'fine',
  'derived-truncated-50pct-yolov8n_int8.onnx': 'E_MODEL_LOAD',
  'float8-output.onnx': 'E_MODEL_UNSUPPORTED',
  'git-lfs-pointer-yunet_2023mar.onnx': 'E_MODEL_LOAD',
  'html-page-yunet.onnx': 'E_MODEL_LOAD',
  'missing-external-data-mnist.onnx': 'E_MODEL_MISSING',
  'sequence-input.onnx': 'E_MODEL_UNSUPPORTED',
  'string-output.onnx': 'fine',
  'unregistered-custom-op-superres.onnx': 'E_MODEL_UNSUPPORTED',
  'zero-byte-sceneseg_int8.onnx': 'E_MODEL_LOAD',
};

const PICTURES: Readonly<Record<string, Outcome>> = {
  'badwidth.bmp': 'E_IMAGE_DECODE',
  'broken.png': 'E_IMAGE_DECODE',
  // Not a bomb to us: it ends before its first frame.
  'decompression_bomb.gif': 'E_IMAGE_DECODE',
  // Only its EXIF block is damaged.
  'hopper_bad_exif.jpg': 'fine',
  'truncated_image.png': 'E_IMAGE_DECODE',
  'truncated_jpeg.jpg': 'E_IMAGE_DECODE',
  'x_unexpected_eof.png': 'E_IMAGE_DECODE',
  'xc1n0g08.png': 'E_IMAGE_DECODE',
  'xdtn0g01.png': 'E_IMAGE_DECODE',
  'xhdn0g08.png': 'E_IMAGE_DECODE',
};

const LFS_POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n';
const WEB_PAGE = '<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>';

let folder: string;
let engine: HostedEngine;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-bad-files-'));
  engine = new HostedEngine({ nodesFolders: [TEST_NODES] });
});

afterAll(async () => {
  await engine.host.close();
  rmSync(folder, { recursive: true });
});

describe('a broken model file', () => {
  const broken: readonly [file: string, content: string | Uint8Array, code: ErrorCode][] = [
    ['nothing.onnx', '', 'E_MODEL_LOAD'],
    ['pointer.onnx', LFS_POINTER, 'E_MODEL_LOAD'],
    ['page.onnx', WEB_PAGE, 'E_MODEL_LOAD'],
    ['text.onnx', 'a shopping list\n', 'E_MODEL_LOAD'],
    ['cut.onnx', addModel(1).subarray(0, 90), 'E_MODEL_LOAD'],
    ['without-weights.onnx', externalDataModel('weights.bin'), 'E_MODEL_MISSING'],
    ['int4.onnx', int4OutputModel(), 'E_MODEL_UNSUPPORTED'],
    ['sequence.onnx', sequenceOutputModel(), 'E_MODEL_UNSUPPORTED'],
    ['custom.onnx', customOperatorModel(), 'E_MODEL_UNSUPPORTED'],
  ];

  test.each(broken)('%s', async (file, content, code) => {
    expectAdvice(await outcomeOf(modelGraph(fileOf(file, content))), code, file);
  });

  test('that is a folder', async () => {
    mkdirSync(join(folder, 'folder.onnx'));
    const outcome = await outcomeOf(modelGraph(join(folder, 'folder.onnx')));
    expectAdvice(outcome, 'E_MODEL_LOAD', 'folder.onnx');
  });

  test('that is not there', async () => {
    expectAdvice(await outcomeOf(modelGraph(join(folder, 'nowhere.onnx'))), 'E_MODEL_MISSING', 'nowhere.onnx');
  });
});

describe('a model that nobody can run', () => {
  test('is refused by name by the detection graph too, before it could end a process', async () => {
    const model = fileOf('int4.onnx', int4OutputModel());
    const image = fileOf('good.png', await encoded('png'));
    const { status, stdout } = await weft([
      ...['run', 'resources/graphs/detect-image.weft.json', '--json', '--out', folder],
      ...['--set', `image=${image}`, '--set', `model=${model}`],
    ]);
    expect(status).toBe(1);
    const { error } = eventsOf(stdout).at(-1) as { error: ErrorReport };
    expectAdvice(error, 'E_MODEL_UNSUPPORTED', 'int4');
    expect(error.node).toBe('load');
  });

  test('costs only its own node when it runs all the same', async () => {
    const bad = fileOf('deadly.onnx', int4OutputModel());
    const good = fileOf('good.onnx', addModel(1));
    await using reckless = new HostedEngine({ refuseUnsupported: false, nodesFolders: [TEST_NODES] });
    const { summary, events, output } = await reckless.run(
      graphOf(
        [
          { id: 'four', type: 'test/ones@1', params: { shape: [4] } },
          { id: 'row', type: 'test/ones@1', params: { shape: [1, 4] } },
          { id: 'load-bad', type: 'model/load@1', params: { path: bad } },
          { id: 'load-good', type: 'model/load@1', params: { path: good } },
          { id: 'bad', type: 'model/infer@1' },
          { id: 'good', type: 'model/infer@1', policy: { attempts: 2 } },
          { id: 'statistics', type: 'tensor/statistics@1' },
          { id: 'bad-out', type: 'io/output@1', params: { name: 'bad' } },
          { id: 'good-out', type: 'io/output@1', params: { name: 'mean' } },
        ],
        [
          'load-bad.model -> bad.model',
          'four.tensor -> bad.input',
          'bad.output -> bad-out.value',
          'load-good.model -> good.model',
          'row.tensor -> good.input',
          'good.output -> statistics.tensor',
          'statistics.mean -> good-out.value',
        ],
      ),
    );
    expect(summary).toMatchObject({ status: 'failed', failed: 1, skipped: 1 });
    expectAdvice(summary.error, 'E_ISOLATE_DIED', 'deadly.onnx');
    expect(summary.error).toMatchObject({ node: 'bad', message: expect.stringContaining('SIGABRT') });
    expect(output('mean')).toEqual([2]);
    expect(events).toContainEqual(expect.objectContaining({ event: 'node.finished', node: 'good', status: 'done' }));
  });
});

describe('an odd model runs:', () => {
  test('NaN weights give NaN, and the statistics count them', async () => {
    const run = await engine.run(inferGraph(fileOf('nan.onnx', nanModel()), [3, 4]));
    expect(run.summary.status).toBe('done');
    expect(run.output('nan')).toEqual([12]);
    expect(run.output('mean')).toEqual(['NaN']);
  });

  test('text comes out as text', async () => {
    const model = fileOf('text-output.onnx', stringOutputModel());
    const run = await engine.run(inferGraph(model, [2], 'output'));
    expect(run.output('result')).toEqual([{ dtype: 'string', shape: [2], data: ['1', '1'] }]);
  });

  test('an element type whose tensor is empty', async () => {
    const model = fileOf('empty.onnx', identityModel('float32', ['n']));
    const run = await engine.run(inferGraph(model, [0]));
    expect(run.summary.status).toBe('done');
    expect(run.output('nan')).toEqual([0]);
  });
});

describe('a broken picture', () => {
  const broken: readonly [file: string, content: () => Promise<string | Uint8Array>, code: ErrorCode][] = [
    ['nothing.png', async () => '', 'E_IMAGE_DECODE'],
    ['pointer.jpg', async () => LFS_POINTER, 'E_IMAGE_DECODE'],
    ['page.jpg', async () => WEB_PAGE, 'E_IMAGE_DECODE'],
    ['cut.png', async () => cut(await encoded('png')), 'E_IMAGE_DECODE'],
    ['cut.jpg', async () => cut(await encoded('jpeg')), 'E_IMAGE_DECODE'],
    ['cut.webp', async () => cut(await encoded('webp')), 'E_IMAGE_DECODE'],
    ['cut.gif', async () => cut(await encoded('gif')), 'E_IMAGE_DECODE'],
    ['cut.tiff', async () => cut(await encoded('tiff')), 'E_IMAGE_DECODE'],
    ['bomb.png', async () => sizedPng(await encoded('png'), 60_000, 60_000), 'E_IMAGE_LIMIT'],
  ];

  test.each(broken)('%s', async (file, content, code) => {
    expectAdvice(await outcomeOf(pictureGraph(fileOf(file, await content()))), code, file);
  });

  test('in a folder of good ones costs only its item', async () => {
    const pictures = join(folder, 'pictures');
    mkdirSync(pictures);
    for (const name of ['1.png', '3.png']) writeFileSync(join(pictures, name), await encoded('png'));
    writeFileSync(join(pictures, '2.png'), cut(await encoded('png')));
    const { summary, events, output } = await engine.run(
      graphOf(
        [
          { id: 'folder', type: 'image/folder@1', params: { folder: pictures } },
          { id: 'read', type: 'image/read@1', policy: { onError: 'skip' } },
          { id: 'out', type: 'io/output@1', params: { name: 'width' } },
        ],
        ['folder.path -> read.path', 'read.width -> out.value'],
      ),
    );
    expect(summary).toMatchObject({ status: 'degraded', streams: { folder: { items: 3, failed: 1 } } });
    expect(output('width')).toEqual([64, 64]);
    const failed = events.filter((event) => event.event === 'item.failed');
    expect(failed).toMatchObject([{ node: 'read', item: 1, error: { code: 'E_IMAGE_DECODE' } }]);
  });
});

describeWithData('of the shared files', () => {
  test('the tables name every one', () => {
    expect(readdirSync(dataFile('bad/onnx')).sort()).toEqual(Object.keys(MODELS).sort());
    expect(readdirSync(dataFile('bad/images')).sort()).toEqual(Object.keys(PICTURES).sort());
  });

  test.each(Object.entries(MODELS))('%s: %s', async (file, expected) => {
    expectOutcome(await outcomeOf(modelGraph(dataFile(`bad/onnx/${file}`))), expected, file);
  });

  test.each(Object.entries(PICTURES))('%s: %s', async (file, expected) => {
    expectOutcome(await outcomeOf(pictureGraph(dataFile(`bad/images/${file}`))), expected, file);
  });

  test('NaN weights give NaN', async () => {
    const run = await engine.run(inferGraph(dataFile('bad/onnx/derived-nan-weights-mnist.onnx'), [1, 1, 28, 28]));
    expect(run.summary.status).toBe('done');
    expect(run.output('nan')[0]).toBeGreaterThan(0);
  });

  test.each([
    ['onnx/ABORTS-NODE-int4-output.onnx', 'model', MODELS['ABORTS-NODE-int4-output.onnx']],
    ['onnx/missing-external-data-mnist.onnx', 'model', MODELS['missing-external-data-mnist.onnx']],
    ['images/truncated_image.png', 'image', PICTURES['truncated_image.png']],
  ] as const)('%s ends the command line with the status of its code', async (file, input, code) => {
    const good = {
      model: fileOf('squares.onnx', squareDetectorModel()),
      image: fileOf('good.png', await encoded('png')),
    };
    const inputs = Object.entries({ ...good, [input]: dataFile(`bad/${file}`) });
    const { status, stdout, stderr } = await weft([
      ...['run', 'resources/graphs/detect-image.weft.json', '--json', '--out', folder],
      ...inputs.flatMap(([name, path]) => ['--set', `${name}=${path}`]),
    ]);
    expectOutcome((eventsOf(stdout).at(-1) as { error: ErrorReport }).error, code, basename(file));
    expect(status).toBe(ERROR_CODES[code as ErrorCode].exit);
    expect(stderr).toBe('');
  });
});

/** The error that the run of a graph ended with; null when it ended well. */
async function outcomeOf(graph: Graph): Promise<ErrorReport | null> {
  const { summary } = await engine.run(graph, { out: folder });
  return summary.error ?? null;
}

function expectOutcome(error: ErrorReport | null, expected: Outcome, file: string): void {
  if (expected === 'fine') expect(error).toBeNull();
  else expectAdvice(error, expected, file);
}

/** One sentence that names the file, says what is wrong, and what to do; a status that says whether a file is missing. */
function expectAdvice(error: ErrorReport | null | undefined, code: ErrorCode, file: string): void {
  expect(error).toMatchObject({ code, message: expect.stringContaining(file) });
  expect(error?.message).toMatch(/^[^\n]+: [^\n]+\.$/);
  expect([1, 3]).toContain(ERROR_CODES[code].exit);
}

function modelGraph(path: string): Graph {
  return graphOf(
    [
      { id: 'load', type: 'model/load@1', params: { path } },
      { id: 'info', type: 'model/info@1' },
      { id: 'out', type: 'io/output@1', params: { name: 'text' } },
    ],
    ['load.model -> info.model', 'info.text -> out.value'],
  );
}

function pictureGraph(path: string): Graph {
  return graphOf(
    [
      { id: 'read', type: 'image/read@1', params: { path } },
      { id: 'out', type: 'io/output@1', params: { name: 'image' } },
    ],
    ['read.image -> out.value'],
  );
}

/** Runs a model on a tensor of ones: outputs `result`, and `nan` and `mean` unless only the result is wanted. */
function inferGraph(path: string, shape: number[], only?: 'output'): Graph {
  const nodes: GraphNode[] = [
    { id: 'ones', type: 'test/ones@1', params: { shape } },
    { id: 'load', type: 'model/load@1', params: { path } },
    { id: 'infer', type: 'model/infer@1' },
  ];
  const wires = ['load.model -> infer.model', 'ones.tensor -> infer.input'];
  if (only === 'output') {
    const out = { id: 'out', type: 'io/output@1', params: { name: 'result' } };
    return graphOf([...nodes, out], [...wires, 'infer.output -> out.value']);
  }
  return graphOf(
    [
      ...nodes,
      { id: 'statistics', type: 'tensor/statistics@1' },
      { id: 'nan', type: 'io/output@1', params: { name: 'nan' } },
      { id: 'mean', type: 'io/output@1', params: { name: 'mean' } },
    ],
    [...wires, 'infer.output -> statistics.tensor', 'statistics.nan -> nan.value', 'statistics.mean -> mean.value'],
  );
}

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function encoded(format: 'png' | 'jpeg' | 'webp' | 'gif' | 'tiff'): Promise<Buffer> {
  const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, k) => (k * 7919) % 251));
  return sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
    .toFormat(format)
    .toBuffer();
}

function cut(file: Buffer): Buffer {
  return file.subarray(0, Math.floor(file.length / 2));
}

/** A PNG that says it is as large as you like. */
function sizedPng(png: Buffer, width: number, height: number): Buffer {
  // Signature 8 bytes, then the header chunk: length 4, type 4, data 13 (width, height first), checksum of type and data.
  const sized = Buffer.from(png);
  sized.writeUInt32BE(width, 16);
  sized.writeUInt32BE(height, 20);
  sized.writeUInt32BE(crc32(sized.subarray(12, 29)), 29);
  return sized;
}
