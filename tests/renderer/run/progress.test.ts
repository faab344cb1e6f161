import { describe, expect, test } from 'vitest';
import { progressOf } from '../../../src/renderer/run/progress.ts';
import { NO_RUN, type NodeRun, type StreamRun } from '../../../src/renderer/state/run-state.ts';

describe('the progress of a run', () => {
  test('goes by the nodes that have ended, and the parts of those at work', () => {
    const nodes = new Map([
      ['a', node('done')],
      ['b', node('cached')],
      ['c', { ...node('running'), progress: 0.5 }],
    ]);
    expect(progressOf({ ...NO_RUN, nodes, total: 5 })).toEqual({ fraction: 0.5, text: '2 of 5 nodes', left: null });
  });

  test('goes by the stream that is least far, and tells the time that is left', () => {
    const streams = new Map([
      ['fast', stream({ items: 90, total: 100, fps: 30 })],
      ['slow', stream({ items: 25, total: 100, fps: 5, failed: 1, dropped: 2 })],
    ]);
    const { fraction, text, left } = progressOf({ ...NO_RUN, streams, total: 5 });
    expect(fraction).toBe(0.25);
    expect(text).toBe('frame 25 of 100 · 5.0 fps · 1 failed · 2 dropped');
    expect(left).toBe(15_000);
  });

  test('does not guess where nobody can tell', () => {
    const streams = new Map([['camera', stream({ items: 25, total: null, fps: 30 })]]);
    expect(progressOf({ ...NO_RUN, streams, total: 5 })).toEqual({
      fraction: null,
      text: 'frame 25 · 30 fps',
      left: null,
    });
    expect(progressOf(NO_RUN).fraction).toBeNull();
  });
});

function node(state: NodeRun['state']): NodeRun {
  return {
    state,
    progress: null,
    note: null,
    waitsFor: null,
    attempt: 1,
    ms: 1,
    bytes: 0,
    items: null,
    failedItems: 0,
    error: null,
    reason: null,
  };
}

function stream(numbers: Partial<StreamRun>): StreamRun {
  return { items: 0, total: null, fps: 0, failed: 0, dropped: 0, ...numbers };
}
