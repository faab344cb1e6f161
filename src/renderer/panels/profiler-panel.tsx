import { SAVE_TRACE } from '../actions/profile.ts';
import { performAction } from '../commands/perform-action.ts';
import { Button } from '../ui/button.tsx';
import { EmptyPanel } from './empty-panel.tsx';
import { SelfTimeTable } from './self-time-table.tsx';
import { Timeline } from './timeline-view.tsx';
import { useRunProfile } from './use-of-run.ts';

/** Where the time of the last run went: work over time, and the cost of each node. */
export function ProfilerPanel() {
  const known = useRunProfile();
  if (known.state === 'absent') {
    return (
      <EmptyPanel>
        {known.reason ?? 'A timeline of nodes and of the processes beside them will be here after a run.'}
      </EmptyPanel>
    );
  }
  const profile = known.told;
  if (profile.spans.node.length === 0) return <EmptyPanel>No node had work to do in the last run.</EmptyPanel>;
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col border-line border-r">
        <Timeline profile={profile} />
        {profile.dropped > 0 && (
          <p className="px-3 py-1 text-dim">{profile.dropped} older pieces of work are not shown.</p>
        )}
      </div>
      <div className="flex w-[30rem] shrink-0 flex-col">
        <SelfTimeTable profile={profile} />
        <div className="flex h-8 shrink-0 items-center justify-end border-line border-t px-1">
          <Button icon={SAVE_TRACE.icon} onClick={() => performAction(SAVE_TRACE)}>
            Save trace…
          </Button>
        </div>
      </div>
    </div>
  );
}
