import { resolve } from 'node:path';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { RunRequest } from '../../shared/protocol/engine-calls.ts';
import type { RunEvent } from '../../shared/protocol/run-events.ts';
import { EngineHost } from '../engine/host.ts';
import type { InputAssignments, ParamAssignment } from './assignments.ts';
import { runStatus } from './exit-status.ts';
import { printExplanation } from './explain.ts';
import { onInterrupt } from './interrupt.ts';
import { JsonReport } from './json-report.ts';
import { onLiveKeys } from './live-keys.ts';
import { RunReport } from './run-report.ts';
import { writeTrace } from './write-trace.ts';

export interface RunOptions {
  readonly set: InputAssignments;
  readonly node: readonly ParamAssignment[];
  readonly out: string;
  readonly backend?: string;
  readonly to?: string;
  readonly explain?: true;
  readonly timeout?: number;
  readonly trace?: string;
  readonly json?: true;
}

/** What is told of a run while it goes on, and at its end. */
export interface Report {
  event(event: RunEvent): void;
  /** A line for the person at the terminal. */
  tell(line: string): void;
  close(): void;
}

/** `weft run`: the engine works in its own thread; this one prints what it says, and stops it when it is told to. */
export async function run(graph: string, options: RunOptions): Promise<number> {
  const request: RunRequest = {
    graph: { path: resolve(graph) },
    inputs: options.set,
    params: options.node,
    out: resolve(options.out),
    cwd: process.cwd(),
    backend: options.backend,
    to: options.to === undefined ? undefined : [options.to],
    timeoutMs: options.timeout === undefined ? undefined : options.timeout * 1000,
    record: options.trace !== undefined,
  };
  const host = new EngineHost();
  try {
    if (options.explain) return printExplanation(await host.explain(request), options.json === true);
    const report = options.json ? new JsonReport() : new RunReport();
    return await runInterruptibly(host, request, report, options.trace);
  } finally {
    await host.close();
  }
}

async function runInterruptibly(
  host: EngineHost,
  request: RunRequest,
  report: Report,
  trace: string | undefined,
): Promise<number> {
  let running: string | undefined;
  let name = '';
  let interrupted = false;
  let keys: Disposable | undefined;
  using _ = onInterrupt(() => {
    interrupted = true;
    if (running !== undefined) host.cancel(running);
  });
  try {
    const summary = await host.run(request, (event) => {
      report.event(event);
      if (event.event !== 'run.started') return;
      running = event.run;
      name = event.graph;
      if (interrupted) host.cancel(running);
      if (event.live !== undefined) keys = onLiveKeys(host, event.run, event.live, (line) => report.tell(line));
    });
    const status = runStatus(summary);
    if (trace === undefined || summary.status === 'refused') return status;
    try {
      await writeTrace(host, summary.run, name, resolve(trace));
      return status;
    } catch (error) {
      // A run that failed ends with its own status.
      if (!(error instanceof WeftError) || status === 0) throw error;
      report.tell(`The trace was not written: ${error.message}`);
      return status;
    }
  } finally {
    keys?.[Symbol.dispose]();
    report.close();
  }
}
