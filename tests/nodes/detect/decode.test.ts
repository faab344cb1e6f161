import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import decode from '../../../nodes/detect/decode.ts';
import { type Detections, ownSpace } from '../../../src/shared/node-api/detections.ts';
import { Model } from '../../../src/shared/node-api/model.ts';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { modelOf, port } from '../model/models.ts';
import { HeapContext, runNode } from '../node-context.ts';
import { LETTERBOXED } from './detections.ts';

type Row = readonly number[];

/** Told the family, since arrays as small as these may look like others'. */
async function decoded(output: Tensor, inputs: object = {}, ctx = new HeapContext()): Promise<Detections> {
  const given = { output, family: 'yolov8', space: LETTERBOXED, ...inputs };
  const result = await runNode<{ detections: Detections }>(decode, given, ctx);
  return result.detections;
}

/** [1, candidates, 4 + classes]: one candidate after the other. */
function candidatesFirst(rows: readonly Row[]): Tensor<'float32'> {
  return new Tensor('float32', [1, rows.length, rows[0].length], Float32Array.from(rows.flat()));
}

/** [1, 4 + classes, candidates]: as the models give it. */
function featuresFirst(rows: readonly Row[]): Tensor<'float32'> {
  const features = rows[0].map((_, feature) => rows.map((row) => row[feature]));
  return new Tensor('float32', [1, features.length, rows.length], Float32Array.from(features.flat()));
}

function modelWith(metadata: Record<string, string>): Model {
  return new Model({ path: '/m.onnx', digest: '', signature: { inputs: [], outputs: [] }, backend: 'cpu', metadata });
}

const zeros = (count: number): number[] => new Array<number>(count).fill(0);

