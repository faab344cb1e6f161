/** https://w3c.github.io/mediacapture-transform/: only Chromium has it on the page's own thread, and TypeScript not yet. */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
type TrackProcessorClass = new (init: { readonly track: MediaStreamTrack }) => TrackProcessor;

declare global {
  interface Window {
    readonly MediaStreamTrackProcessor?: TrackProcessorClass;
  }
}

export function canReadTracks(): boolean {
  return window.MediaStreamTrackProcessor !== undefined;
}

/** The frames of a camera as they come, until its track ends; whoever takes one closes it. */
export function framesOf(track: MediaStreamTrack): ReadableStream<VideoFrame> {
  const { MediaStreamTrackProcessor } = window;
  if (MediaStreamTrackProcessor === undefined) throw new Error('This browser cannot read the frames of a camera.');
  return new MediaStreamTrackProcessor({ track }).readable;
}
