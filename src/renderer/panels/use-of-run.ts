import { useEffect, useState } from 'react';
import type { RunMemory, RunProfile } from '../../shared/protocol/run-report.ts';
import { call } from '../connection/host.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';

type Known<T> =
  | { readonly state: 'here'; readonly told: T }
  /** `reason`: one sentence; null while nothing ran yet. */
  | { readonly state: 'absent'; readonly reason: string | null };

/** When nodes were at work in the last run: once it has ended, and now and then while it goes on. */
export function useRunProfile(): Known<RunProfile> {
  return useOfRun(askProfile, 0);
}

/** What the values of the last run hold. `version`: another one asks again. */
export function useRunMemory(version: number): Known<RunMemory> {
  return useOfRun(askMemory, version);
}

function useOfRun<T>(ask: (run: string) => Promise<T>, version: number): Known<T> {
  const run = useGraphState(selectRun);
  const phase = useGraphState(selectPhase);
  const [answer, setAnswer] = useState<{ readonly run: string; readonly known: Known<T> } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks once more.
  useEffect(() => {
    if (run === null) return;
    let isWanted = true;
    let timer = 0;
    const tell = (known: Known<T>) => {
      if (isWanted) setAnswer({ run, known });
    };
    const askAgain = async () => {
      const began = performance.now();
      try {
        tell({ state: 'here', told: await ask(run) });
      } catch (error) {
        // The engine may have been started again since, and knows nothing of the run.
        tell({ state: 'absent', reason: error instanceof Error ? error.message : String(error) });
      }
      // However much there is to tell and to show, it takes a small share of the time.
      await new Promise(requestAnimationFrame);
      const wait = Math.max(EVERY_MS, REST * (performance.now() - began));
      if (isWanted && phase === 'running') timer = window.setTimeout(() => void askAgain(), wait);
    };
    void askAgain();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [run, phase, ask, version]);
  return answer?.run === run && answer !== null ? answer.known : NOTHING_RAN;
}

const askProfile = (run: string) => call('runProfile', { run });
const askMemory = (run: string) => call('runMemory', { run });
const NOTHING_RAN = { state: 'absent', reason: null } as const;
const EVERY_MS = 500;
/** Time between two questions, as a multiple of the time that an answer takes. */
const REST = 20;
const selectRun = ({ run }: GraphState) => run.run;
const selectPhase = ({ run }: GraphState) => run.phase;
