import { useEffect, useState } from 'react';
import type { RunReport } from '../../shared/protocol/window-calls.ts';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';

/** What the last run recorded: once it has ended, and each second while it goes on. Null while there is none. */
export function useRunReport(): RunReport | null {
  const run = useGraphState(selectRun);
  const phase = useGraphState(selectPhase);
  const [report, setReport] = useState<{ run: string; report: RunReport } | null>(null);
  useEffect(() => {
    if (run === null) return;
    let isWanted = true;
    let timer = 0;
    const ask = async () => {
      const answer = await call('runReport', { run });
      if (!isWanted) return;
      setReport({ run, report: answer });
      if (phase === 'running') timer = window.setTimeout(() => void ask().catch(notifyError), EVERY_MS);
    };
    ask().catch(notifyError);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [run, phase]);
  return report?.run === run ? report.report : null;
}

const EVERY_MS = 1000;
const selectRun = ({ run }: GraphState) => run.run;
const selectPhase = ({ run }: GraphState) => run.phase;
