import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../src/main/engine/plan.ts';
import { pin } from '../../../src/shared/node-api/pins.ts';
import type { PinWatch, PreviewMessage } from '../../../src/shared/protocol/preview.ts';
import { endless, numberPin, numbers, planOf, sink, type TestEngine, testEngine, testNode } from '../test-graph.ts';

const shownIn = { window: 'w' };
const anySink = sink(() => {});

/** A picture of 640 × 480 whose samples are all the number of the item. */
const picture = testNode('picture', {
  inputs: numberPin,
  outputs: { image: pin.image() },
  run({ value }, ctx) {
    const image = ctx.image('u8', 640, 480, 3);
    image.data.fill(value);
    return { image };
  },
});

const IMAGE: PinWatch = { id: 'image', ref: { node: 'picture', side: 'output', pin: 'image' }, maxSide: 64 };
const ITEM: PinWatch = { id: 'item', ref: { node: 'picture', side: 'input', pin: 'value' }, maxSide: 0 };

/** An engine with a window that keeps what it is told. */
async function watching(acknowledges: boolean): Promise<{ engine: TestEngine; messages: PreviewMessage[] }> {
  const messages: PreviewMessage[] = [];
  const engine = await testEngine({
    checkInputs: false,
    deliverPreviews(previews) {
      for (const { window, message } of previews) {
        messages.push(message);
        if (acknowledges) setImmediate(() => engine.engine.previews.acknowledge(window, [message.watch]));
      }
    },
  });
  return { engine, messages };
}

const itemOf = ({ view }: PreviewMessage) => (view.state === 'value' ? view.preview.item : null);
const statesOf = (messages: readonly PreviewMessage[]) => messages.map(({ view }) => view.state);

/** A stream of pictures that is stopped when enough has been seen; it is told how many have gone by. */
async function runUntil(engine: TestEngine, enough: (items: number) => boolean): Promise<void> {
  const run = engine.nextRun;
  const source = endless([], async (item) => {
    if (enough(item)) engine.engine.cancel(run);
    await pause();
  });
  const nodes = { endless: source, picture, sink: anySink };
  await engine.run(planOf(nodes, ['endless.value -> picture.value', 'picture.image -> sink.value']), { shownIn });
}

function onceOf(): Plan {
  return planOf({ one: { use: picture, params: { value: 3 } }, sink: anySink }, ['one.image -> sink.value']);
}

