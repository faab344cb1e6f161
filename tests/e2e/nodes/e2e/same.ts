import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'e2e/same',
  version: 1,
  title: 'Same',
  summary: 'Gives what it gets: as little work as a node can do.',
  inputs: { x: pin.number() },
  outputs: { y: pin.number() },
  run: ({ x }) => ({ y: x }),
});
