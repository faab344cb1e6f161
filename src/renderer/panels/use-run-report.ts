import { useEffect, useState } from 'react';
import type { RunReport } from '../../shared/protocol/window-calls.ts';
import { call } from '../connection/host.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';

type KnownReport =
  | { readonly state: 'here'; readonly report: RunReport }
  /** `reason`: one sentence; null while nothing ran yet. */
  | { readonly state: 'absent'; readonly reason: string | null };

/** What the last run recorded: once it has ended, and each second while it goes on. */
export function useRunReport(): KnownReport {
  const run = useGraphState(selectRun);
  const phase = useGraphState(selectPhase);
  const [answer, setAnswer] = useState<{ readonly run: string; readonly known: KnownReport } | null>(null);
  useEffect(() => {
    if (run === null) return;
    let isWanted = true;
    let timer = 0;
    const tell = (known: KnownReport) => {
      if (isWanted) setAnswer({ run, known });
    };
    const ask = async () => {
      try {
        tell({ state: 'here', report: await call('runReport', { run }) });
      } catch (error) {
        // The engine may have been started again since, and knows nothing of the run.
        tell({ state: 'absent', reason: error instanceof Error ? error.message : String(error) });
      }
      if (isWanted && phase === 'running') timer = window.setTimeout(() => void ask(), EVERY_MS);
    };
    void ask();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [run, phase]);
  return answer?.run === run && answer !== null ? answer.known : NOTHING_RAN;
}

const NOTHING_RAN: KnownReport = { state: 'absent', reason: null };
const EVERY_MS = 1000;
const selectRun = ({ run }: GraphState) => run.run;
const selectPhase = ({ run }: GraphState) => run.phase;
