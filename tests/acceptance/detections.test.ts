import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { iou } from '../../nodes/detect/shared/iou.ts';
import { events, weft } from '../cli/weft.ts';
import { dataFile, describeWithData } from '../nodes/test-data.ts';
import { squareDetectorModel } from '../onnx/models.ts';
import { HostedEngine } from './hosted-run.ts';

const GRAPH = 'resources/graphs/detect-image.weft.json';
const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];

const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
/** Boxes are [left, top, width, height] in pixels of the picture, as the graph gives them. */
const listSchema = z.array(z.object({ label: z.string(), classId: z.int(), score: z.number(), box }));
type Detected = z.infer<typeof listSchema>;

/** Boxes are [left, top, right, bottom]. */
const referenceSchema = z.object({
  results: z.record(
    z.string(),
    z.record(
      z.string(),
      // `cv`: letterboxed without antialiasing, as image/letterbox does.
      z.object({ cv: z.array(z.object({ class: z.string(), classId: z.int(), score: z.number(), box })) }),
    ),
  ),
});

const SQUARES = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">
  <rect width="640" height="480" fill="#808080"/>
  <rect x="64" y="48" width="64" height="64" fill="#ff0000"/>
  <rect x="320" y="160" width="64" height="64" fill="#00ff00"/>
  <rect x="512" y="352" width="64" height="64" fill="#0000ff"/>
