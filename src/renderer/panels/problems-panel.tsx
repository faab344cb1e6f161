import { CircleAlert, Info } from 'lucide-react';
import { useMemo } from 'react';
import type { Problem } from '../../shared/graph/checked-graph.ts';
import { showNode } from '../run/show-node.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import type { RunState } from '../state/run-state.ts';
import { EmptyPanel } from './empty-panel.tsx';
import { VirtualRows } from './virtual-rows.tsx';

/** What is wrong with the graph, what failed in the last run, and what is worth knowing. A click goes to the node. */
export function ProblemsPanel() {
  const graph = useOpenGraph();
  const problems = useGraphState(selectProblems);
  const notes = useGraphState(selectNotes);
  const run = useGraphState(selectRun);
  const all = useMemo(() => [...problems, ...failures(run)], [problems, run]);
  if (all.length + notes.length === 0) {
    return <EmptyPanel>No problems. What is wrong with the graph, or fails in a run, will be listed here.</EmptyPanel>;
  }
  return (
    <VirtualRows
      count={all.length + notes.length}
      label="Problems"
      row={(index) => {
        const problem = all.at(index);
        if (index >= all.length || problem === undefined) return <NoteRow text={notes[index - all.length]} />;
        return <ProblemRow problem={problem} onShow={(node) => showNode(graph, node)} />;
      }}
    />
  );
}

/** How many problems there are, failures of the last run included. */
export function countProblems({ checked, run }: GraphState): number {
  return checked.problems.length + failures(run).length;
}

const selectProblems = ({ checked }: GraphState) => checked.problems;
const selectNotes = ({ checked }: GraphState) => checked.notes;
const selectRun = ({ run }: GraphState) => run;

/** By the nodes of a run, which stay the same object while none changes. */
const FAILURES = new WeakMap<RunState['nodes'], readonly Problem[]>();

function failures({ nodes, failure, phase }: RunState): readonly Problem[] {
  let failed = FAILURES.get(nodes);
  if (failed === undefined) {
    failed = [...nodes].flatMap(([node, { error, waitsFor }]) =>
      [error, waitsFor].flatMap((wrong) => (wrong === null ? [] : [{ ...wrong, node }])),
    );
    FAILURES.set(nodes, failed);
  }
  return phase === 'ended' && failure !== null && failed.length === 0 ? [failure] : failed;
}

const ROW = 'flex h-6 w-full items-center gap-2 px-3 text-left';

function ProblemRow({ problem, onShow }: { problem: Problem; onShow: (node: string) => void }) {
  const { code, message, node } = problem;
  const content = (
    <>
      <CircleAlert aria-hidden className="size-3.5 shrink-0 text-failed" />
      <span className="min-w-0 truncate" title={message}>
        {message}
      </span>
      <span className="shrink-0 font-mono text-2xs text-faint">{code}</span>
      {node !== undefined && <span className="ml-auto shrink-0 pl-4 text-dim">{node}</span>}
    </>
  );
  if (node === undefined) return <div className={ROW}>{content}</div>;
  return (
    <button type="button" className={`${ROW} hover:bg-hover`} onClick={() => onShow(node)}>
      {content}
    </button>
  );
}

function NoteRow({ text }: { text: string }) {
  return (
    <div className={`${ROW} text-dim`}>
      <Info aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate" title={text}>
        {text}
      </span>
    </div>
  );
}
