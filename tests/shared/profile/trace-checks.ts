import { expect } from 'vitest';
import { z } from 'zod';

const count = z.int().nonnegative();
const time = z.number().nonnegative();

/** What Chrome's Trace Event Format asks of the kinds of events that are written. */
const traceSchema = z.strictObject({
  traceEvents: z.array(
    z.discriminatedUnion('ph', [
      z.strictObject({
        ph: z.literal('M'),
        name: z.enum(['process_name', 'thread_name', 'process_sort_index', 'thread_sort_index']),
        pid: count,
        tid: count,
        args: z.union([z.strictObject({ name: z.string().min(1) }), z.strictObject({ sort_index: count })]),
      }),
      z.strictObject({
        ph: z.literal('X'),
        name: z.string().min(1),
        cat: z.enum(['node', 'process']),
        ts: time,
        dur: time,
        pid: count,
        tid: count,
        args: z.strictObject({
          type: z.string().min(1),
          item: count.optional(),
          bytes: count.optional(),
          waited: time.optional(),
        }),
      }),
    ]),
  ),
  displayTimeUnit: z.literal('ms'),
  otherData: z.strictObject({ graph: z.string(), droppedSpans: count }),
});

type Complete = Extract<z.infer<typeof traceSchema>['traceEvents'][number], { ph: 'X' }>;

/** Checks a whole trace as a reader of the format would; gives its spans. */
export function checkTrace(json: string): Complete[] {
  const { traceEvents } = traceSchema.parse(JSON.parse(json));
  const spans = traceEvents.flatMap((event) => (event.ph === 'X' ? [event] : []));
  const named = new Set(
    traceEvents.flatMap(({ ph, name, pid, tid }) => (name === 'thread_name' && ph === 'M' ? [`${pid} ${tid}`] : [])),
  );
  const processes = new Set(traceEvents.flatMap(({ name, pid }) => (name === 'process_name' ? [pid] : [])));
  for (const [thread, events] of Map.groupBy(spans, ({ pid, tid }) => `${pid} ${tid}`)) {
    expect(named.has(thread), `thread ${thread} has a name`).toBe(true);
    expect(processes.has(events[0].pid), `process ${events[0].pid} has a name`).toBe(true);
    expectNested(events);
  }
  return spans;
}

/** µs in all calls of each node's body, by id. */
export function timeByNode(spans: readonly Complete[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { cat, name, dur } of spans) if (cat === 'node') times.set(name, (times.get(name) ?? 0) + dur);
  return times;
}

/** Of two events of a thread one holds the other whole, or they are apart. */
function expectNested(events: readonly Complete[]): void {
  const open: number[] = [];
  for (const { name, ts, dur } of events.toSorted((a, b) => a.ts - b.ts || b.dur - a.dur)) {
    while (open.length > 0 && open[open.length - 1] <= ts + NANOSECOND / 2) open.pop();
    const around = open.at(-1) ?? Infinity;
    expect(ts + dur, `${name} at ${ts} ends within what it is in`).toBeLessThanOrEqual(around + NANOSECOND / 2);
    open.push(ts + dur);
  }
}

/** µs: what a trace can tell apart. */
const NANOSECOND = 0.001;