</svg>`;

let folder: string;
let engine: HostedEngine;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-detections-'));
  engine = new HostedEngine();
});

afterAll(async () => {
  await engine.host.close();
  rmSync(folder, { recursive: true });
});

describe('detect-image finds squares that were drawn', () => {
  const drawn = [
    { label: 'red', classId: 0, score: 1, box: [64, 48, 64, 64] },
    { label: 'blue', classId: 2, score: 1, box: [512, 352, 64, 64] },
    { label: 'green', classId: 1, score: 1, box: [320, 160, 64, 64] },
  ];
  const inOrder = (list: Detected) => list.toSorted((a, b) => a.box[0] - b.box[0]);
  let model: string;
  let picture: Sharp;

  beforeAll(async () => {
    model = join(folder, 'squares.onnx');
    writeFileSync(model, squareDetectorModel());
    picture = sharp(Buffer.from(SQUARES)).removeAlpha();
    await picture.clone().png().toFile(join(folder, 'squares.png'));
  });

  test('from the command line: exact boxes, and a picture with them drawn', async () => {
    const image = join(folder, 'squares.png');
    const out = join(folder, 'out');
    const { status, stdout } = await weftDetects(image, model, out);
    expect(status).toBe(0);
    expect(inOrder(detectionsIn(events(stdout)))).toEqual(inOrder(listSchema.parse(drawn)));
    const annotated = events(stdout).find(({ event, name }) => event === 'output' && name === 'annotated')?.value;
    expect(annotated).toEqual({ path: join(out, 'annotated.png'), width: 640, height: 480 });
    expect(readdirSync(out)).toEqual(['annotated.png']);
    const [before, after] = await Promise.all([raw(image), raw(join(out, 'annotated.png'))]);
    expect(before.length).toBe(after.length);
    expect(before.equals(after)).toBe(false);
  });

  test.each(ORIENTATIONS)('however the camera was held: EXIF orientation %i', async (orientation) => {
    const image = join(folder, `squares-${orientation}.png`);
    await asHeld(picture, orientation).png().toFile(image);
    expect((await sharp(image).metadata()).orientation).toBe(orientation);
    expect(inOrder(await detect(image, model))).toEqual(inOrder(listSchema.parse(drawn)));
  });
});

describeWithData('detect-image agrees with the reference', () => {
  const expected = (model: string, picture: string) =>
    fromReference(referenceSchema.parse(readJson(dataFile('images/EXPECTED.json'))).results[model][picture].cv);
  const pictures = ['bus.jpg', 'zidane.jpg', 'dog.jpg', 'person.jpg', 'detect-samples/daisy.jpg'];

  for (const name of ['yolov8n-640-fp32-rebuilt', 'yolov8n-640-int8dyn-opset20']) {
    const model = dataFile(`models/${name}.onnx`);

    test.each(pictures)(`${name} on %s`, async (picture) => {
      const image = dataFile(`images/${picture.split('/').at(-1)}`);
      expectSameObjects(await detect(image, model), expected(name, picture));
    });

    test(`${name} on bus.jpg from the command line`, async () => {
      const { status, stdout } = await weftDetects(dataFile('images/bus.jpg'), model, folder);
      expect(status).toBe(0);
      const found = detectionsIn(events(stdout));
      expect(found.map(({ label }) => label).sort()).toEqual(['bus', 'person', 'person', 'person', 'person']);
      expectSameObjects(found, expected(name, 'bus.jpg'));
    });
  }

  test('a photograph gives the same objects in every EXIF orientation', async () => {
    const model = dataFile('models/yolov8n-640-fp32-rebuilt.onnx');
    const bus = sharp(dataFile('images/bus.jpg'));
    for (const orientation of ORIENTATIONS) {
      const image = join(folder, `bus-${orientation}.jpg`);
      await asHeld(bus, orientation).jpeg({ quality: 95 }).toFile(image);
      expectSameObjects(await detect(image, model), expected('yolov8n-640-fp32-rebuilt', 'bus.jpg'));
    }
  });

  test.each(ORIENTATIONS)(
    'a landscape with EXIF orientation %i comes out upright, with nothing on it',
    async (number) => {
      const image = dataFile(`images/exif/Landscape_${number}.jpg`);
      const model = dataFile('models/yolov8n-640-fp32-rebuilt.onnx');
      const run = await engine.run(resolve(GRAPH), { inputs: { image, model, conf: 0.5 }, out: folder });
      expect(run.output('detections')).toEqual([[]]);
      expect(run.output('annotated')).toMatchObject([{ width: 600, height: 450 }]);
    },
  );
});

function weftDetects(image: string, model: string, out: string) {
  return weft(['run', GRAPH, '--set', `image=${image}`, '--set', `model=${model}`, '--out', out, '--json']);
}

async function detect(image: string, model: string): Promise<Detected> {
  const run = await engine.run(resolve(GRAPH), { inputs: { image, model }, out: folder });
  expect(run.summary).toMatchObject({ status: 'done' });
  return listSchema.parse(run.output('detections')[0]);
}

function detectionsIn(all: ReturnType<typeof events>): Detected {
  return listSchema.parse(all.find(({ event, name }) => event === 'output' && name === 'detections')?.value);
}

function fromReference(entries: readonly { class: string; classId: number; score: number; box: number[] }[]): Detected {
  return entries.map(({ class: label, classId, score, box: [left, top, right, bottom] }) => ({
    label,
    classId,
    score,
    box: [left, top, right - left, bottom - top],
  }));
}

/** Each object of one list has its own in the other: same class, IoU ≥ 0.8, score ± 0.06. */
function expectSameObjects(found: Detected, expected: Detected): void {
  const left = [...found];
  for (const object of expected) {
    const match = left.findIndex((candidate) => isSameObject(candidate, object));
    expect(match, `${object.label} ${object.score} at ${object.box} among ${JSON.stringify(left)}`).not.toBe(-1);
    left.splice(match, 1);
  }
  expect(left).toEqual([]);
}

function isSameObject(a: Detected[number], b: Detected[number]): boolean {
  const corners = [a, b].map(({ box: [x, y, width, height] }) => [x, y, x + width, y + height]);
  const boxes = Float32Array.from(corners.flat());
  return a.classId === b.classId && Math.abs(a.score - b.score) <= 0.06 && iou(boxes, 0, 1) >= 0.8;
}

/** A picture as a camera stores it that was held another way: the pixels turned, and the EXIF tag that turns them back. */
function asHeld(upright: Sharp, orientation: number): Sharp {
  const picture = upright.clone();
  // sharp mirrors before it rotates.
  if (orientation === 2) picture.flop();
  if (orientation === 4 || orientation === 5 || orientation === 7) picture.flip();
  if (orientation === 3) picture.rotate(180);
  if (orientation === 5 || orientation === 8) picture.rotate(90);
  if (orientation === 6 || orientation === 7) picture.rotate(270);
  return picture.withMetadata({ orientation });
}

function raw(image: string): Promise<Buffer> {
  return sharp(image).removeAlpha().raw().toBuffer();
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
