import { describe, expect, test } from 'vitest';
import { contentOf, type Look } from '../../../src/main/engine/previews/content.ts';
import { Detections, ownSpace } from '../../../src/shared/node-api/detections.ts';
import { Frame, frameBytes } from '../../../src/shared/node-api/frame.ts';
import { Image } from '../../../src/shared/node-api/image.ts';
import { Keypoints } from '../../../src/shared/node-api/keypoints.ts';
import { Mask } from '../../../src/shared/node-api/mask.ts';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import type { VideoDescription } from '../../../src/shared/node-api/video-description.ts';
import { GLANCE, type Picture, type PreviewContent, WHOLE } from '../../../src/shared/protocol/preview.ts';

const VIDEO: VideoDescription = {
  path: null,
  container: 'lavfi',
  codec: 'rawvideo',
  width: 8,
  height: 6,
  fps: 30,
  frames: null,
  seconds: null,
  rotation: 0,
  audio: null,
};

const LOOK: Look = { maxSide: 64, exact: true, limits: GLANCE, maps: null };

function pictureIn(content: PreviewContent): Picture {
  const picture = 'picture' in content ? content.picture : null;
  if (picture === null || 'yuv' in picture) throw new Error(`A ${content.kind} without colours.`);
  return picture;
}

/** The pixel at x, y as [red, green, blue, alpha]. */
function pixel({ rgba, width }: Picture, x: number, y: number): number[] {
  return [...rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}

/** Each pixel has its x as red, its y as green, and 7 as blue. */
function coordinates(width: number, height: number): Image<'u8'> {
  const data = new Uint8Array(width * height * 3);
  for (let k = 0; k < width * height; k++) data.set([k % width, Math.floor(k / width), 7], k * 3);
  return new Image('u8', width, height, 3, data);
}

describe('a picture', () => {
  test('is shown as it is where it is small enough', () => {
    const content = contentOf(coordinates(4, 3), LOOK);
    expect(content).toMatchObject({ kind: 'picture', depth: 'u8', channels: 3 });
    const picture = pictureIn(content);
    expect(picture).toMatchObject({ width: 4, height: 3, sourceWidth: 4, sourceHeight: 3, samples: null });
    expect(pixel(picture, 3, 2)).toEqual([3, 2, 7, 255]);
  });

  test('is scaled down to the longest side that is asked for, and keeps its form', () => {
    const picture = pictureIn(contentOf(coordinates(200, 100), { ...LOOK, maxSide: 50 }));
    expect(picture).toMatchObject({ width: 50, height: 25, sourceWidth: 200, sourceHeight: 100 });
    expect(pixel(picture, 0, 0)).toEqual([2, 2, 7, 255]);
    expect(pixel(picture, 49, 24)).toEqual([198, 98, 7, 255]);
  });

  test('of which a region is asked for shows that, with its samples', () => {
    const region = { x: 90, y: 40, width: 2, height: 2 };
    const picture = pictureIn(contentOf(coordinates(100, 100), { ...LOOK, region }));
    expect(picture).toMatchObject({ width: 2, height: 2, region, sourceWidth: 100 });
    expect(pixel(picture, 1, 1)).toEqual([91, 41, 7, 255]);
    expect([...(picture.samples ?? [])]).toEqual([90, 40, 7, 91, 40, 7, 90, 41, 7, 91, 41, 7]);
  });

  test('shows what there is of a region that goes over its border', () => {
    const region = { x: -5, y: 8, width: 1000, height: 1000 };
    const picture = pictureIn(contentOf(coordinates(10, 10), { ...LOOK, region }));
    expect(picture.region).toEqual({ x: 0, y: 8, width: 10, height: 2 });
  });

  test('of 16 bits is shown in 8, with its own values as samples and statistics', () => {
    const image = new Image('u16', 2, 1, 1, Uint16Array.of(0, 65_535));
    const content = contentOf(image, { ...LOOK, region: { x: 0, y: 0, width: 2, height: 1 } });
    expect(content).toMatchObject({ statistics: { range: { min: 0, max: 65_535 } } });
    expect(pixel(pictureIn(content), 1, 0)).toEqual([255, 255, 255, 255]);
    expect([...(pictureIn(content).samples ?? [])]).toEqual([0, 65_535]);
  });

  test('of floats may hold what is no shade at all', () => {
    const image = new Image('f32', 4, 1, 1, Float32Array.of(Number.NaN, -3, 9, 0.5));
    const picture = pictureIn(contentOf(image, LOOK));
    expect([0, 1, 2, 3].map((x) => pixel(picture, x, 0)[0])).toEqual([0, 0, 255, 128]);
  });

  test('keeps its transparency', () => {
    const image = new Image('u8', 1, 1, 4, Uint8Array.of(1, 2, 3, 100));
    expect(pixel(pictureIn(contentOf(image, LOOK)), 0, 0)).toEqual([1, 2, 3, 100]);
  });

  test('is left out where none is asked for', () => {
    expect(contentOf(coordinates(4, 4), { ...LOOK, maxSide: 0 })).toMatchObject({ kind: 'picture', picture: null });
  });
});

describe('a frame', () => {
  // Mid grey with a bright right half.
  const width = 8;
  const data = new Uint8Array(frameBytes(width, 6)).fill(128);
  for (let k = 0; k < width * 6; k++) data[k] = k % width < width / 2 ? 100 : 200;
  const frame = new Frame(
    { width, height: 6, colour: { matrix: 'bt601', full: true }, index: 0, seconds: 0, duration: 0, video: VIDEO },
    data,
  );

  const region = { x: 0, y: 0, width: 8, height: 6 };

  test('is a picture in colours once it is looked at exactly', () => {
    const content = contentOf(frame, { ...LOOK, maxSide: 4, exact: true });
    expect(content).toMatchObject({ kind: 'picture', depth: 'u8', channels: 3, statistics: { exact: true } });
    const picture = pictureIn(content);
    expect(picture).toMatchObject({ width: 4, height: 3, sourceWidth: 8, sourceHeight: 6, region });
    expect([pixel(picture, 0, 2), pixel(picture, 3, 2)]).toEqual([
      [100, 100, 100, 255],
      [200, 200, 200, 255],
    ]);
  });

  test('stays in its planes while it goes by, in an even size', () => {
    const content = contentOf(frame, { ...LOOK, maxSide: 4, exact: false });
    expect(content).toMatchObject({
      kind: 'picture',
      depth: 'u8',
      channels: 3,
      statistics: { exact: false, range: { min: 100, max: 200 } },
      picture: { width: 4, height: 2, sourceWidth: 8, sourceHeight: 6, region, colour: frame.colour },
    });
    const picture =
      'picture' in content && content.picture !== null && 'yuv' in content.picture ? content.picture : null;
    expect([...(picture?.yuv ?? [])]).toEqual([100, 100, 200, 200, 100, 100, 200, 200, 128, 128, 128, 128]);
  });

  test('of its own size is copied, since its memory is used again', () => {
    const content = contentOf(frame, { ...LOOK, exact: false });
    const picture =
      'picture' in content && content.picture !== null && 'yuv' in content.picture ? content.picture : null;
    expect(picture?.yuv).toEqual(data);
    expect(picture?.yuv.buffer).not.toBe(data.buffer);
  });

  test('of which no picture is asked for still has statistics', () => {
    const content = contentOf(frame, { ...LOOK, maxSide: 0, exact: false });
    expect(content).toMatchObject({ picture: null, statistics: { range: { min: 100, max: 200, mean: 150 } } });
  });
});

describe('a mask', () => {
  test('of 0 and 255, of class ids and of shares all show what is inside', () => {
    for (const data of [Uint8Array.of(0, 255), Uint8Array.of(0, 3), Float32Array.of(0, 1)]) {
      const picture = pictureIn(contentOf(new Mask(data, ownSpace(2, 1)), LOOK));
      expect([pixel(picture, 0, 0)[0], pixel(picture, 1, 0)[0]]).toEqual([0, 255]);
    }
  });
});

describe('a tensor', () => {
  test('tells its type, its statistics and its first values', () => {
    const content = contentOf(new Tensor('float32', [2, 2], Float32Array.of(1, Number.NaN, 3, 2)), LOOK);
    expect(content).toEqual({
      kind: 'tensor',
      dtype: 'float32',
      shape: [2, 2],
      samples: [1, Number.NaN, 3, 2],
      statistics: { range: { min: 1, max: 3, mean: 2 }, nan: 1, inf: 0, exact: true },
      picture: null,
    });
  });

  test('of 64-bit integers keeps their last digit', () => {
    const content = contentOf(new Tensor('int64', [1], BigInt64Array.of(9_007_199_254_740_993n)), LOOK);
    expect(content).toMatchObject({ samples: ['9007199254740993'] });
  });

  test('of strings has no statistics', () => {
    const content = contentOf(new Tensor('string', [1], ['cat']), LOOK);
    expect(content).toMatchObject({ samples: ['cat'], statistics: null, picture: null });
  });

  test('without elements is no picture', () => {
    const content = contentOf(new Tensor('float32', [0, 4], new Float32Array(0)), LOOK);
    expect(content).toMatchObject({ statistics: null, samples: [], picture: null });
  });

  const interpretations: [number[], string | null][] = [
    [[1, 3, 8, 8], '[1,3,H,W] as RGB planes'],
    [[4, 3, 8, 8], '[4,3,H,W] as RGB planes, the first of 4'],
    [[3, 8, 8], '[3,H,W] as RGB planes'],
    [[8, 8, 3], '[H,W,3] as RGB'],
    [[1, 8, 8, 4], '[1,H,W,4] as RGBA'],
    [[8, 12], '[H,W] as grey'],
    [[1, 1, 8, 8], '[1,1,H,W] as grey'],
    [[1, 32, 8, 8], '[1,C,H,W] as feature maps'],
    [[1, 84, 8400], null],
    [[1, 1000], null],
    [[], null],
  ];
  test.for(interpretations)('of shape %j is seen as %s', ([shape, interpretation]) => {
    const tensor = new Tensor('float32', shape, new Float32Array(shape.reduce((a, b) => a * b, 1)));
    const content = contentOf(tensor, LOOK);
    const picture = content.kind === 'tensor' ? content.picture : undefined;
    expect(picture?.interpretation ?? null).toBe(interpretation);
  });

  test('in planes shows each plane as its colour', () => {
    const data = new Float32Array(3 * 16).fill(0.2, 0, 16).fill(0.4, 16, 32).fill(1, 32);
    expect(pixel(pictureIn(contentOf(new Tensor('float32', [1, 3, 4, 4], data), LOOK)), 2, 1)).toEqual([
      51, 102, 255, 255,
    ]);
  });

  test('of values beyond 0 to 1 is stretched between its smallest and its largest, and says which these are', () => {
    const data = Float32Array.from({ length: 16 }, (_, k) => k - 8);
    const content = contentOf(new Tensor('float32', [4, 4], data), LOOK);
    expect(content).toMatchObject({ picture: { black: -8, white: 7 } });
    expect(pixel(pictureIn(content), 0, 0)[0]).toBe(0);
    expect(pixel(pictureIn(content), 3, 3)[0]).toBe(255);
  });

  test('of feature maps is a sheet of them', () => {
    const data = new Float32Array(5 * 64);
    data.fill(1, 4 * 64);
    const content = contentOf(new Tensor('float32', [1, 5, 8, 8], data), LOOK);
    expect(content).toMatchObject({
      picture: {
        width: 24,
        height: 16,
        planes: { batches: 1, maps: 5 },
        grid: { columns: 3, rows: 2, shown: 5, first: 0, batch: 0, ranges: null },
      },
    });
    expect(pixel(pictureIn(content), 8, 8)).toEqual([255, 255, 255, 255]);
    expect(pixel(pictureIn(content), 0, 8)).toEqual([0, 0, 0, 255]);
  });
});

describe('feature maps', () => {
  /** Each value tells its place. */
  const tensor = new Tensor(
    'float32',
    [2, 70, 4, 5],
    new Float32Array(2 * 70 * 20).map((_, k) => k),
  );
  const maps = { batch: 1, first: 3, count: 4, range: 'own' } as const;

  test('are shown from the one that is asked for, of the batch that is asked for, each in its own range', () => {
    const content = contentOf(tensor, { ...LOOK, maps });
    const first = 73 * 20;
    expect(content).toMatchObject({
      picture: {
        planes: { batches: 2, maps: 70 },
        grid: { columns: 2, rows: 2, batch: 1, first: 3, shown: 4 },
        sourceWidth: 10,
        sourceHeight: 8,
      },
    });
    if (content.kind !== 'tensor') throw new Error('It is no tensor.');
    expect(content.picture?.grid?.ranges?.[0]).toEqual([first, first + 19]);
    expect(pixel(pictureIn(content), 0, 0)).toEqual([0, 0, 0, 255]);
    expect(pixel(pictureIn(content), 9, 3)).toEqual([255, 255, 255, 255]);
  });

  test('end with the last one, and the last of the batch', () => {
    const content = contentOf(tensor, { ...LOOK, maps: { batch: 9, first: 69, count: 4, range: 'common' } });
    expect(content).toMatchObject({ picture: { grid: { batch: 1, first: 66, shown: 4, ranges: null } } });
  });

  test('give the values of a region that reaches over several of them', () => {
    const region = { x: 4, y: 3, width: 2, height: 2 };
    const { samples } = pictureIn(contentOf(tensor, { ...LOOK, maps, region }));
    const at = (map: number, row: number, column: number) => (70 + map) * 20 + row * 5 + column;
    expect([...(samples ?? [])]).toEqual([at(3, 3, 4), at(4, 3, 0), at(5, 0, 4), at(6, 0, 0)]);
  });

  test('are what the channels of a picture can be seen as too', () => {
    const planes = new Tensor('float32', [1, 3, 8, 8], new Float32Array(192));
    expect(contentOf(planes, LOOK)).toMatchObject({ picture: { grid: null, planes: { batches: 1, maps: 3 } } });
    const one = { batch: 0, first: 1, count: 1, range: 'common' } as const;
    expect(contentOf(planes, { ...LOOK, maps: one })).toMatchObject({ picture: { grid: { first: 1, shown: 1 } } });
  });
});

describe('other values', () => {
  test('detections are a list, in the pixels of their picture', () => {
    const found = new Detections(
      Float32Array.of(1, 2, 30, 40),
      Float32Array.of(0.5),
      Int32Array.of(1),
      ['cat', 'dog'],
      ownSpace(64, 48),
    );
    expect(contentOf(found, LOOK)).toEqual({
      kind: 'detections',
      space: { width: 64, height: 48 },
      total: 1,
      detections: [{ label: 'dog', classId: 1, score: 0.5, box: [1, 2, 30, 40] }],
    });
  });

  test('of thousands of detections the first are listed', () => {
    const n = 2000;
    const many = new Detections(new Float32Array(4 * n), new Float32Array(n), new Int32Array(n), [], ownSpace(1, 1));
    const content = contentOf(many, LOOK);
    expect(content).toMatchObject({ total: 2000 });
    expect(content.kind === 'detections' && content.detections.length).toBe(500);
  });

  test('keypoints are listed by object', () => {
    const points = new Keypoints(Float32Array.of(1, 2, 3, 4), Float32Array.of(0.5, 1), 2, ownSpace(8, 8));
    expect(contentOf(points, LOOK)).toMatchObject({
      kind: 'keypoints',
      total: 1,
      objects: [
        [
          [1, 2, 0.5],
          [3, 4, 1],
        ],
      ],
    });
  });

  test('rows of records are a table with the columns of them all', () => {
    expect(contentOf([{ a: 1 }, { a: 2, b: { c: [1] } }], LOOK)).toEqual({
      kind: 'table',
      columns: ['a', 'b'],
      rows: [
        [1, null],
        [2, '{\n  "c": [1]\n}'],
      ],
      total: 2,
    });
  });

  test('a list tells what its items are', () => {
    expect(contentOf([new Tensor('int8', [2], new Int8Array(2)), 'text', 5], LOOK)).toEqual({
      kind: 'list',
      total: 3,
      items: [
        { type: 'int8[2]', text: null },
        { type: 'string', text: '"text"' },
        { type: 'integer', text: '5' },
      ],
      statistics: null,
    });
  });

  test('long text is cut, and its length told', () => {
    const content = contentOf('a'.repeat(10_000), LOOK);
    expect(content).toMatchObject({ kind: 'text', length: 10_000, text: 'a'.repeat(4096) });
  });

  test('JSON that contains itself comes to an end', () => {
    const round: Record<string, unknown> = { name: 'round' };
    round.self = round;
    const content = contentOf(round, LOOK);
    if (content.kind !== 'json') throw new Error('It is no JSON.');
    let depth = 0;
    for (let at = content.root; at.kind === 'record'; at = at.entries[1][1]) depth++;
    expect(depth).toBe(32);
  });

  test('JSON tells what in it is none', () => {
    const content = contentOf({ picture: coordinates(2, 2), none: null, nan: Number.NaN }, LOOK);
    const entries = [
      ['picture', { kind: 'leaf', text: '<image 2×2×3>' }],
      ['none', { kind: 'leaf', text: 'null' }],
      ['nan', { kind: 'leaf', text: 'NaN' }],
    ];
    expect(content).toEqual({ kind: 'json', root: { kind: 'record', entries, total: 3 } });
  });

  test('several values by name are told as what they are', () => {
    const outputs = new Map([['scores', new Tensor('float32', [1, 2], new Float32Array(2))]]);
    const entries = [['scores', { kind: 'leaf', text: '<float32[1,2]>' }]];
    expect(contentOf(outputs, LOOK)).toEqual({ kind: 'json', root: { kind: 'record', entries, total: 1 } });
  });

  test('JSON is cut where it is long, and what lies beside a long list is still there', () => {
    const value = { long: Array.from({ length: 5000 }, (_, k) => k), after: { deep: ['a'] } };
    const content = contentOf(value, LOOK);
    if (content.kind !== 'json' || content.root.kind !== 'record') throw new Error('It is no record.');
    const [[, long], [, after]] = content.root.entries;
    expect(long).toMatchObject({ kind: 'list', total: 5000 });
    expect(after).toMatchObject({ kind: 'record', total: 1 });
    const most = contentOf(value, { ...LOOK, limits: WHOLE });
    expect(JSON.stringify(most)).toContain('"4999"');
    expect(JSON.stringify(content)).not.toContain('"4999"');
  });

  test('a value of a foreign class is told by its class', () => {
    expect(contentOf(new Set(), LOOK)).toEqual({ kind: 'opaque', className: 'Set' });
    expect(contentOf(() => 1, LOOK)).toEqual({ kind: 'opaque', className: 'function' });
  });

  test('bytes are copied, so that what is shown does not change with them', () => {
    const bytes = new Uint8Array(2000);
    const content = contentOf(bytes, LOOK);
    expect(content).toMatchObject({ kind: 'bytes', length: 2000 });
    expect(content.kind === 'bytes' && content.samples.buffer !== bytes.buffer && content.samples.length).toBe(1024);
  });
});
