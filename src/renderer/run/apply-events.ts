import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { ErrorReport } from '../../shared/node-api/weft-error.ts';
import type { RunEvent, RunSummary } from '../../shared/protocol/run-events.ts';
import type { LogLine, NodeRun, RunState, StreamRun } from '../state/run-state.ts';

/** Lines of a run's log that are kept. */
export const LOG_LINES = 5000;

/**
 * The state of a run after the events of one message. Nodes, streams and lines that the events say nothing about stay
 * the same objects, so that only what shows a changed one is drawn again.
 */
export function applyRunEvents(state: RunState, events: readonly RunEvent[], at: number): RunState {
  const reduction = new Reduction(state, at);
  for (const event of events) reduction.apply(event);
  return reduction.result();
}

/** The state of a run that will tell no more, because it could not begin or its engine is gone. */
export function abandonRun(state: RunState, error: ErrorReport, at: number): RunState {
  const nodes = new Map(state.nodes);
  for (const [id, node] of nodes) {
    if (ACTIVE.has(node.state)) nodes.set(id, { ...node, state: 'cancelled', reason: error.message });
  }
  const line: LogLine = { at, level: 'error', node: error.node ?? null, item: null, message: error.message };
  return { ...state, nodes, phase: 'ended', log: [...state.log, line].slice(-LOG_LINES), failure: error };
}

const ACTIVE: ReadonlySet<NodeRun['state']> = new Set(['waiting', 'ready', 'running', 'retrying']);

const UNTOLD: NodeRun = {
  state: 'waiting',
  progress: null,
  note: null,
  waitsFor: null,
  attempt: 1,
  ms: null,
  bytes: null,
  items: null,
  failedItems: 0,
  error: null,
  reason: null,
};

/** Copies each part of the state when it is first touched. */
class Reduction {
  readonly #at: number;
  #state: RunState;
  #nodes: Map<string, NodeRun> | null = null;
  #streams: Map<string, StreamRun> | null = null;
  #outputs: Map<string, { item: number | null; value: JsonValue }> | null = null;
  readonly #log: LogLine[] = [];

  constructor(state: RunState, at: number) {
    this.#state = state;
    this.#at = at;
  }

  apply(event: RunEvent): void {
    switch (event.event) {
      case 'run.started':
        this.#state = {
          ...this.#state,
          run: event.run,
          total: event.nodes,
          phase: runningUnlessStopping(this.#state),
          isLive: event.live !== undefined,
        };
        for (const node of event.cached) this.#node(node, { state: 'cached' });
        for (const note of event.notes ?? []) this.#write('info', null, null, note);
        break;
      case 'problem':
        this.#write('error', event.problem.node ?? null, null, event.problem.message);
        break;
      case 'node.running':
        this.#node(event.node, { state: 'running' });
        break;
      case 'node.progress':
        this.#node(event.node, { state: 'running', progress: event.done, note: event.note ?? null });
        break;
      case 'node.waiting':
        this.#node(event.node, { state: 'running', waitsFor: event.error });
        if (event.error !== null) this.#write('warning', event.node, null, event.error.message);
        else this.#write('info', event.node, null, 'It goes on.');
        break;
      case 'stream.progress': {
        const { items, total = null, fps, failed, dropped } = event;
        this.#streams ??= new Map(this.#state.streams);
        this.#streams.set(event.node, { items, total, fps, failed, dropped });
        break;
      }
      case 'node.retrying':
        this.#node(event.node, { state: 'retrying', attempt: event.attempt, error: event.error });
        this.#write('warning', event.node, event.item ?? null, `Try ${event.attempt} failed: ${event.error.message}`);
        break;
      case 'item.failed': {
        const known = this.#known(event.node);
        this.#node(event.node, { failedItems: known.failedItems + 1, error: event.error });
        this.#write('error', event.node, event.item, event.error.message);
        break;
      }
      case 'node.finished': {
        const { status, attempt, ms, bytes, items = null, failedItems = 0, error = null, reason = null } = event;
        // The error of an item that failed stays visible on a node that went on without it.
        const shown = error ?? (failedItems > 0 ? this.#known(event.node).error : null);
        const finished = { state: status, attempt, ms, bytes, items, failedItems, error: shown, reason };
        this.#node(event.node, { ...finished, progress: null, note: null, waitsFor: null });
        if (error !== null) this.#write('error', event.node, null, error.message);
        break;
      }
      case 'log':
        this.#write(event.level, event.node, event.item ?? null, event.message);
        break;
      case 'output':
        this.#outputs ??= new Map(this.#state.outputs);
        this.#outputs.set(event.name, { item: event.item ?? null, value: event.value });
        break;
      case 'file':
        this.#file(event);
        break;
      case 'run.finished': {
        const { event: _, ...summary } = event;
        this.#finish(summary);
      }
    }
  }

  result(): RunState {
    const log = this.#log.length === 0 ? this.#state.log : [...this.#state.log, ...this.#log].slice(-LOG_LINES);
    return {
      ...this.#state,
      nodes: this.#nodes ?? this.#state.nodes,
      streams: this.#streams ?? this.#state.streams,
      outputs: this.#outputs ?? this.#state.outputs,
      log,
    };
  }

  #finish(summary: RunSummary): void {
    this.#state = { ...this.#state, phase: 'ended', summary, failure: summary.error ?? null };
    if (summary.error !== undefined && summary.error.node === undefined) {
      this.#write('error', null, null, summary.error.message);
    }
  }

  #file({ node, path, state }: Extract<RunEvent, { event: 'file' }>): void {
    const { files } = this.#state;
    const changed =
      state === 'begun'
        ? [...files, { node, path, begunAt: this.#at, isComplete: false }]
        : files.map((file) => (file.node === node && file.path === path ? { ...file, isComplete: true } : file));
    this.#state = { ...this.#state, files: changed };
  }

  #known(node: string): NodeRun {
    return (this.#nodes ?? this.#state.nodes).get(node) ?? UNTOLD;
  }

  #node(node: string, news: Partial<NodeRun>): void {
    const known = this.#known(node);
    this.#nodes ??= new Map(this.#state.nodes);
    this.#nodes.set(node, { ...known, ...news });
  }

  #write(level: LogLine['level'], node: string | null, item: number | null, message: string): void {
    this.#log.push({ at: this.#at, level, node, item, message });
  }
}

/** A run that was told to stop before it had begun is still to be stopped. */
function runningUnlessStopping({ phase }: RunState): RunState['phase'] {
  return phase === 'stopping' ? 'stopping' : 'running';
}
