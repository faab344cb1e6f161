import type { Media } from '../../shared/node-api/media.ts';
import type { Videos } from '../isolates/media/videos.ts';
import type { CallContext } from './call-context.ts';

/** Videos as one call of a node's body sees them. */
export function mediaForNode(context: CallContext, videos: () => Promise<Videos>): Media {
  const call = () => ({
    runId: context.run,
    signal: context.signal,
    allocate: (bytes: number) => context.tensor('uint8', [bytes]).data,
  });
  return {
    open: async (source, request = {}) => (await videos()).open(source, request, call()),
    create: async (path, request) => (await videos()).create(path, request, call()),
    cameras: async () => (await videos()).cameras(),
  };
}
