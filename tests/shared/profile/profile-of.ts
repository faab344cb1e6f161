import type { RunProfile, SpanColumns, WorkingProcess } from '../../../src/shared/protocol/run-report.ts';

/** `process`: its name; the engine's own when left out. `item` -1: none. */
export interface TestSpan {
  readonly node: string;
  readonly start: number;
  readonly end: number;
  readonly process?: string;
  readonly item?: number;
  readonly bytes?: number;
  readonly waited?: number;
}

/** A profile of these spans; processes have the numbers 100, 101… in the order in which they come up. */
export function profileOf(spans: readonly TestSpan[], dropped = 0): RunProfile {
  const ids = [...new Set(spans.map(({ node }) => node))];
  const names = ['engine', ...new Set(spans.flatMap(({ process }) => process ?? []))];
  const processes = names.map((name, index): WorkingProcess => ({ name, pid: 100 + index }));
  const columns: SpanColumns = {
    node: Int32Array.from(spans, ({ node }) => ids.indexOf(node)),
    item: Int32Array.from(spans, ({ item }) => item ?? -1),
    start: Float64Array.from(spans, ({ start }) => start),
    end: Float64Array.from(spans, ({ end }) => end),
    process: Uint16Array.from(spans, ({ process }) => names.indexOf(process ?? 'engine')),
    bytes: Float64Array.from(spans, ({ bytes }) => bytes ?? 0),
    waited: Float64Array.from(spans, ({ waited }) => waited ?? 0),
  };
  return { nodes: ids.map((id) => ({ id, type: `test/${id}@1` })), processes, spans: columns, dropped };
}
