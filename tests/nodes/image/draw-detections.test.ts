import { describe, expect, test } from 'vitest';
import draw from '../../../nodes/image/draw-detections.ts';
import { Detections, ownSpace, type Space } from '../../../src/shared/node-api/detections.ts';
import { Image } from '../../../src/shared/node-api/image.ts';
import { runNode } from '../node-context.ts';
import { noise, picture, pixel, refusal } from './pictures.ts';

const LABELS = ['person', 'bicycle'];

interface Found {
  readonly box: readonly [number, number, number, number];
  readonly score?: number;
  readonly classId?: number;
}

function detections(space: Space, found: readonly Found[]): Detections {
  return new Detections(
    Float32Array.from(found.flatMap(({ box }) => box)),
    Float32Array.from(found, ({ score }) => score ?? 0.9),
    Int32Array.from(found, ({ classId }) => classId ?? 0),
    LABELS,
    space,
  );
}

async function drawn(image: Image, found: readonly Found[], labels = false): Promise<Image> {
  const inputs = { image, detections: detections(ownSpace(image.width, image.height), found), labels };
  return (await runNode<{ image: Image }>(draw, inputs)).image;
}

const black = (width: number, height: number) => picture(width, height, 3, () => 0);

describe('a box', () => {
  test('is drawn along its edges and nowhere else', async () => {
    const result = await drawn(black(64, 64), [{ box: [10, 20, 40, 50] }]);
    for (let y = 0; y < 64; y++) {
      for (let x = 0; x < 64; x++) {
        const inside = x >= 10 && x < 40 && y >= 20 && y < 50;
        const onEdge = inside && (x === 10 || x === 39 || y === 20 || y === 49);
        expect(
          pixel(result, x, y).some((sample) => sample > 0),
          `${x},${y}`,
        ).toBe(onEdge);
      }
    }
  });

  test('has lines that grow with the picture', async () => {
    const widthOfLine = async (width: number, height: number) => {
      const box = [width / 4, height / 4, width / 2, height / 2] as const;
      const result = await drawn(black(width, height), [{ box }]);
      let line = 0;
      for (let x = 0; x < width * 0.375; x++) if (pixel(result, x, Math.floor(height / 3))[0] > 0) line++;
      return line;
    };
    expect(await widthOfLine(64, 64)).toBe(1);
    expect(await widthOfLine(640, 480)).toBe(2);
    expect(await widthOfLine(4000, 3000)).toBe(11);
  });

  test('has the colour of its class: always the same, and another for each class', async () => {
    const colourOf = async (classId: number) =>
      pixel(await drawn(black(32, 32), [{ box: [4, 4, 20, 20], classId }]), 4, 4);
    const colours = await Promise.all(Array.from({ length: 80 }, (_, classId) => colourOf(classId)));
    for (let a = 0; a < 80; a++) {
      expect(await colourOf(a)).toEqual(colours[a]);
      for (let b = 0; b < a; b++) {
        const distance = Math.max(...colours[a].map((sample, i) => Math.abs(sample - colours[b][i])));
        expect(distance, `classes ${a} and ${b}`).toBeGreaterThan(4);
      }
    }
  });

  test('that reaches beyond the picture, lies outside, is empty or not a number disturbs nothing', async () => {
    const found: Found[] = [
      { box: [-50, -50, 500, 500] },
      { box: [100, 100, 200, 200] },
      { box: [30, 30, 30, 30] },
      { box: [40, 40, 35, 35] },
      { box: [Number.NaN, 5, Number.NaN, 9] },
      { box: [Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 10] },
    ];
    expect((await drawn(black(64, 64), found, true)).data.length).toBe(64 * 64 * 3);
  });

  test('of the surest detection lies on top', async () => {
    const sure = { box: [10, 10, 30, 30], classId: 0, score: 0.9 } as const;
    const unsure = { box: [10, 10, 50, 50], classId: 1, score: 0.3 } as const;
    const expected = pixel(await drawn(black(64, 64), [sure]), 10, 10);
    expect(pixel(await drawn(black(64, 64), [sure, unsure]), 10, 10)).toEqual(expected);
    expect(pixel(await drawn(black(64, 64), [unsure, sure]), 10, 10)).toEqual(expected);
  });
});

