import { EmptyPanel } from './empty-panel.tsx';
import { SelfTimeTable } from './self-time-table.tsx';
import { Timeline } from './timeline-view.tsx';
import { useRunReport } from './use-run-report.ts';

/** Where the time of the last run went: work over time, and the cost of each node. */
export function ProfilerPanel() {
  const known = useRunReport();
  if (known.state === 'absent') {
    return (
      <EmptyPanel>
        {known.reason ?? 'A timeline of nodes and of the processes beside them will be here after a run.'}
      </EmptyPanel>
    );
  }
  const { spans, spansDropped } = known.report;
  if (spans.length === 0) return <EmptyPanel>No node had work to do in the last run.</EmptyPanel>;
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col border-line border-r">
        <Timeline spans={spans} />
        {spansDropped > 0 && <p className="px-3 py-1 text-dim">{spansDropped} older pieces of work are not shown.</p>}
      </div>
      <SelfTimeTable spans={spans} />
    </div>
  );
}
