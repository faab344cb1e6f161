import { z } from 'zod';
import type { PictureRate, ReadRequest, VideoQuality } from '../../../shared/node-api/media.ts';
import type { FrameColour } from '../../../shared/node-api/yuv.ts';
import type { SegmentAddress } from '../known-segments.ts';

/**
 * The contract between the engine and a media isolate. The engine sends a request and waits for its reply; an isolate
 * works on one video at a time. Replies are checked, requests are not, as with inference (`inference/messages.ts`).
 */
export type Request =
  /** Replies: `opened`, `failed`. */
  | { readonly ask: 'open'; readonly input: Input; readonly request: ReadRequest }
  /** Replies: `frame`, `end`, `failed`. */
  | { readonly ask: 'frame'; readonly segments: readonly SegmentAddress[]; readonly into: PlaceInArena | null }
  /** Replies: `created`, `failed`. */
  | ({ readonly ask: 'create' } & NewVideo)
  /** Replies: `written`, `failed`. The planes or pixels lie in the arena, or in the payload where `from` is null. */
  | ({
      readonly ask: 'write';
      readonly segments: readonly SegmentAddress[];
      readonly from: PlaceInArena | null;
      readonly seconds: number;
      readonly duration: number;
    } & Pixels)
  /** Completes what is written, or forgets what is read. Replies: `closed`, `failed`. */
  | { readonly ask: 'close' }
  /** Replies: `devices`. */
  | { readonly ask: 'devices' }
  /** Replies: `codecs`. */
  | { readonly ask: 'codecs' };

export type Reply = z.infer<typeof replySchema>;

/** Where FFmpeg finds a video. */
export type Input =
  | { readonly kind: 'file'; readonly path: string }
  | ({ readonly kind: 'camera'; readonly device: string } & Partial<PictureRate>)
  | ({ readonly kind: 'pattern' } & PictureRate);

export interface NewVideo {
  readonly path: string;
  readonly container: 'mp4' | 'webm' | 'matroska';
  readonly encoder: 'libx264' | 'libvpx-vp9';
  readonly quality: VideoQuality;
  readonly width: number;
  readonly height: number;
  readonly colour: FrameColour;
  /** Frames a second, about: the times of the frames count. */
  readonly fps: number;
  /** A file whose sound is copied, from the time of the first frame on, in seconds. */
  readonly sound: { readonly path: string; readonly from: number } | null;
}

/** How the samples of a picture lie; always unpadded. */
export interface Pixels {
  readonly format: 'yuv420p' | 'rgb24' | 'rgba' | 'gray';
  readonly width: number;
  readonly height: number;
  readonly colour: FrameColour;
}

/** `bytes` bytes, `offset` bytes into a segment. */
export interface PlaceInArena {
  readonly segment: number;
  readonly offset: number;
  readonly bytes: number;
}

/** Why FFmpeg could not do it; the engine makes the sentence. */
export const FAILURES = ['missing', 'refused', 'sound', 'other'] as const;
export type FailureKind = (typeof FAILURES)[number];

const natural = z.int().min(0);
const colour = z.object({ matrix: z.enum(['bt601', 'bt709', 'bt2020']), full: z.boolean() });
const tally = z.object({ decoded: natural, lost: natural, damaged: natural, resized: natural });

export const replySchema = z.discriminatedUnion('did', [
  z.object({
    did: z.literal('opened'),
    video: z.object({
      container: z.string(),
      codec: z.string(),
      width: z.int().min(1),
      height: z.int().min(1),
      fps: z.number().positive().nullable(),
      frames: z.int().min(1).nullable(),
      seconds: z.number().min(0).nullable(),
      rotation: z.number(),
      audio: z.string().nullable(),
    }),
  }),
  /** Its planes are in place, or in the payload. */
  z.object({
    did: z.literal('frame'),
    index: natural,
    seconds: z.number(),
    duration: z.number().min(0),
    colour,
    tally,
  }),
  z.object({ did: z.literal('end'), tally }),
  z.object({ did: z.literal('created') }),
  z.object({ did: z.literal('written') }),
  z.object({ did: z.literal('closed') }),
  z.object({
    did: z.literal('devices'),
    cameras: z.array(z.object({ name: z.string(), description: z.string() })),
  }),
  z.object({ did: z.literal('codecs'), ffmpeg: z.string(), encoders: z.array(z.string()) }),
  /** `message`: the text of FFmpeg. */
  z.object({ did: z.literal('failed'), why: z.enum(FAILURES), message: z.string() }),
]);