describe('a label', () => {
  test.each([
    [64, 64],
    [640, 480],
    [4000, 3000],
  ])('stands in a %i×%i picture, letters apart from their ground', async (width, height) => {
    const box = [width * 0.1, height * 0.5, width * 0.9, height * 0.9] as const;
    const plain = await drawn(black(width, height), [{ box }]);
    const labelled = await drawn(black(width, height), [{ box }], true);
    const ground = pixel(plain, Math.ceil(width * 0.1), Math.ceil(height * 0.5));
    let grounds = 0;
    let letters = 0;
    for (let i = 0; i < plain.data.length; i += 3) {
      if (plain.data[i] === labelled.data[i]) continue;
      if (labelled.data[i + 2] === ground[2]) grounds++;
      else if (Math.abs(labelled.data[i + 2] - ground[2]) > 150) letters++;
    }
    expect(letters).toBeGreaterThan(grounds * 0.1);
    expect(letters).toBeLessThan(grounds);
  });

  test('stays whole where the box touches an edge of the picture', async () => {
    const letters = async (box: Found['box']) => {
      const { data } = await drawn(black(640, 480), [{ box }], true);
      let white = 0;
      for (let i = 0; i < data.length; i += 3) if (data[i] + data[i + 1] + data[i + 2] === 3 * 255) white++;
      return white;
    };
    const inTheMiddle = await letters([300, 200, 340, 240]);
    expect(inTheMiddle).toBeGreaterThan(100);
    expect(await letters([0, 0, 60, 60])).toBe(inTheMiddle);
    expect(await letters([-20, -20, 60, 60])).toBe(inTheMiddle);
    expect(await letters([620, 0, 640, 60])).toBe(inTheMiddle);
    expect(await letters([620, 300, 640, 400])).toBe(inTheMiddle);
  });

  test('tells classes apart, and names those without a name', async () => {
    const box = [20, 40, 60, 60] as const;
    const pictures = await Promise.all([0, 1, 2].map((classId) => drawn(black(200, 100), [{ box, classId }], true)));
    expect(new Set(pictures.map(({ data }) => data.join())).size).toBe(3);
  });
});

describe('the label of a tracked object', () => {
  const numbered = async (label: string, track: number | null) => {
    const { space, boxes, scores, classIds } = detections(ownSpace(400, 100), [{ box: [20, 40, 60, 60] }]);
    const tracks = track === null ? null : Int32Array.of(track);
    const found = new Detections(boxes, scores, classIds, [label], space, null, tracks);
    const image = black(400, 100);
    return (await runNode<{ image: Image }>(draw, { image, detections: found, labels: true })).image.data;
  };

  test('has its number between class and score', async () => {
    expect(await numbered('person', 3)).toEqual(await numbered('person #3', null));
    expect(await numbered('person', 12)).not.toEqual(await numbered('person', 3));
  });
});

describe('the picture', () => {
  test('that came in stays as it was', async () => {
    const image = noise(64, 48, 3);
    const before = image.data.slice();
    await drawn(image, [{ box: [1, 1, 40, 40] }], true);
    expect(image.data).toEqual(before);
  });

  test('without detections comes out the same', async () => {
    const image = noise(64, 48, 4);
    expect(await drawn(image, [], true)).toEqual(image);
  });

  test('in grey becomes a colour one, transparency stays', async () => {
    const grey = await drawn(noise(32, 32, 1), [{ box: [4, 4, 20, 20] }]);
    expect(grey.channels).toBe(3);
    expect(new Set(pixel(grey, 4, 4)).size).toBeGreaterThan(1);
    expect(new Set(pixel(grey, 30, 30)).size).toBe(1);
    expect((await drawn(noise(32, 32, 4), [{ box: [4, 4, 20, 20] }])).channels).toBe(4);
  });

  test.each(['u16', 'f32'] as const)('of %s samples gets the same colours', async (depth) => {
    const bytes = await drawn(black(32, 32), [{ box: [4, 4, 20, 20] }]);
    const white = depth === 'u16' ? 65535 : 1;
    const data = depth === 'u16' ? new Uint16Array(32 * 32 * 3) : new Float32Array(32 * 32 * 3);
    const result = await drawn(new Image(depth, 32, 32, 3, data as never), [{ box: [4, 4, 20, 20] }]);
    pixel(bytes, 4, 4).forEach((sample, i) => {
      expect(pixel(result, 4, 4)[i] / white).toBeCloseTo(sample / 255, 2);
    });
  });

  test('of another size than the detections is refused, naming the way back', async () => {
    const foreign = detections(ownSpace(640, 640), [{ box: [1, 1, 2, 2] }]);
    const error = await refusal(runNode(draw, { image: black(810, 1080), detections: foreign }), 'E_SPACE');
    expect(error.message).toMatch(/640×640.*810×1080.*detect\/to-original/);
  });
});