describe('detect/decode of YOLOv8', () => {
  test('gives each candidate its box in the space it was seen in, its best score and that class', async () => {
    const found = await decoded(
      featuresFirst([[100, 200, 20, 40, 0.125, 0.75, 0.5], ...new Array<Row>(7).fill(zeros(7))]),
    );
    expect(found.count).toBe(8);
    expect([...found.boxes.subarray(0, 4)]).toEqual([90, 180, 110, 220]);
    expect(found.scores[0]).toBe(0.75);
    expect(found.classIds[0]).toBe(1);
    expect(found.space).toBe(LETTERBOXED);
  });

  test('agrees with a plain reading of random outputs, in both layouts', async () => {
    const float = fc.float({ min: 0, max: 640, noNaN: true });
    const outputs = fc
      .integer({ min: 1, max: 5 })
      .chain((classes) =>
        fc.array(fc.array(float, { minLength: 4 + classes, maxLength: 4 + classes }), { minLength: 10, maxLength: 30 }),
      );
    await fc.assert(
      fc.asyncProperty(outputs, async (rows) => {
        const expected = rows.map(([x, y, width, height, ...scores]) => ({
          box: [x - width / 2, y - height / 2, x + width / 2, y + height / 2].map(Math.fround),
          score: Math.max(...scores),
          classId: scores.indexOf(Math.max(...scores)),
        }));
        for (const output of [featuresFirst(rows), candidatesFirst(rows)]) {
          const { boxes, scores, classIds } = await decoded(output);
          const actual = rows.map((_, i) => ({
            box: [...boxes.subarray(i * 4, i * 4 + 4)],
            score: scores[i],
            classId: classIds[i],
          }));
          expect(actual).toEqual(expected);
        }
      }),
    );
  });

  test('with labels, tells the layouts apart however few candidates there are', async () => {
    const rows = [
      [10, 10, 2, 2, 0.25, 0.5],
      [20, 20, 2, 2, 0.75, 0.5],
    ];
    for (const output of [featuresFirst(rows), candidatesFirst(rows)]) {
      const found = await decoded(output, { labels: ['cat', 'dog'] });
      expect([...found.scores]).toEqual([0.5, 0.75]);
      expect(found.labelOf(0)).toBe('dog');
    }
  });

  test('reads float16 as well', async () => {
    const half = new Tensor('float16', [1, 5, 6], Float16Array.from([...zeros(24), 0, 0, 0.5, 0, 0, 0]));
    expect([...(await decoded(half)).scores]).toEqual([0, 0, 0.5, 0, 0, 0]);
  });

  test('80 classes without names are those of COCO', async () => {
    const found = await decoded(featuresFirst(new Array<Row>(100).fill(zeros(84))));
    expect(found.labels).toHaveLength(80);
    expect([found.labels[0], found.labels[79]]).toEqual(['person', 'toothbrush']);
  });

  test('other classes without names stay unnamed', async () => {
    expect((await decoded(featuresFirst(new Array<Row>(10).fill(zeros(7))))).labels).toEqual([]);
  });

  test("takes the model's own names, and labels before those", async () => {
    const output = featuresFirst(new Array<Row>(10).fill(zeros(6)));
    const model = modelWith({ names: "{0: 'circle', 1: \"5' star\"}" });
    expect((await decoded(output, { model })).labels).toEqual(['circle', "5' star"]);
    expect((await decoded(output, { model, labels: ['a', 'b'] })).labels).toEqual(['a', 'b']);
  });

  test('warns of names that it cannot read', async () => {
    const ctx = new HeapContext();
    const output = featuresFirst(new Array<Row>(10).fill(zeros(6)));
    const found = await decoded(output, { model: modelWith({ names: 'circle and star' }) }, ctx);
    expect(found.labels).toEqual([]);
    expect(ctx.logged).toMatchObject([{ level: 'warning' }]);
  });

  test('leaves the mask coefficients of a segmentation model out of the scores', async () => {
    const row = [10, 10, 2, 2, 0.25, 0.5, ...new Array<number>(32).fill(9)];
    const model = modelWith({ task: 'segment', names: "{0: 'cat', 1: 'dog'}" });
    const found = await decoded(featuresFirst(new Array<Row>(50).fill(row)), { model });
    expect(found.scores[0]).toBe(0.5);
    expect(found.labelOf(0)).toBe('dog');
  });

  test('counts mask coefficients by the prototypes where the file has no names', async () => {
    const row = [10, 10, 2, 2, 0.25, 0.5, 9, 9, 9];
    const outputs = new Map([
      ['output0', featuresFirst(new Array<Row>(50).fill(row))],
      ['output1', new Tensor('float32', [1, 3, 4, 4], new Float32Array(48))],
    ]);
    const { detections } = await runNode<{ detections: Detections }>(decode, { outputs, space: LETTERBOXED });
    expect(detections.scores[0]).toBe(0.5);
    expect(detections.classIds[0]).toBe(1);
  });

  test('a class of NaN never wins, and a candidate of nothing but NaN has no score', async () => {
    const rows = [
      [0, 0, 1, 1, Number.NaN, 0.25],
      [0, 0, 1, 1, 0.5, Number.NaN],
      [0, 0, 1, 1, Number.NaN, Number.NaN],
    ];
    const { scores, classIds } = await decoded(featuresFirst(rows), { labels: ['a', 'b'] });
    expect([...scores]).toEqual([0.25, 0.5, Number.NaN]);
    expect([...classIds.subarray(0, 2)]).toEqual([1, 0]);
  });

  test('no candidates are no detections', async () => {
    const found = await decoded(new Tensor('float32', [1, 6, 0], new Float32Array()), { labels: ['a', 'b'] });
    expect(found.count).toBe(0);
  });

  test.each([
    ['a batch', [2, 6, 100], {}],
    ['another rank', [6, 100], {}],
    ['no classes', [1, 4, 100], {}],
    ['other labels than classes', [1, 7, 100], { labels: ['a', 'b'] }],
    [
      'the objectness of YOLOv5',
      [1, 100, 85],
      { model: modelWith({ names: JSON.stringify(new Array(80).fill('x')) }) },
    ],
  ])('refuses %s in one sentence', async (_, shape, inputs) => {
    const output = new Tensor('float32', shape, new Float32Array(shape.reduce((a, b) => a * b)));
    await expect(decoded(output, inputs)).rejects.toMatchObject({
      code: 'E_VALUE',
      message: expect.stringMatching(/^float32\[.*: wire [^.]*\.$/),
    });
  });

  test('refuses integers', async () => {
    const output = new Tensor('int32', [1, 5, 9], new Int32Array(45));
    await expect(decoded(output)).rejects.toMatchObject({ code: 'E_VALUE' });
  });
});

describe('detect/decode', () => {
  const output = featuresFirst(new Array<Row>(10).fill(zeros(7)));
  const run = (inputs: object) => runNode<{ detections: Detections }>(decode, { space: LETTERBOXED, ...inputs });

  test('takes a tensor or the bundle of all outputs', async () => {
    const { detections } = await run({ output });
    expect((await run({ outputs: new Map([['output0', output]]) })).detections).toEqual(detections);
  });

  test('asks for the bundle when the model has more outputs than the one wired', async () => {
    const model = modelOf(
      [],
      [2704, 676, 169].flatMap((n) => [port(`c${n}`, [1, n, 80]), port(`d${n}`, [1, n, 32])]),
    );
    const scores = new Tensor('float32', [1, 2704, 80], new Float32Array(2704 * 80));
    await expect(run({ output: scores, model, space: ownSpace(416, 416) })).rejects.toMatchObject({
      code: 'E_VALUE',
      message: expect.stringMatching(/not those of NanoDet-m .*: wire all outputs/),
    });
  });

  test.each([
    ['both', { output, outputs: new Map([['output0', output]]) }],
    ['neither', {}],
    ['a bundle of nothing', { outputs: new Map(), family: 'yolox' }],
  ])('refuses %s', async (_, inputs) => {
    await expect(run(inputs)).rejects.toMatchObject({ code: 'E_VALUE' });
  });

  test('remembers which candidate each detection was, through choosing', async () => {
    const { detections } = await run({ output });
    expect([...(detections.origin?.candidates ?? [])]).toEqual([...Array(10).keys()]);
    expect([...(detections.pick([7, 2]).origin?.candidates ?? [])]).toEqual([7, 2]);
  });
});
