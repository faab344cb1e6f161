import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { CameraNews, CameraRequest } from '../../shared/protocol/camera.ts';
import { notifyError } from '../announce/notices.ts';
import { call, onHostEvent } from '../connection/host.ts';
import { appStore } from '../state/app-store.ts';
import { Capture } from './capture.ts';
import { followDevices, lookForCameras } from './known-cameras.ts';

/** Captures what runs ask for, for as long as they do and there is a line to the host. Returns how to stop that. */
export function followCameras(): () => void {
  const open = new Map<string, Capture>();
  const stopEvents = onHostEvent((event) => {
    if (event.event === 'camera') follow(event.request, open);
  });
  const stopLine = appStore.subscribe(({ line }) => {
    if (line.state === 'lost') closeAll(open);
  });
  const stopDevices = followDevices();
  return () => {
    stopDevices();
    stopEvents();
    stopLine();
    closeAll(open);
  };
}

function follow(request: CameraRequest, open: Map<string, Capture>): void {
  switch (request.ask) {
    case 'open': {
      const capture = new Capture(request, tell);
      open.set(request.capture, capture);
      capture.run().catch(notifyError);
      return;
    }
    case 'frame':
      open.get(request.capture)?.want();
      return;
    case 'close':
      open.get(request.capture)?.close();
      open.delete(request.capture);
  }
}

function closeAll(open: Map<string, Capture>): void {
  for (const capture of open.values()) capture.close();
  open.clear();
}

function tell(news: CameraNews): void {
  // An allowed camera has a name.
  if (news.news === 'opened') void lookForCameras();
  call('tellCamera', news).catch((error) => {
    // A line that was lost says so itself.
    if (!(error instanceof WeftError && error.code === 'E_DISCONNECTED')) notifyError(error);
  });
}
