import type { RunProfile, SpanColumns } from '../protocol/run-report.ts';

/** The work of one node in the engine, or of one process beside it. */
export interface Track {
  readonly kind: 'node' | 'process';
  /** Of the node, or of the process, in the profile. */
  readonly number: number;
  /** Id of the node, or name of the process. */
  readonly name: string;
  /** Numbers of spans in the order of their starts; work that went on at one time lies in different lanes. */
  readonly lanes: readonly Int32Array[];
}

/** Processes first, then nodes, each in the order in which their first work began. */
export function tracksOf({ nodes, processes, spans }: RunProfile): Track[] {
  const byNode: number[][] = nodes.map(() => []);
  const byProcess: number[][] = processes.map(() => []);
  for (const span of inOrderOfStart(spans)) {
    const process = spans.process[span];
    (process === 0 ? byNode[spans.node[span]] : byProcess[process]).push(span);
  }
  const worked = byProcess.map((chosen, number) => track('process', number, nameOf(processes[number]), chosen));
  const called = byNode.map((chosen, number) => track('node', number, nodes[number].id, chosen));
  return [...ordered(worked), ...ordered(called)];

  function track(kind: Track['kind'], number: number, name: string, chosen: readonly number[]): Track {
    return { kind, number, name, lanes: intoLanes(spans, chosen) };
  }

  function ordered(tracks: readonly Track[]): Track[] {
    const startOf = ({ lanes }: Track) => spans.start[lanes[0][0]];
    return tracks.filter(({ lanes }) => lanes.length > 0).sort((a, b) => startOf(a) - startOf(b));
  }
}

/** As `inference cpu (4711)`. */
function nameOf({ name, pid }: RunProfile['processes'][number]): string {
  return `${name} (${pid})`;
}

function inOrderOfStart({ start }: SpanColumns): Uint32Array {
  return Uint32Array.from(start.keys()).sort((a, b) => start[a] - start[b]);
}

/** Each span goes into the first lane that is free when it begins; `chosen` are in the order of their starts. */
function intoLanes({ start, end }: SpanColumns, chosen: readonly number[]): Int32Array[] {
  const lanes: number[][] = [];
  for (const span of chosen) {
    const free = lanes.find((lane) => end[lane[lane.length - 1]] <= start[span]);
    if (free === undefined) lanes.push([span]);
    else free.push(span);
  }
  return lanes.map((lane) => Int32Array.from(lane));
}
