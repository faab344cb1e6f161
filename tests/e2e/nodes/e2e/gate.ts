import { existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { defineNode, pin } from 'weft';

export default defineNode({
  type: 'e2e/gate',
  version: 1,
  title: 'Gate',
  summary: 'Gives a value on once a file says a number above that of its item: the test writes it.',
  inputs: { x: pin.any(), file: pin.string() },
  outputs: { y: pin.rule({ kind: 'same-as', pin: 'x' }) },
  async run({ x, file }, ctx) {
    ctx.progress(0.25, 'Waiting at the gate');
    while (!existsSync(file) || Number(readFileSync(file, 'utf8')) <= (ctx.item ?? 0)) {
      await setTimeout(10, undefined, { signal: ctx.signal });
    }
    return { y: x };
  },
});
