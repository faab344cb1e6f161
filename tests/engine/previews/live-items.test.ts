import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { pin } from '../../../src/shared/node-api/pins.ts';
import type { Preview, PreviewMessage } from '../../../src/shared/protocol/preview.ts';
import { frameOf } from '../../shared/node-api/frames.ts';
import { planOf, sink, testEngine, testNode } from '../test-graph.ts';

const TAKEN = 1_234_567;

/** Gives ten frames; of every second one it is known when it was captured. */
function camera(live: boolean) {
  return testNode('camera', {
    ...(live ? { live: true as const } : {}),
    inputs: {},
    outputs: { frame: pin.frame(), number: pin.number() },
    async *source() {
      for (let number = 0; number < 10; number++) {
        await wait(20);
        yield { frame: frameOf(16, 16, () => 100, number % 2 === 1 ? { takenAt: TAKEN } : {}), number };
      }
    },
  });
}

const double = testNode('double', {
  inputs: { number: pin.number() },
  outputs: { value: pin.number() },
  run: ({ number }) => ({ value: 2 * number }),
});

/** What a window that looks at what comes after the source was told of its items. */
async function seenOf(live: boolean): Promise<Preview[]> {
  const messages: PreviewMessage[] = [];
  await using engine = await testEngine({
    deliverPreviews(previews) {
      for (const { message } of previews) {
        messages.push(message);
        setImmediate(() => engine.engine.previews.acknowledge('w', [message.watch]));
      }
    },
  });
  engine.engine.previews.watch('w', [
    { id: 'value', ref: { node: 'double', side: 'output', pin: 'value' }, maxSide: 0 },
  ]);
  const nodes = { camera: camera(live), double, sink: sink(() => {}) };
  const plan = planOf(nodes, ['camera.number -> double.number', 'double.value -> sink.value']);
  await engine.run(plan, { shownIn: { window: 'w' } });
  return messages.flatMap(({ view }) => (view.state === 'value' ? [view.preview] : []));
}

test('whatever is made of an item of a live source says when that was taken', async () => {
  const before = Date.now();
  const seen = await seenOf(true);
  expect(seen.length).toBeGreaterThan(0);
  for (const { item, takenAt } of seen) {
    if (Number(item) % 2 === 1) expect(takenAt).toBe(TAKEN);
    // Nobody has told: it is when the item came.
    else expect(takenAt).toBeGreaterThanOrEqual(before - 1);
  }
});

test('items of a file are not new, whenever they are read', async () => {
  for (const preview of await seenOf(false)) expect(preview.takenAt).toBeUndefined();
});
