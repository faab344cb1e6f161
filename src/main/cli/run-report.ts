import { styleText } from 'node:util';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { ErrorReport } from '../../shared/node-api/weft-error.ts';
import type { RunEvent, RunStatus } from '../../shared/protocol/run-events.ts';
import { formatBytes } from './format-bytes.ts';
import { formatClock } from './format-clock.ts';
import { formatProblem } from './format-problem.ts';
import { LiveLines } from './live-lines.ts';
import { table } from './table.ts';

type Event<K extends RunEvent['event']> = Extract<RunEvent, { event: K }>;

/** The nodes that took longest say where the time went; all of them would fill the window. */
const NODES_SHOWN = 12;
const VALUE_WIDTH = 100;

const STATUS_COLOURS = {
  done: 'green',
  degraded: 'yellow',
  failed: 'red',
  cancelled: 'yellow',
  timeout: 'red',
  refused: 'red',
} as const satisfies Record<RunStatus, string>;

/** A run for people: progress and the table of nodes on stderr, outputs on stdout. */
export class RunReport {
  readonly #live = new LiveLines(process.stderr);
  readonly #finished: Event<'node.finished'>[] = [];
  readonly #outputs: Event<'output'>[] = [];
  /** By node. */
  readonly #notes = new Map<string, { readonly stream: string; readonly note: string }>();

  event(event: RunEvent): void {
    switch (event.event) {
      case 'run.started':
        for (const note of event.notes ?? []) this.#live.print(note);
        break;
      case 'problem':
        this.#live.print(formatProblem(event.problem, process.stderr));
        break;
      case 'node.running':
        this.#live.set(event.node, `${event.node}  running`);
        break;
      case 'node.progress':
        this.#progressed(event);
        break;
      case 'node.waiting':
        if (event.error !== null) this.#live.print(`${event.node}: ${formatError(event.error)}`);
        break;
      case 'stream.progress':
        this.#live.set(event.node, [event.node, streamProgress(event), ...this.#notesOf(event.node)].join('  '));
        break;
      case 'node.retrying':
        this.#live.print(`${event.node}: attempt ${event.attempt} after ${formatError(event.error)}`);
        break;
      case 'item.failed':
        this.#live.print(`${event.node}: item ${event.item}: ${formatError(event.error)}`);
        break;
      case 'log':
        this.#live.print(`${event.node}: ${event.message}`);
        break;
      case 'node.finished':
        this.#live.remove(event.node);
        this.#finished.push(event);
        if (event.error !== undefined) this.#live.print(`${event.node}: ${formatError(event.error)}`);
        break;
      case 'output':
        this.#outputs.push(event);
        break;
      case 'file':
        if (event.state === 'complete') this.#live.print(`${event.node}: wrote ${event.path}`);
        break;
      case 'run.finished':
        this.#finish(event);
        break;
    }
  }

  tell(line: string): void {
    this.#live.print(line);
  }

  close(): void {
    this.#live.close();
  }

  /** What a node counts over a stream is told in the stream's own line. */
  #progressed({ node, done, note = '', stream }: Event<'node.progress'>): void {
    if (done !== null) this.#live.set(node, `${node}  ${Math.round(done * 100)} %  ${note}`);
    else if (stream !== undefined) this.#notes.set(node, { stream, note });
    else this.#live.set(node, `${node}  ${note}`);
  }

  #notesOf(source: string): string[] {
    return [...this.#notes.values()].filter(({ stream }) => stream === source).map(({ note }) => note);
  }

  #finish(run: Event<'run.finished'>): void {
    this.#live.close();
    // What is wrong with a node or a graph was told when it came up.
    if (run.error !== undefined && run.error.node === undefined && run.status !== 'refused') {
      process.stderr.write(`${formatError(run.error)}\n`);
    }
    process.stderr.write(nodeTable(this.#finished));
    const values = this.#outputs.filter(({ value }) => !isText(value));
    process.stdout.write(table(values.map((output) => [outputName(output), formatValue(output.value)])));
    for (const output of this.#outputs) {
      if (isText(output.value)) process.stdout.write(`${outputName(output)}\n${output.value}\n`);
    }
    const status = styleText(STATUS_COLOURS[run.status], run.status, { stream: process.stderr });
    process.stderr.write(
      run.status === 'refused' ? `${status}\n` : `${status} in ${formatMs(run.ms)}: ${counts(run)}\n`,
    );
  }
}

function nodeTable(finished: readonly Event<'node.finished'>[]): string {
  const slowest = finished.toSorted((a, b) => b.ms - a.ms).slice(0, NODES_SHOWN);
  const rows = finished
    .filter((node) => slowest.includes(node))
    .map((node) => [node.node, node.status, formatMs(node.ms), formatBytes(node.bytes), node.reason ?? '']);
  const more = finished.length - slowest.length;
  return table(rows) + (more > 0 ? `and ${more} faster nodes\n` : '');
}

function streamProgress({ items, total, fps, failed, dropped }: Event<'stream.progress'>): string {
  const parts = [`${items}${total === undefined ? '' : ` of ${total}`} items`, `${fps.toFixed(1)}/s`];
  if (total !== undefined && total > items && fps > 0) parts.push(`${formatClock((total - items) / fps)} left`);
  if (failed > 0) parts.push(`${failed} failed`);
  if (dropped > 0) parts.push(`${dropped} dropped`);
  return parts.join('  ');
}

function counts(run: Event<'run.finished'>): string {
  const ends = ['done', 'cached', 'failed', 'skipped', 'cancelled'] as const;
  return ends
    .filter((end) => end === 'done' || run[end] > 0)
    .map((end) => `${run[end]} ${end}`)
    .join(', ');
}

function outputName({ name, item }: Event<'output'>): string {
  return item === undefined ? name : `${name}[${item}]`;
}

/** Text of several lines is printed as it is. */
function isText(value: JsonValue): boolean {
  return typeof value === 'string' && value.includes('\n');
}

function formatValue(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > VALUE_WIDTH ? `${text.slice(0, VALUE_WIDTH - 1)}…` : text;
}

function formatError({ code, message }: ErrorReport): string {
  return `${styleText('red', code, { stream: process.stderr })} ${message}`;
}

function formatMs(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
