import { describe, expect, test } from 'vitest';
import type { NodeContext } from '../../../src/shared/node-api/context.ts';
import { Image } from '../../../src/shared/node-api/image.ts';
import { pin } from '../../../src/shared/node-api/pins.ts';
import type { PinView, Preview } from '../../../src/shared/protocol/preview.ts';
import {
  endless,
  failsFor,
  gather,
  numberPin,
  numbers,
  planOf,
  sink,
  type TestEngine,
  testEngine,
  testNode,
} from '../test-graph.ts';

const shownIn = { window: 'w' };
const anySink = sink(() => {});

/** A tensor in the arena, with a NaN in it. */
const tensor = testNode('tensor', {
  inputs: { first: pin.number({ default: 5 }) },
  outputs: { value: pin.tensor() },
  run({ first }, ctx) {
    const made = ctx.tensor('float32', [4]);
    made.data.set([first, Number.NaN, 1, 3]);
    return { value: made };
  },
});

/** Passes what it gets on. */
const pass = testNode('pass', {
  inputs: { value: pin.any() },
  outputs: { value: pin.any() },
  run: (inputs) => inputs,
});

const fails = failsFor(() => true);

/** Gives a picture whose samples are all the number of the item. */
const picture = testNode('picture', {
  inputs: numberPin,
  outputs: { image: pin.image() },
  run({ value }, ctx) {
    const image = ctx.image('u16', 20, 10, 1);
    image.data.fill(value);
    return { image };
  },
});

function look(engine: TestEngine, side: 'input' | 'output', path: string, maxSide = 0): PinView {
  const [node, name] = path.split('.');
  return engine.engine.previews.look('w', { ref: { node, side, pin: name }, maxSide });
}

function shown(view: PinView): Preview {
  if (view.state !== 'value') throw new Error(`${view.ref.node}.${view.ref.pin} is ${view.state}: ${view.reason}`);
  return view.preview;
}

async function expectNothingHeld(engine: TestEngine): Promise<void> {
  engine.engine.previews.forget('w');
  await engine.expectNothingHeld();
}

