import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { iou } from '../../nodes/detect/shared/iou.ts';
import type { JsonValue } from '../../src/shared/node-api/pins.ts';
import { events, weft } from '../cli/weft.ts';
import { dataFile, describeWithData } from '../nodes/test-data.ts';
import { colourClassifierModel, enlargingModel } from '../onnx/models.ts';
import { HostedEngine } from './hosted-run.ts';

/** Boxes are [left, top, width, height] in pixels of the picture, as the graphs give them. */
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const listSchema = z.array(z.object({ label: z.string(), classId: z.int(), score: z.number(), box }));
const fileSchema = z.object({ path: z.string(), width: z.int(), height: z.int() });
type Detected = z.infer<typeof listSchema>;
type Box = z.infer<typeof box>;

let folder: string;
let engine: HostedEngine;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-families-'));
  engine = new HostedEngine();
});

afterAll(async () => {
  await engine.host.close();
  rmSync(folder, { recursive: true });
});

const sample = (name: string) => resolve(`resources/graphs/${name}.weft.json`);

async function outputsOf(graph: string, inputs: Record<string, JsonValue>, out = folder) {
  const run = await engine.run(graph, { inputs, out });
  expect(run.summary).toMatchObject({ status: 'done' });
  return run;
}

describeWithData('detect-image, with nothing changed but the model', () => {
  const bus: Box = [33, 231, 768, 548];
  const people: Box[] = [
    [671, 377, 139, 503],
    [222, 408, 122, 448],
    [51, 398, 193, 507],
  ];

  async function detect(model: string, picture: string, conf: number): Promise<Detected> {
    const inputs = { image: dataFile(`images/${picture}`), model: dataFile(`models/${model}.onnx`), conf };
    return listSchema.parse((await outputsOf(sample('detect-image'), inputs)).output('detections')[0]);
  }

  test.each([
    ['yolox_nano', 0.25],
    ['nanodet_m', 0.3],
  ])('%s finds the bus and four people', async (model, conf) => {
    const found = await detect(model, 'bus.jpg', conf);
    expect(found.map(({ label }) => label).sort()).toEqual(['bus', 'person', 'person', 'person', 'person']);
    const boxesOf = (name: string) => found.filter(({ label }) => label === name).map((one) => one.box);
    expect(overlap(boxesOf('bus')[0], bus)).toBeGreaterThan(0.75);
    // The fourth is cut off by the edge of the picture, where small models differ.
    for (const person of people) {
      expect(Math.max(...boxesOf('person').map((each) => overlap(each, person)))).toBeGreaterThan(0.75);
    }
  });

  test('UltraFace and YuNet find the same two faces', async () => {
    const [ultraface, yunet] = await Promise.all([
      detect('version-RFB-320', 'zidane.jpg', 0.7),
      detect('face_detection_yunet_2026may', 'zidane.jpg', 0.6),
    ]);
    for (const found of [ultraface, yunet]) expect(found.map(({ label }) => label)).toEqual(['face', 'face']);
    for (const { box: face } of ultraface) {
      expect(Math.max(...yunet.map((other) => overlap(face, other.box)))).toBeGreaterThan(0.6);
    }
  });
});

describeWithData('sample keypoints, with YuNet', () => {
  test('marks points that lie in the faces as eyes, nose and mouth do', async () => {
    const inputs = {
      image: dataFile('images/zidane.jpg'),
      model: dataFile('models/face_detection_yunet_2026may.onnx'),
    };
    const run = await outputsOf(sample('keypoints'), inputs);
    const faces = listSchema.parse(run.output('detections')[0]);
    const points = z
      .array(z.array(z.tuple([z.number(), z.number(), z.number()])).length(5))
      .parse(run.output('keypoints')[0]);
    expect(points).toHaveLength(2);
    points.forEach((ofFace, i) => {
      const [left, top, width, height] = faces[i].box;
      for (const [x, y] of ofFace) {
        // A nose in profile may reach a little beyond the box.
        expect(Math.abs(x - (left + width / 2)) / width, `${x}`).toBeLessThan(0.55);
        expect(Math.abs(y - (top + height / 2)) / height, `${y}`).toBeLessThan(0.55);
      }
      const [rightEye, leftEye, nose, rightMouth, leftMouth] = ofFace;
      // Both look into the camera, so what is right of them is left in the picture.
      expect(rightEye[0]).toBeLessThan(leftEye[0]);
      expect(rightMouth[0]).toBeLessThan(leftMouth[0]);
      for (const eye of [rightEye, leftEye]) expect(eye[1]).toBeLessThan(nose[1]);
      for (const mouth of [rightMouth, leftMouth]) expect(mouth[1]).toBeGreaterThan(nose[1]);
    });
    const [annotated] = run.output('annotated').map((value) => fileSchema.parse(value));
    expect(annotated).toMatchObject({ width: 1280, height: 720 });
  });
});

