import type { Media } from '../../shared/node-api/media.ts';
import type { Videos } from '../isolates/media/videos.ts';
import type { CallContext } from './call-context.ts';
import { onWorkOf, type Recorder } from './recorder.ts';
import type { WindowCameras } from './window-cameras.ts';

/** Where a run that a window shows finds cameras. */
export interface CamerasOfWindow {
  readonly cameras: WindowCameras;
  readonly window: string;
}

/**
 * Videos as one call of a node's body sees them. `recorder` is told when a process works on them.
 * @param shown null for a run without a window: the engine opens cameras of its own machine
 */
export function mediaForNode(
  context: CallContext,
  recorder: Recorder | null,
  videos: () => Promise<Videos>,
  shown: CamerasOfWindow | null,
): Media {
  const call = () => ({
    runId: context.run,
    signal: context.signal,
    onWork: onWorkOf(context, recorder),
    allocate: (bytes: number) => context.tensor('uint8', [bytes]).data,
    fileIs: (state: 'begun' | 'complete', path: string) => context.fileIs(state, path),
  });
  return {
    open: async (source, request = {}) =>
      source.kind === 'camera' && shown !== null
        ? shown.cameras.open(shown.window, source, request, context)
        : (await videos()).open(source, request, call()),
    create: async (path, request) => (await videos()).create(path, request, call()),
    cameras: async () => (await videos()).cameras(),
  };
}