describe('after a run, a pin shows', () => {
  test('the value there was, in the arena or not', async () => {
    await using engine = await testEngine();
    await engine.run(
      planOf({ tensor, pass, sink: anySink }, ['tensor.value -> pass.value', 'pass.value -> sink.value']),
      {
        shownIn,
      },
    );
    for (const view of [look(engine, 'output', 'tensor.value'), look(engine, 'input', 'sink.value')]) {
      expect(shown(view)).toMatchObject({
        run: 'test-1',
        item: null,
        type: 'float32[4]',
        bytes: 16,
        content: { kind: 'tensor', statistics: { range: { min: 1, max: 5, mean: 3 }, nan: 1, exact: true } },
      });
    }
    await expectNothingHeld(engine);
  });

  test('the number there was, of the quick way through small nodes too', async () => {
    await using engine = await testEngine({ checkInputs: false });
    const double = testNode('double', {
      inputs: numberPin,
      outputs: numberPin,
      run: ({ value }) => ({ value: 2 * value }),
    });
    const nodes = { one: { use: double, params: { value: 4 } }, two: double, sink: anySink };
    await engine.run(planOf(nodes, ['one.value -> two.value', 'two.value -> sink.value']), { shownIn });
    expect(shown(look(engine, 'output', 'one.value')).content).toEqual({ kind: 'scalar', value: 8 });
    expect(shown(look(engine, 'input', 'sink.value')).content).toEqual({ kind: 'scalar', value: 16 });
  });

  test('the literal of an input without a wire', async () => {
    await using engine = await testEngine();
    await engine.run(planOf({ tensor: { use: tensor, params: { first: 8 } } }), { shownIn });
    expect(shown(look(engine, 'input', 'tensor.first')).content).toEqual({ kind: 'scalar', value: 8 });
  });

  test('what arrived at a node that failed, and at the failed node itself why', async () => {
    await using engine = await testEngine();
    const nodes = {
      tensor,
      fails: testNode('sums', { inputs: { of: pin.tensor() }, outputs: numberPin, run: refuse }),
      sink: anySink,
    };
    await engine.run(planOf(nodes, ['tensor.value -> fails.of', 'fails.value -> sink.value']), { shownIn });
    expect(shown(look(engine, 'input', 'fails.of')).type).toBe('float32[4]');
    expect(look(engine, 'output', 'fails.value')).toMatchObject({ state: 'failed', reason: 'fails failed: not today' });
    await expectNothingHeld(engine);
  });

  test('that its node was skipped, and because of which', async () => {
    await using engine = await testEngine();
    const nodes = { one: { use: fails, params: { value: 1 } }, pass, sink: anySink };
    await engine.run(planOf(nodes, ['one.value -> pass.value', 'pass.value -> sink.value']), { shownIn });
    expect(look(engine, 'output', 'pass.value')).toMatchObject({ state: 'skipped', reason: 'one failed.' });
  });

  test('that nothing was there to take part in the run for', async () => {
    await using engine = await testEngine();
    await engine.run(planOf({ tensor, idle: tensor, sink: anySink }, ['tensor.value -> sink.value']), { shownIn });
    expect(look(engine, 'output', 'idle.value')).toMatchObject({ state: 'skipped' });
  });

  test('nothing, where it is no pin of the graph', async () => {
    await using engine = await testEngine();
    expect(look(engine, 'output', 'tensor.value')).toMatchObject({ state: 'empty' });
    await engine.run(planOf({ tensor }), { shownIn });
    expect(look(engine, 'output', 'tensor.other')).toMatchObject({ state: 'empty' });
    expect(look(engine, 'output', 'other.value')).toMatchObject({ state: 'empty' });
  });

  test('the value from the cache, and those before that were not needed again', async () => {
    await using engine = await testEngine();
    const plan = planOf({ tensor, pass, sink: anySink }, ['tensor.value -> pass.value', 'pass.value -> sink.value']);
    await engine.run(plan, { shownIn });
    const again = await engine.run(plan, { shownIn });
    expect(again.states).toEqual({ pass: 'cached', sink: 'done' });
    for (const path of ['tensor.value', 'pass.value']) {
      expect(shown(look(engine, 'output', path))).toMatchObject({ run: 'test-2', type: 'float32[4]' });
    }
    await expectNothingHeld(engine);
  });

  test('the list that a stream was folded into', async () => {
    await using engine = await testEngine();
    const nodes = { numbers: numbers(5), gather, sink: anySink };
    await engine.run(planOf(nodes, ['numbers.value -> gather.value', 'gather.list -> sink.value']), { shownIn });
    expect(shown(look(engine, 'output', 'gather.list')).content).toMatchObject({
      kind: 'list',
      total: 5,
      statistics: { range: { min: 0, max: 4, mean: 2 } },
    });
  });

  test('the last item of a stream, watched or not', async () => {
    await using engine = await testEngine();
    const nodes = { numbers: numbers(30), picture, sink: anySink };
    await engine.run(planOf(nodes, ['numbers.value -> picture.value', 'picture.image -> sink.value']), { shownIn });
    expect(shown(look(engine, 'input', 'sink.value', 8))).toMatchObject({
      item: 29,
      type: 'image 20×10×1',
      bytes: 400,
      content: { depth: 'u16', statistics: { range: { min: 29, max: 29 } }, picture: { width: 8, height: 4 } },
    });
    expect(shown(look(engine, 'input', 'picture.value')).content).toEqual({ kind: 'scalar', value: 29 });
    await expectNothingHeld(engine);
  });

  test('the item that made a node fail, though later ones were on their way', async () => {
    await using engine = await testEngine();
    const slowlyFails = testNode('slowly-fails', {
      inputs: { image: pin.image() },
      outputs: numberPin,
      async run({ image }) {
        if (image.data[0] === 3) await new Promise((resolve) => setTimeout(resolve, 30));
        if (image.data[0] === 3) throw new Error('three');
        return { value: 1 };
      },
    });
    const nodes = { numbers: numbers(30), picture, slowly: slowlyFails, sink: anySink };
    const wires = ['numbers.value -> picture.value', 'picture.image -> slowly.image', 'slowly.value -> sink.value'];
    const { summary } = await engine.run(planOf(nodes, wires), { shownIn });
    expect(summary.status).toBe('failed');
    const { item, content } = shown(look(engine, 'input', 'slowly.image'));
    expect({ item, content }).toMatchObject({ item: 3, content: { statistics: { range: { min: 3, max: 3 } } } });
    expect(shown(look(engine, 'output', 'picture.image')).item).toBeGreaterThan(3);
    await expectNothingHeld(engine);
  });

  test('the last item of a run that was stopped', async () => {
    await using engine = await testEngine();
    const nodes = { endless: endless([], pause), picture, sink: anySink };
    let seen = 0;
    const counting = sink(() => {
      if (++seen === 5) engine.engine.cancel('test-1');
    });
    const wires = ['endless.value -> picture.value', 'picture.image -> sink.value'];
    const { summary } = await engine.run(planOf({ ...nodes, sink: counting }, wires), { shownIn });
    expect(summary.status).toBe('cancelled');
    expect(shown(look(engine, 'output', 'picture.image')).item).toBeGreaterThanOrEqual(4);
    await expectNothingHeld(engine);
  });
});