describeWithData('sample segment', () => {
  test('finds bus and people, with masks inside their boxes, from the command line', async () => {
    const files = [
      '--set',
      `image=${dataFile('images/bus.jpg')}`,
      '--set',
      `model=${dataFile('models/yolov8n-seg-320-int8dyn.onnx')}`,
    ];
    const { status, stdout } = await weft(['run', sample('segment'), ...files, '--out', folder, '--json']);
    expect(status).toBe(0);
    const output = (wanted: string) =>
      events(stdout).find(({ event, name }) => event === 'output' && name === wanted)?.value;
    const found = listSchema.parse(output('detections'));
    const masks = z.array(fileSchema).parse(output('masks'));
    expect(found.map(({ label }) => label).sort()).toEqual(['bus', 'person', 'person', 'person']);
    expect(masks).toHaveLength(found.length);
    const counts = await Promise.all(masks.map(({ path }) => pixelsOf(path)));
    // The list is ordered by score, as suppression leaves detections, so masks and boxes belong together.
    for (const [i, { box: around, label }] of found.entries()) {
      const { width, height, inside } = counts[i];
      expect([width, height]).toEqual([810, 1080]);
      for (const { x, y } of inside) expect(contains(around, x, y), `${label} at ${x},${y}`).toBe(true);
      expect(inside.length / (around[2] * around[3])).toBeGreaterThan(0.3);
    }
    // A bus has no holes where people do not stand; the pixel in its middle is its own.
    const middle = counts[found.findIndex(({ label }) => label === 'bus')].inside.some(
      ({ x, y }) => x === 460 && y === 440,
    );
    expect(middle).toBe(true);
    expect(fileSchema.parse(output('annotated'))).toMatchObject({ width: 810, height: 1080 });
  });
});

describe('sample classify', () => {
  test('names the colour of a picture, from the command line', async () => {
    const [image, model, labels] = ['green.png', 'colours.onnx', 'colours.txt'].map((name) => join(folder, name));
    await sharp({ create: { width: 60, height: 40, channels: 3, background: '#205020' } })
      .png()
      .toFile(image);
    writeFileSync(model, colourClassifierModel());
    writeFileSync(labels, 'red\ngreen\nblue\n');
    const set = Object.entries({ image, model, labels, count: 2 }).flatMap(([name, value]) => [
      '--set',
      `${name}=${value}`,
    ]);
    const { status, stdout } = await weft(['run', sample('classify'), ...set, '--json']);
    expect(status).toBe(0);
    const classes = z
      .array(z.object({ label: z.string(), classId: z.int(), score: z.number() }))
      .length(2)
      .parse(events(stdout).find(({ event }) => event === 'output')?.value);
    expect(classes[0]).toMatchObject({ label: 'green', classId: 1 });
    expect(classes[0].score).toBeGreaterThan(classes[1].score);
  });
});

