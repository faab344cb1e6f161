import { defineNode, pin, type Tensor } from 'weft';

export default defineNode({
  type: 'test/ones',
  version: 1,
  title: 'Ones',
  summary: 'A float32 tensor of any shape with one value in every element.',
  inputs: { value: pin.number({ default: 1 }), shape: pin.list(pin.integer(), { default: [1, 4] }) },
  outputs: { tensor: pin.rule<Tensor>({ kind: 'tensor', dtype: null, shape: null }) },
  run({ value, shape }, ctx) {
    const tensor = ctx.tensor('float32', shape);
    tensor.data.fill(value);
    return { tensor };
  },
});