describe('a watched pin', () => {
  test('is told of at once, though nothing has run', async () => {
    const { engine, messages } = await watching(true);
    await using _ = engine;
    engine.engine.previews.watch('w', [IMAGE]);
    await until(() => messages.length === 1);
    expect(messages[0]).toEqual({
      watch: 'image',
      view: { ref: IMAGE.ref, state: 'empty', reason: 'There is no value yet: run the graph.' },
    });
  });

  test('is told of again and again while a stream flows, always of a later item, and at last exactly', async () => {
    const { engine, messages } = await watching(true);
    await using _ = engine;
    engine.engine.previews.watch('w', [IMAGE]);
    await runUntil(engine, () => messages.length > 5);
    await until(() => isExact(messages.at(-1)));
    const items = messages.filter(({ view }) => view.state === 'value').map(itemOf);
    // The last is told twice: while the run went on, and exactly.
    expect(items.slice(0, -1)).toEqual([...new Set(items.slice(0, -1))].sort((a, b) => Number(a) - Number(b)));
    expect(isExact(messages.find(({ view }) => view.state === 'value'))).toBe(false);
  });

  test('is not told of again before the window has shown it, and then of the latest', async () => {
    const { engine, messages } = await watching(false);
    await using _ = engine;
    engine.engine.previews.watch('w', [IMAGE, ITEM]);
    await until(() => messages.length === 2);
    await runUntil(engine, (items) => items > 50);
    expect(messages.length).toBe(2);
    engine.engine.previews.acknowledge('w', ['image']);
    await until(() => messages.length === 3);
    expect(messages[2]).toMatchObject({ watch: 'image', view: { state: 'value' } });
    expect(itemOf(messages[2])).toBeGreaterThan(40);
  });

  test('is not told of again while it stays the same', async () => {
    const { engine, messages } = await watching(true);
    await using _ = engine;
    await engine.run(onceOf(), { shownIn });
    engine.engine.previews.watch('w', [{ ...IMAGE, ref: { ...IMAGE.ref, node: 'one' } }]);
    await until(() => messages.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(statesOf(messages)).toEqual(['value']);
  });

  test('is not told of again when the window begins to watch another', async () => {
    const { engine, messages } = await watching(true);
    await using _ = engine;
    await engine.run(onceOf(), { shownIn });
    const watch = { ...IMAGE, ref: { ...IMAGE.ref, node: 'one' } };
    engine.engine.previews.watch('w', [watch]);
    await until(() => messages.length === 1);
    engine.engine.previews.watch('w', [watch, { ...watch, id: 'other' }]);
    await until(() => messages.length === 2);
    expect(messages.map((message) => message.watch)).toEqual(['image', 'other']);
  });

  test('is told of with another size when the window asks for one', async () => {
    const { engine, messages } = await watching(true);
    await using _ = engine;
    await engine.run(onceOf(), { shownIn });
    const watch = { ...IMAGE, ref: { ...IMAGE.ref, node: 'one' } };
    for (const [k, maxSide] of [32, 320].entries()) {
      engine.engine.previews.watch('w', [{ ...watch, maxSide }]);
      await until(() => messages.length === k + 1);
    }
    const widths = messages.map(({ view }) => {
      const content = view.state === 'value' ? view.preview.content : null;
      return content?.kind === 'picture' ? content.picture?.width : undefined;
    });
    expect(widths).toEqual([32, 320]);
  });

  test('is told of together with another of the very same item, though that comes later', async () => {
    const { engine, messages } = await watching(true);
    await using _ = engine;
    const slow = testNode('slow', {
      inputs: { image: pin.image() },
      outputs: { brightness: pin.number() },
      async run({ image }) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { brightness: image.data[0] };
      },
    });
    const brightness: PinWatch = {
      id: 'brightness',
      ref: { node: 'slow', side: 'output', pin: 'brightness' },
      maxSide: 0,
      together: 'a',
    };
    engine.engine.previews.watch('w', [{ ...IMAGE, together: 'a' }, brightness]);
    const nodes = { numbers: numbers(40), picture, slow, sink: anySink };
    const wires = ['numbers.value -> picture.value', 'picture.image -> slow.image', 'slow.brightness -> sink.value'];
    await engine.run(planOf(nodes, wires), { shownIn });
    const itemsOf = (id: string) =>
      messages.filter(({ watch, view }) => watch === id && view.state === 'value').map(itemOf);
    await until(() => itemsOf('brightness').at(-1) === 39);
    const shownTogether = new Set(itemsOf('brightness'));
    // Before the first brightness there is, the picture is alone.
    const alone = itemsOf('image').filter((item) => !shownTogether.has(item));
    expect(alone.every((item) => Number(item) < Number(itemsOf('brightness')[0]) + 8)).toBe(true);
    expect(itemsOf('image').filter((item) => shownTogether.has(item))).toEqual(itemsOf('brightness'));
    engine.engine.previews.forget('w');
    await engine.expectNothingHeld();
  });

  test('of one graph of a window does not show the run of another', async () => {
    const { engine, messages } = await watching(true);
    await using _ = engine;
    const ref = { ...IMAGE.ref, node: 'one' };
    engine.engine.previews.watch('w', [{ ...IMAGE, ref, graph: 'b' }]);
    await engine.run(onceOf(), { shownIn: { window: 'w', graph: 'a' } });
    await until(() => messages.length === 1);
    expect(statesOf(messages)).toEqual(['empty']);
    await engine.run(onceOf(), { shownIn: { window: 'w', graph: 'b' } });
    await until(() => statesOf(messages).includes('value'));
  });

  test('that nothing else needs makes its node run', async () => {
    const { engine } = await watching(true);
    await using _ = engine;
    const plan = planOf({ one: { use: picture, params: { value: 3 } }, numbers: numbers(2), sink: anySink }, [
      'numbers.value -> sink.value',
    ]);
    expect((await engine.run(plan, { shownIn })).states).not.toHaveProperty('one');
    engine.engine.previews.watch('w', [{ ...IMAGE, ref: { ...IMAGE.ref, node: 'one' } }]);
    expect((await engine.run(plan, { shownIn })).states.one).toBe('done');
  });
});

