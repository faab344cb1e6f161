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
      return (
        <Time run={run} word="Done">
          <CircleCheck aria-hidden className="size-3 shrink-0 text-done" />
        </Time>
      );
    case 'cached':
      return <Time run={run} word="From the cache" />;
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

function Time({ run, word, children }: { run: NodeRun; word: string; children?: React.ReactNode }) {
  const level = useLevelOfDetail();
  return (
    <span
      role="img"
      aria-label={`${word}${run.ms === null ? '' : ` in ${formatDuration(run.ms)}`}`}
      className={`flex shrink-0 items-center gap-1 font-mono text-2xs tabular ${run.state === 'cached' ? 'text-faint italic' : 'text-dim'}`}
    >
      {level === 'full' && (run.state === 'cached' ? 'cached' : run.ms !== null && formatDuration(run.ms))}
      {children}
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
