import { describe, expect, test } from 'vitest';
import topK from '../../../nodes/classify/top-k.ts';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { refusal } from '../image/pictures.ts';
import { runNode } from '../node-context.ts';

interface Top {
  readonly classes: { label: string; classId: number; score: number }[];
  readonly label: string;
  readonly score: number;
}

const output = (numbers: readonly number[], shape: readonly number[] = [1, numbers.length]) =>
  new Tensor('float32', shape, Float32Array.from(numbers));
const top = (numbers: readonly number[], inputs: object = {}) =>
  runNode<Top>(topK, { output: output(numbers), ...inputs });

describe('classify/top-k', () => {
  test('names the surest first, and as many as asked for', async () => {
    const { classes, label, score } = await top([0.125, 0.5, 0.375], { count: 2, labels: ['cat', 'dog', 'owl'] });
    expect(classes).toEqual([
      { label: 'dog', classId: 1, score: 0.5 },
      { label: 'owl', classId: 2, score: 0.375 },
    ]);
    expect([label, score]).toEqual(['dog', 0.5]);
  });

  test('makes probabilities of logits', async () => {
    const { classes } = await top([0, Math.log(3)]);
    expect(classes.map(({ score }) => score)).toEqual([expect.closeTo(0.75, 6), expect.closeTo(0.25, 6)]);
  });

  test('also of logits too large for exp', async () => {
    expect((await top([1000, 990])).score).toBeCloseTo(1 / (1 + Math.exp(-10)), 6);
  });

  test('leaves probabilities as they are unless told otherwise', async () => {
    expect((await top([0.25, 0.75])).score).toBe(0.75);
    expect((await top([0.25, 0.75], { softmax: 'always' })).score).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 6);
    expect((await top([2, 5], { softmax: 'never' })).score).toBe(5);
  });

  test('without labels, classes go by their numbers', async () => {
    expect((await top([0, 1])).label).toBe('class 1');
  });

  test('axes of length 1 do not matter', async () => {
    const { label } = await runNode<Top>(topK, { output: output([0, 1, 0], [1, 3, 1, 1]) });
    expect(label).toBe('class 1');
  });

  test.each<[string, Tensor, object]>([
    ['several pictures', output([0, 1, 2, 3], [2, 2]), {}],
    ['nothing', output([], [1, 0]), {}],
    ['numbers that are not finite', output([0, Number.NaN]), {}],
    ['text', new Tensor('string', [1], ['cat']), {}],
    ['labels of another model', output([0, 1]), { labels: ['cat'] }],
  ])('refuses %s', async (_, tensor, inputs) => {
    await refusal(runNode(topK, { output: tensor, ...inputs }), 'E_VALUE');
  });
});