describe('watching', () => {
  test('loses no item of a stream, and holds nothing when the window is gone', async () => {
    const { engine } = await watching(true);
    await using _ = engine;
    engine.engine.previews.watch('w', [IMAGE, ITEM]);
    const received: unknown[] = [];
    const nodes = { numbers: numbers(200), picture, sink: sink((_value, item) => received.push(item)) };
    await engine.run(planOf(nodes, ['numbers.value -> picture.value', 'picture.image -> sink.value']), { shownIn });
    expect(received).toEqual(Array.from({ length: 200 }, (_, k) => k));
    engine.engine.previews.forget('w');
    await engine.expectNothingHeld();
  });

  test('tells of numbers of a stream with those that went by before, though nobody looked', async () => {
    const { engine, messages } = await watching(true);
    await using _ = engine;
    const plan = planOf({ numbers: numbers(30), sink: anySink }, ['numbers.value -> sink.value']);
    await engine.run(plan, { shownIn });
    engine.engine.previews.watch('w', [
      { id: 'number', ref: { node: 'numbers', side: 'output', pin: 'value' }, maxSide: 0 },
    ]);
    await until(() => messages.length === 1);
    const [{ view }] = messages;
    const series = view.state === 'value' ? view.preview.series : null;
    const all = Array.from({ length: 30 }, (_value, k) => k);
    expect([...(series?.items ?? [])]).toEqual(all);
    expect([...(series?.values ?? [])]).toEqual(all);
  });

  test('looks into a value once, though it lies at several pins', async () => {
    const delivered: PreviewMessage[][] = [];
    const engine = await testEngine({
      checkInputs: false,
      deliverPreviews: (previews) => delivered.push(previews.map(({ message }) => message)),
    });
    await using _ = engine;
    await engine.run(onceOf(), { shownIn });
    const at = (id: string, node: string, side: 'input' | 'output', pin: string): PinWatch => ({
      id,
      ref: { node, side, pin },
      maxSide: 64,
    });
    engine.engine.previews.watch('w', [at('a', 'one', 'output', 'image'), at('b', 'sink', 'input', 'value')]);
    await until(() => delivered.length === 1);
    const [a, b] = delivered[0].map(({ view }) => (view.state === 'value' ? view.preview.content : null));
    expect(a).not.toBeNull();
    expect(b).toBe(a);
  });

  test('of many pins gives each its turn', async () => {
    const { engine, messages } = await watching(true);
    await using _ = engine;
    const watches = Array.from({ length: 60 }, (_, k) => ({ ...IMAGE, id: `image ${k}`, maxSide: 640 }));
    engine.engine.previews.watch('w', watches);
    await until(() => messages.length === 60);
    const shown = () => new Set(messages.filter(({ view }) => view.state === 'value').map(({ watch }) => watch));
    await runUntil(engine, () => shown().size > 5);
    await until(() => shown().size === 60);
  });
});

function isExact(message: PreviewMessage | undefined): boolean {
  if (message?.view.state !== 'value') return false;
  const { content } = message.view.preview;
  return content.kind === 'picture' && content.statistics.exact;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

/** Waits for what is bound to come; the test's own time limit ends it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause();
}