describe('sample upscale', () => {
  test('gives, tile by tile, what the model makes of the whole picture, from the command line', async () => {
    const [width, height] = [150, 100];
    const image = join(folder, 'noise.png');
    const noise = Uint8Array.from({ length: width * height * 3 }, (_, i) => (Math.imul(i, 2654435761) >>> 24) & 255);
    await sharp(noise, { raw: { width, height, channels: 3 } })
      .blur(1.5)
      .png()
      .toFile(image);
    const enlarge = async (name: string, model: Uint8Array) => {
      const [path, out] = [join(folder, `${name}.onnx`), join(folder, name)];
      writeFileSync(path, model);
      const files = ['--set', `image=${image}`, '--set', `model=${path}`, '--out', out];
      expect((await weft(['run', sample('upscale'), ...files, '--json'])).status).toBe(0);
      return rawOf(join(out, 'enlarged.png'));
    };
    const [tiled, whole] = await Promise.all([
      enlarge('tiled', enlargingModel(64, 72)),
      enlarge('whole', enlargingModel(height, width)),
    ]);
    expect(tiled.info).toMatchObject({ width: 300, height: 200, channels: 3 });
    expect(largestDifference(tiled, whole, { left: 0, top: 0, width: 300, height: 200 })).toBeLessThanOrEqual(1);
    expect(new Set(whole.data).size).toBeGreaterThan(50);
  });
});

describeWithData('sample upscale with a super-resolution model', () => {
  const model = dataFile('models/pytorch_super_resolution.onnx');

  test('gives, across its seams, what the model makes of one tile', async () => {
    const picture = sharp(dataFile('images/dog.jpg')).removeAlpha();
    const whole = join(folder, 'dog.png');
    await picture.clone().png().toFile(whole);
    const enlarged = async (image: string, out: string) => {
      await outputsOf(sample('upscale'), { image, model }, join(folder, out));
      return rawOf(join(folder, out, 'enlarged.png'));
    };
    const tiled = await enlarged(whole, 'dog');
    expect(tiled.info).toMatchObject({ width: 2304, height: 1728, channels: 3 });
    // 768 × 576 pixels have seams near 203, 384 and 565 across, 200 and 376 down: each crop has some in its middle.
    for (const [left, top] of [
      [91, 88],
      [272, 264],
      [453, 88],
      [300, 176],
    ]) {
      const crop = join(folder, `crop-${left}-${top}.png`);
      await picture.clone().extract({ left, top, width: 224, height: 224 }).png().toFile(crop);
      const untiled = await enlarged(crop, `crop-${left}-${top}`);
      // Near the edges of a crop the model sees nothing beyond; it looks 5 pixels far.
      const inner = { left: 18, top: 18, width: 672 - 36, height: 672 - 36 };
      expect(largestDifference(untiled, tiled, inner, left * 3, top * 3)).toBeLessThanOrEqual(1);
    }
  });
});

/** Intersection over union of boxes [left, top, width, height]. */
function overlap(a: Box, b: Box): number {
  const corners = [a, b].flatMap(([left, top, width, height]) => [left, top, left + width, top + height]);
  return iou(Float32Array.from(corners), 0, 1);
}

/** Whether the centre of a pixel lies in a box, whose numbers are rounded to a tenth. */
function contains([left, top, width, height]: Box, x: number, y: number): boolean {
  const rounding = 0.15;
  return (
    x + 0.5 > left - rounding &&
    x + 0.5 < left + width + rounding &&
    y + 0.5 > top - rounding &&
    y + 0.5 < top + height + rounding
  );
}

interface Raw {
  readonly data: Buffer;
  readonly info: { readonly width: number; readonly height: number; readonly channels: number };
}

function rawOf(path: string): Promise<Raw> {
  return sharp(path).raw().toBuffer({ resolveWithObject: true });
}

async function pixelsOf(mask: string) {
  const { data, info } = await sharp(mask).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  const inside = [...data.keys()]
    .filter((i) => data[i] === 255)
    .map((i) => ({ x: i % info.width, y: Math.floor(i / info.width) }));
  return { width: info.width, height: info.height, inside };
}

/** Over a region of `a`, which lies at (left, top) of `b`. */
function largestDifference(
  a: Raw,
  b: Raw,
  region: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  left = 0,
  top = 0,
): number {
  let largest = 0;
  for (let y = region.top; y < region.top + region.height; y++) {
    for (let x = region.left; x < region.left + region.width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        const inA = a.data[(y * a.info.width + x) * 3 + channel];
        const inB = b.data[((y + top) * b.info.width + x + left) * 3 + channel];
        largest = Math.max(largest, Math.abs(inA - inB));
      }
    }
  }
  return largest;
}
