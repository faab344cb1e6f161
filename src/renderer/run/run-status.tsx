import { CircleAlert, CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { describeEnd, formatDuration } from './describe-run.ts';
import { progressOf } from './progress.ts';
import { isUnderWay } from './run-graph.ts';
import { showNode } from './show-node.ts';

/** How far the run is, or how the last one ended; a click goes to the node that failed. */
export function RunStatus() {
  const run = useGraphState(selectRun);
  if (run.phase === 'idle') return null;
  return isUnderWay(run) ? <Going run={run} /> : <Ended run={run} />;
}

const selectRun = ({ run }: GraphState) => run;

function Going({ run }: { run: GraphState['run'] }) {
  const { fraction, text, left } = progressOf(run);
  return (
    <>
      <span className="tabular flex shrink-0 items-center gap-1.5 whitespace-nowrap text-dim">
        <LoaderCircle aria-hidden className="size-3.5 shrink-0 animate-spin text-accent" />
        {run.phase === 'starting' ? 'Starting' : text}
        {run.phase === 'finishing' && ' · finishing'}
        {left !== null && ` · ${formatDuration(left)} left`}
      </span>
      <div
        role="progressbar"
        aria-label="Progress of the run"
        aria-valuenow={fraction === null ? undefined : Math.round(fraction * 100)}
        className="absolute inset-x-0 -bottom-px h-0.5"
      >
        <div
          className={`h-full bg-accent ${fraction === null ? 'w-full animate-pulse' : ''}`}
          style={fraction === null ? undefined : { width: `${fraction * 100}%` }}
        />
      </div>
    </>
  );
}

function Ended({ run }: { run: GraphState['run'] }) {
  const graph = useOpenGraph();
  const { tone, sentence, node } = describeEnd(run);
  const { Icon, colour } = TONES[tone];
  const text = (
    <>
      <Icon aria-hidden className={`size-3.5 shrink-0 ${colour}`} />
      <span className="tabular truncate">{sentence}</span>
    </>
  );
  const look = `flex min-w-16 max-w-72 shrink items-center gap-1.5 rounded-control px-1 ${tone === 'done' ? 'text-dim' : 'text-fg'}`;
  if (node === null) {
    return (
      <span className={look} title={sentence}>
        {text}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={`${look} h-6 hover:bg-hover`}
      title={sentence}
      onClick={() => showNode(graph, node)}
    >
      {text}
    </button>
  );
}

const TONES = {
  done: { Icon: CircleCheck, colour: 'text-done' },
  attention: { Icon: TriangleAlert, colour: 'text-attention' },
  failed: { Icon: CircleAlert, colour: 'text-failed' },
};
