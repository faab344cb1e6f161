import { defineNode, pin, type Tensor } from 'weft';

export default defineNode({
  type: 'e2e/maps',
  version: 1,
  title: 'Maps',
  summary: 'A batch of two times 70 feature maps of 10 × 8; each value tells its place: batch, map, row and column.',
  inputs: {},
  outputs: { tensor: pin.rule<Tensor>({ kind: 'tensor', dtype: 'float32', shape: [2, 70, 8, 10] }) },
  run(_, ctx) {
    const tensor = ctx.tensor('float32', [2, 70, 8, 10]);
    for (let batch = 0, at = 0; batch < 2; batch++)
      for (let map = 0; map < 70; map++)
        for (let row = 0; row < 8; row++)
          for (let column = 0; column < 10; column++)
            tensor.data[at++] = batch * 10_000 + map * 100 + row * 10 + column;
    return { tensor };
  },
});
