import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'e2e/rows',
  version: 1,
  title: 'Rows',
  summary: 'A table of 400 rows, and a record that holds others.',
  inputs: {},
  outputs: { table: pin.json(), tree: pin.json() },
  run: () => ({
    table: Array.from({ length: 400 }, (_, k) => ({ name: `row ${k}`, score: (k * 37) % 400 })),
    tree: { name: 'root', inner: { list: [1, 2, 3], deep: { deeper: 'found' } } },
  }),
});
