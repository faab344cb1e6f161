import { expect, test } from 'vitest';
import { describeEnd, formatDuration } from '../../../src/renderer/run/describe-run.ts';

test('durations have the unit in which they are easy to read', () => {
  const texts = [0.0423, 4.2, 412.4, 3210, 59_960, 125_000, 3_780_000].map(formatDuration);
  expect(texts).toEqual(['42 µs', '4.2 ms', '412 ms', '3.2 s', '1 min 0 s', '2 min 5 s', '1 h 3 min']);
});

test('a run that is over is told in one sentence, with the node it is about', () => {
  const failure = { code: 'E_NODE_THREW', message: 'blur failed.', node: 'blur', causes: [] } as const;
  const summary = {
    run: 'r1',
    status: 'done',
    ms: 412,
    done: 1,
    cached: 0,
    failed: 0,
    skipped: 0,
    cancelled: 0,
    memory: { peakBytes: 0, arena: 'not used' },
    streams: { folder: { items: 9, failed: 2, dropped: 0, fps: 3 } },
  } as const;
  expect(describeEnd({ summary, failure: null })).toEqual({ tone: 'done', sentence: 'Done in 412 ms', node: null });
  expect(describeEnd({ summary: { ...summary, status: 'degraded' }, failure: null }).sentence).toBe(
    'Done in 412 ms, 2 items failed',
  );
  expect(describeEnd({ summary: { ...summary, status: 'cancelled' }, failure: null }).tone).toBe('attention');
  expect(describeEnd({ summary: { ...summary, status: 'failed' }, failure })).toEqual({
    tone: 'failed',
    sentence: 'blur failed.',
    node: 'blur',
  });
  expect(describeEnd({ summary: null, failure }).sentence).toBe('blur failed.');
});
