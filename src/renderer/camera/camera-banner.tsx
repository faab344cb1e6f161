import { ChevronDown } from 'lucide-react';
import { USE_SAMPLE_VIDEO } from '../actions/camera.ts';
import { RUN } from '../actions/run.ts';
import { notifyError } from '../announce/notices.ts';
import { performAction } from '../commands/perform-action.ts';
import { Banner } from '../frame/banner.tsx';
import { runGraph } from '../run/run-graph.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { Button } from '../ui/button.tsx';
import { cameraTrouble } from './camera-trouble.ts';
import { DeviceMenu } from './device-menu.tsx';
import { devicePlace, setDevice } from './device-place.ts';

/** A camera cannot be used, or was unplugged: what is wrong, and the ways on. */
export function CameraBanner() {
  const graph = useOpenGraph();
  const run = useGraphState(selectRun);
  const checked = useGraphState(selectChecked);
  const trouble = cameraTrouble(run);
  if (trouble === null) return null;
  const place = devicePlace(checked, trouble.node);
  const choose = (device: string) => {
    if (place === null) return;
    setDevice(graph, place, device);
    runGraph(graph).catch(notifyError);
  };
  return (
    <Banner
      tone={trouble.waits ? 'attention' : 'failed'}
      buttons={
        <>
          {place !== null && (
            <>
              <DeviceMenu onChoose={choose}>
                <Button>
                  Choose another camera
                  <ChevronDown aria-hidden className="size-3.5" />
                </Button>
              </DeviceMenu>
              <Button onClick={() => performAction(USE_SAMPLE_VIDEO)}>Use the sample video</Button>
            </>
          )}
          {!trouble.waits && (
            <Button tone="main" onClick={() => performAction(RUN)}>
              Try again
            </Button>
          )}
        </>
      }
    >
      {trouble.error.message}
    </Banner>
  );
}

const selectRun = ({ run }: GraphState) => run;
const selectChecked = ({ checked }: GraphState) => checked;
