import { CircleAlert, CircleCheck, CircleSlash, LoaderCircle } from 'lucide-react';
import { useCallback } from 'react';
import { formatDuration } from '../run/describe-run.ts';
import { pathInView } from '../state/body-in-view.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import type { NodeRun } from '../state/run-state.ts';
import { useLevelOfDetail } from './level-context.ts';

/** How a node fared in the last run: at work, done in what time, from the cache, failed, skipped. */
export function NodeRunMark({ node }: { node: string }) {
  const run = useNodeRun(node);
  switch (run?.state) {
    case 'running':
    case 'retrying':
      return (
        <LoaderCircle role="img" aria-label={running(run)} className="size-3.5 shrink-0 animate-spin text-accent" />
      );
    case 'done':
      return <Done ms={run.ms} />;
    case 'cached':
      return <Cached />;
    case 'failed':
      return <CircleAlert role="img" aria-label="Failed" className="size-3.5 shrink-0 text-failed" />;
    case 'skipped':
    case 'cancelled':
      return (
        <CircleSlash
          role="img"
          aria-label={run.state === 'skipped' ? 'Skipped' : 'Stopped'}
          className="size-3 shrink-0 text-faint"
        />
      );
    default:
      return null;
  }
}

/** How far a node is that tells, as a line under its title. */
export function NodeProgress({ node }: { node: string }) {
  const run = useNodeRun(node);
  if (run?.state !== 'running' || run.progress === null) return null;
  const percent = Math.round(run.progress * 100);
  return (
    <span
      role="progressbar"
      aria-label={run.note ?? 'Progress'}
      aria-valuenow={percent}
      className="absolute bottom-0 left-0 h-0.5 bg-accent"
      style={{ width: `${percent}%` }}
    />
  );
}

function Done({ ms }: Pick<NodeRun, 'ms'>) {
  const level = useLevelOfDetail();
  const time = ms === null ? null : formatDuration(ms);
  return (
    <span
      role="img"
      aria-label={time === null ? 'Done' : `Done in ${time}`}
      className="tabular flex shrink-0 items-center gap-1 font-mono text-2xs text-dim"
    >
      {level === 'full' && time}
      <CircleCheck aria-hidden className="size-3 shrink-0 text-done" />
    </span>
  );
}

function Cached() {
  const level = useLevelOfDetail();
  return (
    <span role="img" aria-label="From the cache" className="shrink-0 font-mono text-2xs text-faint italic">
      {level === 'full' && 'cached'}
    </span>
  );
}

function running({ state, attempt, progress }: NodeRun): string {
  if (state === 'retrying') return `Trying again, attempt ${attempt}`;
  return progress === null ? 'Running' : `Running, ${Math.round(progress * 100)} percent`;
}

/** Of one node only, so that news about others renders nothing here. */
function useNodeRun(node: string): NodeRun | undefined {
  return useGraphState(
    useCallback(
      ({ run, view }) => {
        const path = pathInView(view, node);
        return path === null ? undefined : run.nodes.get(path);
      },
      [node],
    ),
  );
}
