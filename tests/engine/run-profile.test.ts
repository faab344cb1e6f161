import { describe, expect, test } from 'vitest';
import type { PlanNode } from '../../src/main/engine/plan.ts';
import { Recorder } from '../../src/main/engine/recorder.ts';
import type { RunProfile } from '../../src/shared/protocol/run-report.ts';
import { numberPin, numbers, planOf, sink, testEngine, testNode } from './test-graph.ts';

const shownIn = { window: 'w' };

const anySink = sink(() => {});

const wait = testNode('wait', {
  inputs: numberPin,
  outputs: numberPin,
  async run(inputs) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return inputs;
  },
});

const same = testNode('same', { inputs: numberPin, outputs: numberPin, run: (inputs) => inputs });

describe('the profile of a run', () => {
  test('tells when each node was at work, on which item, and what it gave', async () => {
    await using engine = await testEngine();
    const nodes = { numbers: numbers(3), wait, sink: anySink };
    const plan = planOf(nodes, ['numbers.value -> wait.value', 'wait.value -> sink.value']);
    const { summary } = await engine.run(plan, { shownIn, record: true });
    const profile = engine.engine.runProfile('test-1');
    expect(profile.dropped).toBe(0);
    expect(profile.nodes.find(({ id }) => id === 'wait')).toEqual({ id: 'wait', type: 'test/wait@1' });
    expect(profile.processes).toEqual([{ name: 'engine', pid: process.pid }]);
    const spans = spansOf(profile);
    expect(
      spans.filter(({ node }) => node === 'wait').map(({ item, process, bytes }) => [item, process, bytes]),
    ).toEqual([
      [0, 0, 8],
      [1, 0, 8],
      [2, 0, 8],
    ]);
    for (const { start, end } of spans) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(summary.ms + 50);
    }
    expect(spans.filter(({ node }) => node === 'numbers').map(({ item }) => item)).toEqual([0, 1, 2]);
  });

  test('adds up to what the run says of each node, whatever kind it is', async () => {
    await using engine = await testEngine();
    const once = { use: anySink, params: { value: 1 } };
    const nodes = { numbers: numbers(50), wait, same, once, sink: anySink };
    const plan = planOf(nodes, ['numbers.value -> wait.value', 'wait.value -> same.value', 'same.value -> sink.value']);
    const { events } = await engine.run(plan, { shownIn, record: true });
    const spans = spansOf(engine.engine.runProfile('test-1'));
    const told = events.filter((event) => event.event === 'node.finished');
    for (const { node, ms } of told) {
      const sum = spans.reduce((sum, span) => sum + (span.node === node ? span.end - span.start : 0), 0);
      expect(sum, node).toBeCloseTo(ms, 6);
    }
    expect(told.map(({ node }) => node).sort()).toEqual(['numbers', 'once', 'same', 'sink', 'wait']);
  });

  test('has calls that return at once one after the other, as they were', async () => {
    await using engine = await testEngine();
    const nodes = { numbers: numbers(100), a: same, b: same, sink: anySink };
    const plan = planOf(nodes, ['numbers.value -> a.value', 'a.value -> b.value', 'b.value -> sink.value']);
    await engine.run(plan, { shownIn, record: true });
    const spans = spansOf(engine.engine.runProfile('test-1')).sort((x, y) => x.start - y.start || x.end - y.end);
    for (let k = 1; k < spans.length; k++) expect(spans[k].start).toBeGreaterThanOrEqual(spans[k - 1].end - 1e-6);
  });

  test('has nothing of nodes that did not run', async () => {
    await using engine = await testEngine();
    const fail = testNode('fail', {
      inputs: numberPin,
      outputs: numberPin,
      run: () => Promise.reject(new Error('no')),
    });
    const plan = planOf({ fail: { use: fail, params: { value: 1 } }, same }, ['fail.value -> same.value']);
    await engine.run(plan, { shownIn, record: true });
    expect(spansOf(engine.engine.runProfile('test-1')).map(({ node }) => node)).toEqual(['fail']);
  });

  test('tells of small nodes too, and that they run once', async () => {
    await using engine = await testEngine({ checkInputs: false });
    const plan = planOf({ a: { use: same, params: { value: 1 } }, b: same }, ['a.value -> b.value']);
    await engine.run(plan, { shownIn, record: true });
    expect(spansOf(engine.engine.runProfile('test-1')).map(({ node, item }) => [node, item])).toEqual([
      ['a', -1],
      ['b', -1],
    ]);
  });

  test('is there of a run without a window too, until the next one', async () => {
    await using engine = await testEngine();
    const plan = planOf({ wait: { use: wait, params: { value: 1 } } });
    await engine.run(plan, { record: true });
    expect(spansOf(engine.engine.runProfile('test-1')).length).toBe(1);
    engine.engine.forgetResults();
    await engine.run(plan, { record: true });
    expect(spansOf(engine.engine.runProfile('test-2')).length).toBe(1);
    expect(() => engine.engine.runProfile('test-1')).toThrow('Nothing is known of this run any more');
  });

  test('is not to be had of a run that was not recorded, or is no longer shown', async () => {
    await using engine = await testEngine();
    const plan = planOf({ wait: { use: wait, params: { value: 1 } } });
    await engine.run(plan, { shownIn });
    expect(() => engine.engine.runProfile('test-1')).toThrow('Nothing is known of this run any more');
    await engine.run(plan, { shownIn, record: true });
    engine.engine.previews.forget('w');
    expect(() => engine.engine.runProfile('test-2')).toThrow('Nothing is known of this run any more');
  });
});

describe('a recorder', () => {
  test('keeps the newest spans in order, and counts those before', () => {
    const recorder = new Recorder();
    const kept = 2 ** 17;
    const worker = { name: 'inference cpu', pid: 7 };
    for (let item = 0; item < kept + 10; item++) {
      if (item % 2 === 0) recorder.addWork(0, item, worker, performance.now() - 3, performance.now());
      else recorder.add(1, item, 0, performance.now(), item);
    }
    const profile = recorder.profile([named('even'), named('odd')]);
    expect(profile.dropped).toBe(10);
    expect(profile.processes).toEqual([{ name: 'engine', pid: process.pid }, worker]);
    const spans = spansOf(profile);
    expect(spans.length).toBe(kept);
    expect(spans[0]).toMatchObject({ node: 'even', item: 10, process: 1, bytes: 0 });
    expect(profile.spans.waited[0]).toBeGreaterThanOrEqual(3);
    expect(spans[1]).toMatchObject({ node: 'odd', item: 11, process: 0, bytes: 11 });
    expect(spans.at(-1)?.item).toBe(kept + 9);
  });
});

/** As much of a node as a recorder looks at. */
function named(id: string): PlanNode {
  return { id, signature: { id: `test/${id}@1` } } as PlanNode;
}

function spansOf({ nodes, spans }: RunProfile) {
  return Array.from(spans.node, (node, k) => ({
    node: nodes[node].id,
    item: spans.item[k],
    start: spans.start[k],
    end: spans.end[k],
    process: spans.process[k],
    bytes: spans.bytes[k],
  }));
}
