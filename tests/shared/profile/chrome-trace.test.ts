import { expect, test } from 'vitest';
import { chromeTrace } from '../../../src/shared/profile/chrome-trace.ts';
import { profileOf, type TestSpan } from './profile-of.ts';
import { checkTrace, timeByNode } from './trace-checks.ts';

const trace = (spans: readonly TestSpan[], dropped = 0) => chromeTrace('detect', profileOf(spans, dropped));

test('a call of a node is a complete event in microseconds, with its item, type and bytes', () => {
  const spans = [
    { node: 'load', start: 0.5, end: 2.25, bytes: 12 },
    { node: 'infer', start: 3, end: 9, item: 4, bytes: 800 },
  ];
  expect(trace(spans).traceEvents.filter(({ ph }) => ph === 'X')).toEqual([
    {
      ph: 'X',
      name: 'load',
      cat: 'node',
      ts: 500,
      dur: 1750,
      pid: 100,
      tid: 1,
      args: { type: 'test/load@1', bytes: 12 },
    },
    {
      ph: 'X',
      name: 'infer',
      cat: 'node',
      ts: 3000,
      dur: 6000,
      pid: 100,
      tid: 2,
      args: { type: 'test/infer@1', item: 4, bytes: 800 },
    },
  ]);
});

test('the engine and every process beside it has its name and number, and every thread its name', () => {
  const { traceEvents } = trace([
    { node: 'infer', start: 0, end: 10 },
    { node: 'infer', start: 1, end: 9, process: 'inference cpu', waited: 0.5 },
    { node: 'infer', start: 2, end: 9 },
  ]);
  const names = traceEvents.flatMap((event) =>
    event.ph === 'M' && 'name' in event.args ? [[event.name, event.pid, event.args.name]] : [],
  );
  expect(names).toEqual([
    ['process_name', 100, 'engine of detect'],
    ['process_name', 101, 'inference cpu'],
    ['thread_name', 101, 'inference cpu (101)'],
    ['thread_name', 100, 'infer'],
    ['thread_name', 100, 'infer 2'],
  ]);
  const [inside] = traceEvents.filter((event) => event.ph === 'X' && event.cat === 'process');
  expect(inside).toMatchObject({ name: 'infer', pid: 101, args: { type: 'test/infer@1', waited: 500 } });
});

test('says how many spans it lacks', () => {
  expect(trace([{ node: 'a', start: 0, end: 1 }], 7).otherData).toEqual({ graph: 'detect', droppedSpans: 7 });
});

test('events of a thread nest and add up, however calls overlap and however short they are', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = mulberry32(seed);
    let clock = 0;
    const spans = Array.from({ length: 500 }, (_, item): TestSpan => {
      // Some begin at the very moment at which the one before ends, and many take less than a microsecond.
      const start = random() < 0.5 ? clock : clock + random() * 3;
      const end = start + random() ** 8 * 10;
      if (random() < 0.7) clock = end;
      const node = `n${Math.floor(random() * 5)}`;
      return { node, start, end, item, process: random() < 0.3 ? `inference ${Math.floor(random() * 3)}` : undefined };
    });
    const found = checkTrace(JSON.stringify(trace(spans)));
    expect(found.length).toBe(spans.length);
    for (const [node, micros] of timeByNode(found)) {
      const ms = spans.reduce((sum, s) => sum + (s.node === node && s.process === undefined ? s.end - s.start : 0), 0);
      expect(micros / 1000).toBeCloseTo(ms, 3);
    }
  }
});

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
