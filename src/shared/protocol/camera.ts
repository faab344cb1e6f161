import type { FrameColour } from '../node-api/yuv.ts';

/**
 * What an engine asks of the window that a run belongs to: its cameras are those of the computer that the person sits at,
 * wherever the engine is. `capture` names one camera that is open for one node.
 */
export type CameraRequest =
  /** Answered by `opened` or `failed`. Size and rate are wishes. */
  | {
      readonly ask: 'open';
      readonly capture: string;
      /** A number in the browser's order, or a name. */
      readonly device: string;
      /** In pixels. */
      readonly width: number;
      readonly height: number;
      /** Frames a second. */
      readonly fps: number;
    }
  /** There is room for one frame: the newest that has not been sent, or else the next. Answered by `frame`. */
  | { readonly ask: 'frame'; readonly capture: string }
  /** No more frames are wanted. */
  | { readonly ask: 'close'; readonly capture: string };

/** What a window tells of a capture. */
export type CameraNews =
  | {
      readonly news: 'opened';
      readonly capture: string;
      readonly name: string;
      readonly width: number;
      readonly height: number;
      /** Null when the camera does not tell. */
      readonly fps: number | null;
      /** When the first frame was captured, ms since the epoch by the window's clock. */
      readonly beganAt: number;
    }
  | ({ readonly news: 'frame'; readonly capture: string } & CapturedFrame)
  /** The camera was unplugged, or is back. A frame that was asked for comes when it is. */
  | { readonly news: 'lost' | 'back'; readonly capture: string }
  | { readonly news: 'failed'; readonly capture: string; readonly why: CameraFailure };

export interface CapturedFrame {
  /** Number of the frame among those that were captured, from 0: frames that were not sent leave gaps. */
  readonly index: number;
  /** When it was captured, from the first frame on. */
  readonly seconds: number;
  /** As in `opened`. */
  readonly width: number;
  readonly height: number;
  readonly colour: FrameColour;
  /** As in `Frame.data`. */
  readonly planes: Uint8Array<ArrayBuffer>;
}

/**
 * `denied`: by the person or the system. `missing`: no such camera. `busy`: another program has it. `insecure`: the page
 * came over a line that browsers do not trust with cameras. `unsupported`: the browser cannot do it.
 */
export const CAMERA_FAILURES = ['denied', 'missing', 'busy', 'insecure', 'unsupported'] as const;
export type CameraFailure = (typeof CAMERA_FAILURES)[number];
