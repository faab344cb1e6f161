import { Circle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { RECORD } from '../actions/run.ts';
import { performAction } from '../commands/perform-action.ts';
import { useKeys } from '../commands/use-keys.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import { Button } from '../ui/button.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { recordingOf, recordSwitches } from './recording.ts';

/** Begins and ends recordings while a live run goes on, and says for how long one has gone on. */
export function RecordButton() {
  const canRecord = useGraphState(selectCanRecord);
  const isOn = useGraphState(selectIsOn);
  const begunAt = useGraphState(selectBegunAt);
  const keys = useKeys(RECORD);
  if (!canRecord) return null;
  return (
    <Tooltip text={RECORD.label} keys={keys}>
      <Button tone={isOn ? 'danger' : 'plain'} aria-pressed={isOn} onClick={() => performAction(RECORD)}>
        <Circle aria-hidden className={`size-3 ${isOn ? 'fill-current' : ''}`} />
        {isOn ? 'Recording' : 'Record'}
        {begunAt !== null && <Clock since={begunAt} />}
      </Button>
    </Tooltip>
  );
}

const selectCanRecord = (state: GraphState) =>
  state.run.isLive && state.run.phase === 'running' && recordSwitches(state).length > 0;
const selectIsOn = (state: GraphState) => recordSwitches(state).some(({ isOn }) => isOn);
const selectBegunAt = (state: GraphState) => recordingOf(state)?.begunAt ?? null;

/** Minutes and seconds. */
function Clock({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return (
    <span className="tabular">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </span>
  );
}
