import type { RunProfile, SpanColumns, WorkingProcess } from '../../shared/protocol/run-report.ts';
import type { OnWork } from '../isolates/on-work.ts';
import type { CallContext } from './call-context.ts';
import type { PlanNode } from './plan.ts';

/** Spans that are kept: the newest. */
const CAPACITY = 2 ** 17;
/** Number of the engine among the processes. */
const ENGINE = 0;

/** Records when each node of a run was at work, in columns that do not grow. */
export class Recorder {
  readonly #began = performance.now();
  readonly #columns: SpanColumns = emptyColumns(CAPACITY);
  readonly #processes: WorkingProcess[] = [{ name: 'engine', pid: process.pid }];
  /** Spans so far, with those that are no longer kept. */
  #count = 0;

  /** A call of a node's body has ended, by `performance.now()`. `item` -1: the node runs once. */
  add(node: number, item: number, ms: number, ended: number, bytes: number): void {
    this.#put(node, item, ended - ms, ended, ENGINE, bytes, 0);
  }

  /** Another process has worked for a node from `started` until now, after it was asked to at `asked`. */
  addWork(node: number, item: number, worker: WorkingProcess, asked: number, started: number): void {
    this.#put(node, item, started, performance.now(), this.#numberOf(worker), 0, started - asked);
  }

  /** What has been recorded; `nodes` are those of the plan. */
  profile(nodes: readonly PlanNode[]): RunProfile {
    const dropped = Math.max(0, this.#count - CAPACITY);
    const { node, item, start, end, process, bytes, waited } = this.#columns;
    const spans: SpanColumns = {
      node: this.#inOrder(node),
      item: this.#inOrder(item),
      start: this.#inOrder(start),
      end: this.#inOrder(end),
      process: this.#inOrder(process),
      bytes: this.#inOrder(bytes),
      waited: this.#inOrder(waited),
    };
    return {
      nodes: nodes.map(({ id, signature }) => ({ id, type: signature.id })),
      processes: [...this.#processes],
      spans,
      dropped,
    };
  }

  #put(
    node: number,
    item: number,
    started: number,
    ended: number,
    process: number,
    bytes: number,
    waited: number,
  ): void {
    const at = this.#count++ % CAPACITY;
    const columns = this.#columns;
    columns.node[at] = node;
    columns.item[at] = item;
    columns.start[at] = started - this.#began;
    columns.end[at] = ended - this.#began;
    columns.process[at] = process;
    columns.bytes[at] = bytes;
    columns.waited[at] = waited;
  }

  /** A copy of what is kept of a column, the oldest first. */
  #inOrder<C extends SpanColumns[keyof SpanColumns]>(column: C): C {
    const kept = Math.min(this.#count, CAPACITY);
    const first = (this.#count - kept) % CAPACITY;
    // Sound: a slice of a typed array is one of the same class.
    const copy = column.slice(0, kept) as C;
    copy.set(column.subarray(first, kept));
    copy.set(column.subarray(0, first), kept - first);
    return copy;
  }

  #numberOf({ name, pid }: WorkingProcess): number {
    const known = this.#processes.findIndex((worker) => worker.pid === pid && worker.name === name);
    return known === -1 ? this.#processes.push({ name, pid }) - 1 : known;
  }
}

/** Records what other processes do for a call; undefined where nothing is recorded. */
export function onWorkOf({ node, item }: CallContext, recorder: Recorder | null): OnWork | undefined {
  if (recorder === null) return undefined;
  return (worker, asked, started) => recorder.addWork(node.index, item ?? -1, worker, asked, started);
}

function emptyColumns(length: number): SpanColumns {
  return {
    node: new Int32Array(length),
    item: new Int32Array(length),
    start: new Float64Array(length),
    end: new Float64Array(length),
    process: new Uint16Array(length),
    bytes: new Float64Array(length),
    waited: new Float64Array(length),
  };
}
