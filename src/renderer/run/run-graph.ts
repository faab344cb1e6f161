import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { RunSummary } from '../../shared/protocol/run-events.ts';
import { announce } from '../announce/announce.ts';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { tellSaved } from '../files/saved-file.ts';
import { appStore } from '../state/app-store.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { NO_RUN, type RunState } from '../state/run-state.ts';
import { abandonRun, applyRunEvents } from './apply-events.ts';
import { describeEnd } from './describe-run.ts';
import { followEdits } from './follow-edits.ts';
import { recordingInputs, switchOffSince } from './recording.ts';

/** The part of a graph that is to run; all of it when both are left out. Paths of nodes. */
export interface RunPart {
  /** Only these and what they need. */
  readonly to?: readonly string[];
  /** These and all after them are computed anew; the rest comes from the cache. */
  readonly from?: readonly string[];
}

/** Starts a run of the graph as it stands. One that is under way is stopped first. Resolves when the run has ended. */
export async function runGraph(graph: OpenGraph, part: RunPart = {}): Promise<void> {
  const ticket = crypto.randomUUID();
  wanted.set(graph.id, ticket);
  const before = underWay.get(graph.id);
  if (before !== undefined) {
    await stopRun(graph);
    await before;
  }
  // Pressed again meanwhile: the newest press counts.
  if (wanted.get(graph.id) !== ticket) return;
  const run = carryOut(graph, ticket, part);
  underWay.set(graph.id, run);
  await run;
}

/** Asks the run under way to stop. Resolves when the host knows; the run ends a moment later. */
export async function stopRun(graph: OpenGraph): Promise<void> {
  const { run } = graph.store.getState();
  if (!isUnderWay(run)) return;
  setRun(graph, { ...run, phase: 'stopping' });
  if (run.ticket !== null) await call('stop', { run: run.ticket }).catch(notifyError);
}

/** Ends the live sources of the run under way: what they have given passes through, and files are completed. */
export async function finishRun(graph: OpenGraph): Promise<void> {
  const { run } = graph.store.getState();
  if (run.phase !== 'running' || run.ticket === null) return;
  setRun(graph, { ...run, phase: 'finishing' });
  await call('finish', { run: run.ticket });
}

/** Runs the nodes that failed, and what comes after them, once more. */
export function rerunFailed(graph: OpenGraph): Promise<void> {
  return runGraph(graph, { from: failedNodes(graph.store.getState().run) });
}

/** Paths of the nodes that failed in the last run. */
export function failedNodes({ nodes }: RunState): string[] {
  return [...nodes].flatMap(([id, { state }]) => (state === 'failed' ? [id] : []));
}

export function isUnderWay({ phase }: RunState): boolean {
  return phase !== 'idle' && phase !== 'ended';
}

/** Takes in what the host tells of a run of this graph. */
export function onRunEvents(graph: OpenGraph, events: Parameters<typeof applyRunEvents>[1]): void {
  setRun(graph, applyRunEvents(graph.store.getState().run, events, Date.now()));
  for (const event of events) if (event.event === 'file' && event.state === 'complete') tellSaved(event.path);
}

/** Marks the run under way as ended, since whoever carried it out is gone. */
export function loseRun(graph: OpenGraph, message: string): void {
  const { run } = graph.store.getState();
  if (!isUnderWay(run)) return;
  setRun(graph, abandonRun(run, { code: 'E_ENGINE_DIED', message, causes: [] }, Date.now()));
}

/** By the id of the open graph. */
const underWay = new Map<string, Promise<void>>();
const wanted = new Map<string, string>();
const MAX_ENDED = 50;

async function carryOut(graph: OpenGraph, ticket: string, part: RunPart): Promise<void> {
  const { graph: document, file, inputs, backend } = graph.store.getState();
  const chosen = backend ?? appStore.getState().settings.backend;
  setRun(graph, { ...NO_RUN, ticket, phase: 'starting', startedAt: Date.now() });
  announce('The run has started.');
  const stopFollowing = followEdits(graph);
  const recordsFromTheStart = recordingInputs(graph);
  try {
    const folder = file?.folder ?? null;
    const request = { document, graph: graph.id, folder, inputs, backend: chosen, ...part, record: true, ticket };
    const summary = await call('run', request);
    endRun(graph, ticket, summary);
  } catch (error) {
    if (!(error instanceof WeftError)) throw error;
    const { run } = graph.store.getState();
    if (run.ticket === ticket && isUnderWay(run)) setRun(graph, abandonRun(run, error.toReport(), Date.now()));
  } finally {
    stopFollowing();
    switchOffSince(graph, recordsFromTheStart);
    underWay.delete(graph.id);
    keepEnded(graph, ticket);
  }
}

/** The answer says the same as the last event, which may come after it. */
function endRun(graph: OpenGraph, ticket: string, summary: RunSummary): void {
  const { run } = graph.store.getState();
  if (run.ticket !== ticket || run.phase === 'ended') return;
  setRun(graph, applyRunEvents(run, [{ event: 'run.finished', ...summary }], Date.now()));
}

function keepEnded(graph: OpenGraph, ticket: string): void {
  const { run, runs } = graph.store.getState();
  if (run.ticket !== ticket || run.startedAt === null) return;
  const { run: name, startedAt, summary, failure, outputs, files } = run;
  const ended = { ticket, run: name, startedAt, summary, failure, outputs, files };
  graph.store.setState({ runs: [ended, ...runs].slice(0, MAX_ENDED) });
  announce(describeEnd(run).sentence);
}

function setRun(graph: OpenGraph, run: RunState): void {
  graph.store.setState({ run });
}
