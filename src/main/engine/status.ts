import { NODE_STATES, type NodeState, type RunEvent } from '../../shared/protocol/run-events.ts';
import type { NodeNote, StatusBatch } from '../../shared/protocol/status-batch.ts';
import type { Recorder } from './recorder.ts';

const NUMBER_OF: Readonly<Record<NodeState, number>> = Object.fromEntries(
  NODE_STATES.map((state, number) => [state, number]),
) as Record<NodeState, number>;
const DONE = NUMBER_OF.done;

/** States, times and sizes of the nodes of a run, in columns by node index. */
export class Status {
  readonly #states: Uint8Array;
  readonly #attempts: Uint8Array;
  readonly #ms: Float64Array;
  readonly #bytes: Float64Array;
  /** Nodes that ended since the last batch. */
  readonly #ended: Int32Array;
  #endedCount = 0;
  #notes = new Map<number, NodeNote>();
  #events: RunEvent[] = [];
  readonly #progress = new Map<string, RunEvent>();

  readonly #recorder: Recorder | null;

  constructor(nodes: number, recorder: Recorder | null = null) {
    this.#recorder = recorder;
    this.#states = new Uint8Array(nodes);
    this.#attempts = new Uint8Array(nodes).fill(1);
    this.#ms = new Float64Array(nodes);
    this.#bytes = new Float64Array(nodes);
    this.#ended = new Int32Array(nodes);
  }

  is(node: number, state: NodeState): boolean {
    return this.#states[node] === NUMBER_OF[state];
  }

  set(node: number, state: NodeState): void {
    this.#states[node] = NUMBER_OF[state];
  }

  /** Adds one call of the node's body; `item` is -1 for a node that runs once, `ended` of `performance.now()`. */
  add(node: number, item: number, ms: number, ended: number, bytes: number): void {
    this.#recorder?.add(node, item, ms, ended, bytes);
    this.#ms[node] += ms;
    this.#bytes[node] += bytes;
  }

  attempt(node: number, attempt: number): void {
    if (attempt > this.#attempts[node]) this.#attempts[node] = attempt;
  }

  /** The node has ended, with nothing further to come. */
  end(node: number, state: NodeState, note?: NodeNote): void {
    this.#states[node] = NUMBER_OF[state];
    this.#ended[this.#endedCount++] = node;
    if (note !== undefined) this.#notes.set(node, note);
  }

  /** The node was called once and is done. */
  done(node: number, ms: number, ended: number, bytes: number): void {
    this.#recorder?.add(node, -1, ms, ended, bytes);
    this.#states[node] = DONE;
    this.#ms[node] = ms;
    this.#bytes[node] = bytes;
    this.#ended[this.#endedCount++] = node;
  }

  event(event: RunEvent): void {
    this.#events.push(event);
  }

  /** Only the last of what a node says within one report is passed on. */
  progress(progress: Omit<Extract<RunEvent, { event: 'node.progress' }>, 'event'>): void {
    this.#progress.set(progress.node, { event: 'node.progress', ...progress });
  }

  /** Numbers of nodes by state. */
  counts(): Record<NodeState, number> {
    const counts = new Int32Array(NODE_STATES.length);
    for (let node = 0; node < this.#states.length; node++) counts[this.#states[node]]++;
    return Object.fromEntries(NODE_STATES.map((state, number) => [state, counts[number]])) as Record<NodeState, number>;
  }

  /** Everything since the last call; null when there is nothing. */
  takeBatch(): StatusBatch | null {
    this.#events.push(...this.#progress.values());
    this.#progress.clear();
    if (this.#endedCount === 0 && this.#events.length === 0) return null;
    const nodes = this.#ended.slice(0, this.#endedCount);
    const batch: StatusBatch = {
      nodes,
      states: new Uint8Array(nodes.length),
      attempts: new Uint8Array(nodes.length),
      ms: new Float64Array(nodes.length),
      bytes: new Float64Array(nodes.length),
      notes: this.#notes,
      events: this.#events,
    };
    for (let k = 0; k < nodes.length; k++) {
      const node = nodes[k];
      batch.states[k] = this.#states[node];
      batch.attempts[k] = this.#attempts[node];
      batch.ms[k] = this.#ms[node];
      batch.bytes[k] = this.#bytes[node];
    }
    this.#endedCount = 0;
    this.#notes = new Map();
    this.#events = [];
    return batch;
  }
}
