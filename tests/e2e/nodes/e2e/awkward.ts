import { defineNode, pin, type Tensor } from 'weft';

export default defineNode({
  type: 'e2e/awkward',
  version: 1,
  title: 'Awkward tensor',
  summary: 'A tensor of 2 × 3 with one NaN and one infinity.',
  inputs: {},
  outputs: { tensor: pin.rule<Tensor>({ kind: 'tensor', dtype: 'float32', shape: [2, 3] }) },
  run(_, ctx) {
    const tensor = ctx.tensor('float32', [2, 3]);
    tensor.data.set([1.5, Number.NaN, -2, Number.POSITIVE_INFINITY, 4, 0.25]);
    return { tensor };
  },
});
