/** What a video says of itself. */
export interface VideoDescription {
  /** Absolute path; null for a camera or pattern. */
  readonly path: string | null;
  /** FFmpeg's names: `mov,mp4,m4a,3gp,3g2,mj2`, `h264`. */
  readonly container: string;
  readonly codec: string;
  /** In pixels, as frames come: upright, with square pixels, scaled as was asked. */
  readonly width: number;
  readonly height: number;
  /** Frames a second on average; null when nothing tells. */
  readonly fps: number | null;
  /** Frames that its header promises; null when it promises none. */
  readonly frames: number | null;
  /** Null when nothing tells, as for a camera. */
  readonly seconds: number | null;
  /** Degrees that the picture was turned clockwise to stand upright: 0, 90, 180 or 270. */
  readonly rotation: number;
  /** FFmpeg's name of the codec of its sound; null for a silent one. */
  readonly audio: string | null;
}
