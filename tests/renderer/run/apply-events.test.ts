import { describe, expect, test } from 'vitest';
import { abandonRun, applyRunEvents, LOG_LINES } from '../../../src/renderer/run/apply-events.ts';
import { NO_RUN, type RunState } from '../../../src/renderer/state/run-state.ts';
import type { ErrorReport } from '../../../src/shared/node-api/weft-error.ts';
import type { RunEvent, RunSummary } from '../../../src/shared/protocol/run-events.ts';

const AT = 1000;
const BROKEN: ErrorReport = { code: 'E_NODE_THREW', message: 'blur failed.', node: 'blur', causes: ['no paint'] };
const SUMMARY: RunSummary = {
  run: 'r1',
  status: 'done',
  ms: 12,
  done: 2,
  cached: 0,
  failed: 0,
  skipped: 0,
  cancelled: 0,
  memory: { peakBytes: 0, arena: 'not used' },
  streams: {},
};

describe('the state of a run', () => {
  test('follows a run from its start to its end', () => {
    const begun = apply(STARTING, { event: 'run.started', run: 'r1', graph: 'g', nodes: 3, cached: ['read'] });
    expect(begun).toMatchObject({ run: 'r1', phase: 'running', total: 3 });
    expect(begun.nodes.get('read')?.state).toBe('cached');

    const ended = apply(
      begun,
      { event: 'node.running', node: 'blur' },
      { event: 'node.progress', node: 'blur', done: 0.5, note: 'half' },
      { event: 'node.finished', node: 'blur', status: 'done', attempt: 1, ms: 4, bytes: 100 },
      { event: 'output', name: 'sum', value: 7 },
      { event: 'run.finished', ...SUMMARY },
    );
    expect(ended.nodes.get('blur')).toMatchObject({ state: 'done', progress: null, note: null, ms: 4, bytes: 100 });
    expect(ended.outputs.get('sum')).toEqual({ item: null, value: 7 });
    expect(ended).toMatchObject({ phase: 'ended', summary: SUMMARY, failure: null });
  });

  test('keeps the objects of what the events say nothing about', () => {
    const before = apply(STARTING, running('a'), running('b'));
    const after = apply(before, { event: 'node.progress', node: 'a', done: 0.1 });
    expect(after.nodes.get('b')).toBe(before.nodes.get('b'));
    expect(after.nodes.get('a')).not.toBe(before.nodes.get('a'));
    expect(after.streams).toBe(before.streams);
    expect(after.log).toBe(before.log);
    expect(before.nodes.get('a')?.progress).toBeNull();
  });

  test('shows the error of a node and of a try, and writes both into the log', () => {
    const state = apply(
      STARTING,
      { event: 'node.retrying', node: 'blur', attempt: 1, error: BROKEN },
      { event: 'node.finished', node: 'blur', status: 'failed', attempt: 2, ms: 1, bytes: 0, error: BROKEN },
    );
    expect(state.nodes.get('blur')).toMatchObject({ state: 'failed', attempt: 2, error: BROKEN });
    expect(state.log.map(({ level, message }) => [level, message])).toEqual([
      ['warning', 'Try 1 failed: blur failed.'],
      ['error', 'blur failed.'],
    ]);
  });

  test('keeps the error of an item on a node that went on without it', () => {
    const state = apply(
      STARTING,
      { event: 'item.failed', node: 'blur', item: 3, attempt: 1, error: BROKEN },
      { event: 'node.finished', node: 'blur', status: 'done', attempt: 1, ms: 1, bytes: 0, items: 5, failedItems: 1 },
    );
    expect(state.nodes.get('blur')).toMatchObject({ state: 'done', failedItems: 1, error: BROKEN });
  });

  test('holds the newest word of each stream', () => {
    const progress = { event: 'stream.progress', node: 'folder', fps: 20, failed: 0, dropped: 0 } as const;
    const state = apply(STARTING, { ...progress, items: 1, total: 9 }, { ...progress, items: 2, total: 9 });
    expect(state.streams.get('folder')).toMatchObject({ items: 2, total: 9 });
  });

  test('a run that was told to stop before it began is still to be stopped', () => {
    const stopping: RunState = { ...STARTING, phase: 'stopping' };
    expect(apply(stopping, { event: 'run.started', run: 'r1', graph: 'g', nodes: 1, cached: [] }).phase).toBe(
      'stopping',
    );
  });

  test('keeps a bounded log, the newest lines of it', () => {
    const lines = Array.from({ length: LOG_LINES + 10 }, (_, index): RunEvent => {
      return { event: 'log', node: 'a', level: 'info', message: String(index) };
    });
    const { log } = applyRunEvents(STARTING, lines, AT);
    expect(log).toHaveLength(LOG_LINES);
    expect(log.at(-1)?.message).toBe(String(LOG_LINES + 9));
  });

  test('tells why a run that has no node to blame failed', () => {
    const error: ErrorReport = { code: 'E_TIMEOUT', message: 'It took too long.', causes: [] };
    const state = apply(STARTING, { event: 'run.finished', ...SUMMARY, status: 'failed', error });
    expect(state.failure).toBe(error);
    expect(state.log.at(-1)).toMatchObject({ level: 'error', node: null, message: 'It took too long.' });
  });

  test('knows the files that the run writes, and which of them are complete', () => {
    const begun = { event: 'file', node: 'write', state: 'begun' } as const;
    const before = apply(STARTING, { ...begun, path: '/a.mp4' }, { ...begun, path: '/b.mp4' });
    const after = apply(before, { event: 'file', node: 'write', path: '/a.mp4', state: 'complete' });
    expect(after.files).toEqual([
      { node: 'write', path: '/a.mp4', begunAt: AT, isComplete: true },
      { node: 'write', path: '/b.mp4', begunAt: AT, isComplete: false },
    ]);
  });

  test('knows whether the run goes on until somebody ends it', () => {
    const started = { event: 'run.started' as const, run: 'r1', graph: 'g', nodes: 3, cached: [] };
    expect(apply(STARTING, started).isLive).toBe(false);
    expect(apply(STARTING, { ...started, live: [] }).isLive).toBe(true);
  });

  test('leaves no node at work when its run is lost', () => {
    const before = apply(STARTING, running('a'), {
      event: 'node.finished',
      node: 'b',
      status: 'done',
      attempt: 1,
      ms: 1,
      bytes: 0,
    });
    const lost: ErrorReport = { code: 'E_ENGINE_DIED', message: 'The engine is gone.', causes: [] };
    const state = abandonRun(before, lost, AT);
    expect(state.phase).toBe('ended');
    expect(state.nodes.get('a')).toMatchObject({ state: 'cancelled', reason: 'The engine is gone.' });
    expect(state.nodes.get('b')?.state).toBe('done');
  });
});

const STARTING: RunState = { ...NO_RUN, ticket: 't', phase: 'starting', startedAt: 0 };

function apply(state: RunState, ...events: RunEvent[]): RunState {
  return applyRunEvents(state, events, AT);
}

function running(node: string): RunEvent {
  return { event: 'node.running', node };
}
