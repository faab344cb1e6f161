import type { RunProfile } from '../protocol/run-report.ts';
import { tracksOf } from './tracks.ts';

/** The parts of Chrome's Trace Event Format that are used here; times are in microseconds. */
export type TraceEvent =
  | {
      readonly ph: 'M';
      readonly name: 'process_name' | 'thread_name';
      readonly pid: number;
      readonly tid: number;
      readonly args: { readonly name: string };
    }
  | {
      readonly ph: 'M';
      readonly name: 'process_sort_index' | 'thread_sort_index';
      readonly pid: number;
      readonly tid: number;
      readonly args: { readonly sort_index: number };
    }
  | {
      readonly ph: 'X';
      readonly name: string;
      /** `node`: a call of a node's body. `process`: work in a process beside the engine. */
      readonly cat: Category;
      readonly ts: number;
      readonly dur: number;
      readonly pid: number;
      readonly tid: number;
      /** `waited`: µs until the process was free for it. */
      readonly args: {
        readonly type: string;
        readonly item?: number;
        readonly bytes?: number;
        readonly waited?: number;
      };
    };

type Category = 'node' | 'process';

export interface ChromeTrace {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: 'ms';
  readonly otherData: { readonly graph: string; readonly droppedSpans: number };
}

/**
 * A profile in the form that Perfetto and `chrome://tracing` open: the engine is a process with a thread for each node,
 * and every process beside it has one for its work. Calls of a node that overlap lie in further threads, so that the
 * events of a thread never do.
 */
export function chromeTrace(graph: string, profile: RunProfile): ChromeTrace {
  const { nodes, processes, spans, dropped } = profile;
  const traceEvents: TraceEvent[] = processes.flatMap(({ name, pid }, index) => [
    { ph: 'M', name: 'process_name', pid, tid: 0, args: { name: index === 0 ? `engine of ${graph}` : name } },
    { ph: 'M', name: 'process_sort_index', pid, tid: 0, args: { sort_index: index } },
  ]);
  let tid = 0;
  for (const { kind, number, name, lanes } of tracksOf(profile)) {
    const { pid } = processes[kind === 'process' ? number : 0];
    for (const [lane, numbers] of lanes.entries()) {
      tid++;
      const thread = lane === 0 ? name : `${name} ${lane + 1}`;
      traceEvents.push(
        { ph: 'M', name: 'thread_name', pid, tid, args: { name: thread } },
        { ph: 'M', name: 'thread_sort_index', pid, tid, args: { sort_index: tid } },
      );
      for (const span of numbers) traceEvents.push(complete(span, kind, pid, tid));
    }
  }
  return { traceEvents, displayTimeUnit: 'ms', otherData: { graph, droppedSpans: dropped } };

  function complete(span: number, cat: Category, pid: number, tid: number): TraceEvent {
    const { id: name, type } = nodes[spans.node[span]];
    const ts = microseconds(spans.start[span]);
    const dur = microseconds(spans.end[span] - ts / 1000);
    const item = spans.item[span] < 0 ? {} : { item: spans.item[span] };
    const rest = cat === 'node' ? { bytes: spans.bytes[span] } : { waited: microseconds(spans.waited[span]) };
    return { ph: 'X', name, cat, ts, dur, pid, tid, args: { type, ...item, ...rest } };
  }
}

/** To the nanosecond. */
function microseconds(ms: number): number {
  return Math.round(ms * 1e6) / 1000;
}
