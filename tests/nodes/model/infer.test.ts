import { describe, expect, test } from 'vitest';
import bundle from '../../../nodes/model/bundle.ts';
import infer from '../../../nodes/model/infer.ts';
import pick from '../../../nodes/model/pick.ts';
import { Tensor } from '../../../src/shared/node-api/tensor.ts';
import { HeapContext, runNode } from '../node-context.ts';
import { AnsweringModels, modelOf, port } from './models.ts';

const scalar = (value: number) => new Tensor('float32', [1], Float32Array.of(value));
const [a, b, c] = [scalar(1), scalar(2), scalar(3)];
const model = modelOf([port('images'), port('sizes')], [port('boxes'), port('scores')]);

async function inferred(
  inputs: object,
  answer = new Map([
    ['scores', b],
    ['boxes', a],
  ]),
) {
  const models = new AnsweringModels(answer);
  const result = await runNode(infer, { model, ...inputs }, new HeapContext({ models }));
  return { given: models.given, result };
}

describe('model/infer', () => {
  test("`input` is the tensor for the model's first input", async () => {
    expect((await inferred({ input: a })).given).toEqual([new Map([['images', a]])]);
  });

  test('`inputs` are the tensors for further inputs', async () => {
    const { given } = await inferred({ input: a, inputs: new Map([['sizes', b]]) });
    expect(given).toEqual([
      new Map([
        ['images', a],
        ['sizes', b],
      ]),
    ]);
  });

  test('`inputs` may hold them all', async () => {
    const inputs = new Map([
      ['images', a],
      ['sizes', b],
    ]);
    expect((await inferred({ inputs })).given).toEqual([inputs]);
  });

  test('a model without inputs runs on nothing', async () => {
    expect((await inferred({ model: modelOf([], [port('boxes')]) })).given).toEqual([new Map()]);
  });

  test("gives the first output of the signature, whatever the model's answer begins with, and all by name", async () => {
    const { result } = await inferred({ input: a });
    expect(result.output).toBe(a);
    expect(result.outputs).toEqual(
      new Map([
        ['boxes', a],
        ['scores', b],
      ]),
    );
  });

  test('refuses two tensors for one input', async () => {
    await expect(inferred({ input: a, inputs: new Map([['images', b]]) })).rejects.toMatchObject({
      code: 'E_MODEL_INPUT',
      message: expect.stringContaining('`images`'),
    });
  });

  test('says so when the model leaves its first output out', async () => {
    await expect(inferred({ input: a }, new Map([['scores', b]]))).rejects.toMatchObject({
      code: 'E_MODEL_RUN',
      message: expect.stringContaining('`boxes`'),
    });
  });
});

describe('bundles of tensors', () => {
  test('are made one tensor after the other, without changing the bundle before', async () => {
    const { tensors: one } = await runNode(bundle, { name: 'images', tensor: a });
    const { tensors: two } = await runNode(bundle, { tensors: one, name: 'sizes', tensor: b });
    expect(one).toEqual(new Map([['images', a]]));
    expect(two).toEqual(
      new Map([
        ['images', a],
        ['sizes', b],
      ]),
    );
  });

  test('refuse a second tensor of the same name', async () => {
    await expect(runNode(bundle, { tensors: new Map([['x', a]]), name: 'x', tensor: b })).rejects.toMatchObject({
      code: 'E_VALUE',
      place: { pin: 'name' },
    });
  });

  test('give the very tensor back by its name', async () => {
    expect(
      (
        await runNode(pick, {
          tensors: new Map([
            ['x', a],
            ['y', c],
          ]),
          name: 'y',
        })
      ).tensor,
    ).toBe(c);
  });

  test('name the tensors there are when there is none of the name', async () => {
    await expect(
      runNode(pick, {
        tensors: new Map([
          ['x', a],
          ['y', c],
        ]),
        name: 'z',
      }),
    ).rejects.toMatchObject({
      code: 'E_VALUE',
      message: 'The bundle has no tensor named `z`: choose `x` or `y`.',
    });
  });
});
