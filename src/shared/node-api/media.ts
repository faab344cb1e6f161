import type { Frame } from './frame.ts';
import type { Image } from './image.ts';
import type { VideoDescription } from './video-description.ts';

/** Videos and cameras, read and written in processes of their own. */
export interface Media {
  /**
   * Opens a video, camera or test pattern. Frames are read within the call, or the source, that opened it.
   * @throws E_FILE_MISSING, E_FILE_READ, E_VIDEO_READ, E_CAMERA, E_ISOLATE_DIED
   */
  open(source: VideoSource, request?: ReadRequest): Promise<VideoReader>;
  /**
   * Begins a video file. What has been written is playable at any time, whatever ends the app.
   * @throws E_FILE_WRITE, E_VALUE, E_ISOLATE_DIED
   */
  create(path: string, request: WriteRequest): Promise<VideoWriter>;
  /** The cameras of this machine, in the system's order. */
  cameras(): Promise<readonly Camera[]>;
}

export type VideoSource =
  | { readonly kind: 'file'; readonly path: string }
  /** `device`: a name, or a number in the system's order. Size and rate are wishes. */
  | ({ readonly kind: 'camera'; readonly device: string } & Partial<PictureRate>)
  /** Moving bars with a clock, as FFmpeg's `testsrc` draws them. */
  | ({ readonly kind: 'pattern' } & PictureRate);

export interface PictureRate {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames a second. */
  readonly fps: number;
}

export interface ReadRequest {
  /** Seconds from the beginning: the first frame is the one that is shown then. */
  readonly from?: number;
  /** Seconds from the beginning: frames that begin then or later are left out. */
  readonly to?: number;
  /** Every n-th frame. */
  readonly step?: number;
  /** The frames are scaled; with one of the two, the other follows from it. */
  readonly width?: number;
  readonly height?: number;
  /** Frames of a file come when they would be shown, as from a camera. */
  readonly live?: boolean;
}

export interface VideoReader {
  readonly video: VideoDescription;
  /** What has been read so far. */
  readonly tally: ReadTally;
  /** The next frame; null after the last. @throws E_VIDEO_READ, E_MEMORY, E_ISOLATE_DIED */
  read(): Promise<Frame | null>;
  /** To be called when no more frames are wanted. */
  close(): Promise<void>;
}

export interface ReadTally {
  /** Frames that were decoded, those that a `step` leaves out too. */
  readonly decoded: number;
  /** Pieces of the file that could not be decoded at all. */
  readonly lost: number;
  /** Frames that were decoded from damaged pieces. */
  readonly damaged: number;
  /** Frames whose size differed from the first one's; they were scaled to it. */
  readonly resized: number;
}

export type VideoQuality = 'small' | 'medium' | 'high';

export interface WriteRequest {
  readonly quality: VideoQuality;
  /** Frames a second of pictures that have no time of their own. */
  readonly fps: number;
  /** The sound of the video that the frames come from is copied. */
  readonly audio: boolean;
}

export interface VideoWriter {
  /** `at`: the frame whose time a picture has. @throws E_FILE_WRITE, E_VALUE, E_ISOLATE_DIED */
  write(picture: Frame | Image, at?: Frame): Promise<void>;
  /** Completes the file. @throws E_FILE_WRITE, E_ISOLATE_DIED */
  finish(): Promise<void>;
}

export interface Camera {
  readonly index: number;
  /** As the system addresses it; `open` takes it. */
  readonly name: string;
  /** As people know it. */
  readonly description: string;
}
