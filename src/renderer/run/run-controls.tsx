import { Play, RotateCcw, Square } from 'lucide-react';
import type { Action } from '../actions/action.ts';
import { FINISH, RERUN_FAILED, RUN, STOP } from '../actions/run.ts';
import { performAction } from '../commands/perform-action.ts';
import { useKeys } from '../commands/use-keys.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { BackendChoice } from './backend-choice.tsx';
import { GraphInputs } from './graph-inputs.tsx';
import { RecordButton } from './record-button.tsx';
import { isUnderWay } from './run-graph.ts';
import { RunStatus } from './run-status.tsx';

/** The bar over the canvas: run and stop, what goes into the graph, where it runs, and how it goes. */
export function RunControls() {
  const underWay = useGraphState(selectUnderWay);
  const outdated = useGraphState(selectOutdated);
  const failed = useGraphState(selectFailed);
  const failedKeys = useKeys(RERUN_FAILED);
  return (
    <div
      role="toolbar"
      aria-label="Run"
      className="relative flex h-9 shrink-0 items-center gap-2 border-line border-b bg-panel px-2"
    >
      {underWay ? (
        <StopButton />
      ) : (
        <ActionTextButton action={RUN} icon={Play} tone="main">
          Run
        </ActionTextButton>
      )}
      {outdated && (
        <ActionTextButton action={RUN} icon={RotateCcw}>
          {underWay ? 'Edited since: start again' : 'Edited since: run again'}
        </ActionTextButton>
      )}
      <RecordButton />
      <GraphInputs />
      <RunStatus />
      {failed && (
        <IconButton
          icon={RotateCcw}
          label={RERUN_FAILED.label}
          keys={failedKeys}
          onClick={() => performAction(RERUN_FAILED)}
        />
      )}
      <BackendChoice />
    </div>
  );
}

const selectUnderWay = ({ run }: GraphState) => isUnderWay(run);
const selectOutdated = ({ run }: GraphState) => run.outdated;
const selectFailed = ({ run }: GraphState) => run.phase === 'ended' && (run.summary?.failed ?? 0) > 0;

/** What has entered a live run passes through first; where that takes too long, a second press stops it at once. */
function StopButton() {
  const phase = useGraphState(selectPhase);
  const isLive = useGraphState(selectIsLive);
  return (
    <ActionTextButton
      action={isLive && phase === 'running' ? FINISH : STOP}
      icon={Square}
      tone="danger"
      disabled={phase === 'stopping'}
    >
      {phase === 'stopping' ? 'Stopping' : phase === 'finishing' ? 'Stop at once' : 'Stop'}
    </ActionTextButton>
  );
}

const selectPhase = ({ run }: GraphState) => run.phase;
const selectIsLive = ({ run }: GraphState) => run.isLive;

interface ActionTextButtonProps extends Omit<React.ComponentProps<typeof Button>, 'onClick'> {
  readonly action: Action;
}

function ActionTextButton({ action, ...rest }: ActionTextButtonProps) {
  return (
    <Tooltip text={action.label} keys={useKeys(action)}>
      <Button onClick={() => performAction(action)} {...rest} />
    </Tooltip>
  );
}