describe('what is held to be looked at', () => {
  test('is nothing for a run that no window shows', async () => {
    await using engine = await testEngine();
    const written = testNode('written', { effects: 'writes', inputs: {}, outputs: { value: pin.tensor() }, run: make });
    await engine.run(planOf({ written }));
    await engine.expectNothingHeld();
  });

  test('makes room for the next run of the same graph, not for that of another', async () => {
    await using engine = await testEngine();
    const written = testNode('written', { effects: 'writes', inputs: {}, outputs: { value: pin.tensor() }, run: make });
    const plan = planOf({ written });
    const held = () => engine.engine.store.stats().arena.slabs;
    await engine.run(plan, { shownIn: { window: 'w', graph: 'a' } });
    await engine.run(plan, { shownIn: { window: 'w', graph: 'a' } });
    expect(held()).toBe(1);
    await engine.run(plan, { shownIn: { window: 'w', graph: 'b' } });
    expect(held()).toBe(2);
    await expectNothingHeld(engine);
  });

  test('goes when memory is short, before the cache does, and says so', async () => {
    await using engine = await testEngine({ budgetBytes: 1_000_000 });
    const big = (name: string, bytes: number, effects?: 'writes') =>
      testNode(name, {
        ...(effects === undefined ? {} : { effects }),
        inputs: {},
        outputs: { value: pin.tensor() },
        run: (_, ctx) => ({ value: ctx.tensor('uint8', [bytes]) }),
      });
    const cached = big('cached', 300_000);
    const written = big('written', 400_000, 'writes');
    const both = planOf({ cached, sink: anySink, written }, ['cached.value -> sink.value']);
    await engine.run(both, { shownIn });
    expect(shown(look(engine, 'output', 'written.value')).bytes).toBe(400_000);
    await engine.run(planOf({ other: big('other', 500_000, 'writes') }), { shownIn: { window: 'other' } });
    expect(look(engine, 'output', 'written.value')).toEqual({
      ref: { node: 'written', side: 'output', pin: 'value' },
      state: 'gone',
      reason: 'The value had to make room for others: run again to see it.',
      last: { type: 'uint8[400000]', bytes: 400_000 },
    });
    expect(shown(look(engine, 'output', 'cached.value')).bytes).toBe(300_000);
  });

  test('never takes memory that the items of a stream need', async () => {
    await using engine = await testEngine({ budgetBytes: 1_000_000, window: 4 });
    const heavy = testNode('heavy', {
      inputs: numberPin,
      outputs: { value: pin.tensor() },
      run: (_, ctx) => ({ value: ctx.tensor('uint8', [240_000]) }),
    });
    const wires = ['numbers.value -> a.value', 'a.value -> sink.value', 'numbers.value -> b.value'];
    const { summary } = await engine.run(
      planOf({ numbers: numbers(20), a: heavy, b: heavy, sink: anySink, other: anySink }, [
        ...wires,
        'b.value -> other.value',
      ]),
      { shownIn },
    );
    expect(summary.status).toBe('done');
    const view = look(engine, 'output', 'a.value');
    if (view.state === 'value') expect(view.preview.bytes).toBe(240_000);
    else expect(view).toMatchObject({ state: 'passed', last: { type: 'uint8[240000]', bytes: 240_000 } });
    await expectNothingHeld(engine);
  });

  test('is given back when the window goes while the run goes on', async () => {
    await using engine = await testEngine();
    let seen = 0;
    const nodes = {
      numbers: numbers(40),
      picture,
      sink: sink(() => {
        if (++seen === 10) engine.engine.previews.forget('w');
      }),
    };
    await engine.run(planOf(nodes, ['numbers.value -> picture.value', 'picture.image -> sink.value']), { shownIn });
    await engine.expectNothingHeld();
  });

  test('is the very value, and not a copy: it is only looked into when somebody asks', async () => {
    await using engine = await testEngine();
    const image = new Image('u8', 2, 2, 1, new Uint8Array(4));
    const given = testNode('given', {
      effects: 'writes',
      inputs: {},
      outputs: { image: pin.image() },
      run: () => ({ image }),
    });
    await engine.run(planOf({ given }), { shownIn });
    image.data.fill(9);
    expect(shown(look(engine, 'output', 'given.image')).content).toMatchObject({ statistics: { range: { max: 9 } } });
  });
});

function refuse(): never {
  throw new Error('not today');
}

function make(_: unknown, ctx: NodeContext) {
  return { value: ctx.tensor('float32', [8]) };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
