import { z } from 'zod';
import type { BackendName } from '../../../shared/node-api/backend.ts';
import type { Repetition } from '../../../shared/node-api/context.ts';
import { DTYPES, type NumericDType } from '../../../shared/node-api/tensor.ts';
import type { SegmentAddress } from '../known-segments.ts';

/**
 * The contract between the engine and an inference isolate. Replies come in the order of the requests.
 *
 * The engine checks every reply: an isolate runs models from anywhere. An isolate does not check requests: it chose to
 * connect to the address that its own parent gave it, importing zod would double its start-up time (45 ms), and typed
 * arrays refuse places outside a segment by themselves.
 */
export type Request =
  /** Runs a small model, to see whether the backend works. Replies: `probed`, `failed`. */
  | ({ readonly ask: 'probe' } & Place)
  /** Loads an ONNX file as a session. Replies: `loaded`, `failed`. */
  | ({ readonly ask: 'load'; readonly session: string; readonly path: string } & Place)
  /** Replies: `unloaded`. */
  | { readonly ask: 'unload'; readonly session: string }
  /** Replies: `ran`, `unplaced`, `failed`. */
  | ({
      readonly ask: 'run';
      /** Outputs of at most so many bytes travel in the reply; a larger one needs a place. */
      readonly payloadLimit: number;
    } & Run)
  /** Runs the same again and again. Replies: `timed`, `failed`. */
  | ({ readonly ask: 'time' } & Run & Repetition)
  /** Answers `unplaced`, the first that was not answered yet, with a place for each of its outputs. Replies: `ran`. */
  | { readonly ask: 'place'; readonly segments: readonly SegmentAddress[]; readonly outputs: readonly PlacedTensor[] }
  /** Answers `unplaced` too, when there is no memory: the outputs are forgotten. Replies: `dropped`. */
  | { readonly ask: 'drop' };

/** What a session is made for. The first request says it, and it stays so for the life of the isolate. */
export interface Place {
  readonly backend: BackendName;
  /** Where the backend runs on the processor. */
  readonly threads: number;
}

export interface Run {
  readonly session: string;
  /** Those that are named for the first time. */
  readonly segments: readonly SegmentAddress[];
  readonly inputs: readonly CarriedTensor[];
  /** Outputs whose shape is known before the run: written in place. */
  readonly outputs: readonly PlacedTensor[];
}

export type Reply = z.infer<typeof replySchema>;

export interface NumericHeader {
  readonly name: string;
  readonly dtype: NumericDType;
  readonly shape: readonly number[];
}

/** A tensor whose elements lie in the arena, `offset` bytes into a segment. */
export interface PlacedTensor extends NumericHeader {
  readonly in: 'arena';
  readonly segment: number;
  readonly offset: number;
}

/** A tensor that travels in the message: text in the header, numbers in the payload, `offset` bytes into it. */
export type MessageTensor = z.infer<typeof messageTensor>;

export type CarriedTensor = PlacedTensor | MessageTensor;

const natural = z.int().min(0);
const name = z.string();
// Read-only by type alone: zod's own readonly() would freeze every array of every message.
const shape: z.ZodType<readonly number[]> = z.array(natural);
const text: z.ZodType<readonly string[]> = z.array(z.string());
const dtype = z.enum(DTYPES).exclude(['string']);

const messageTensor = z.discriminatedUnion('in', [
  z.object({ in: z.literal('payload'), name, dtype, shape, offset: natural }),
  z.object({ in: z.literal('text'), name, dtype: z.literal('string'), shape, text }),
]);

export const replySchema = z.discriminatedUnion('did', [
  z.object({ did: z.literal('probed'), device: z.string().nullable(), software: z.boolean() }),
  z.object({ did: z.literal('loaded') }),
  z.object({ did: z.literal('unloaded') }),
  /** `outputs`: those that were not written in place. */
  z.object({ did: z.literal('ran'), outputs: z.array(messageTensor) }),
  /** The run is done; these outputs wait for places. */
  z.object({ did: z.literal('unplaced'), outputs: z.array(z.object({ name, dtype, shape })) }),
  /** Of each run that counts, in order, ms. */
  z.object({ did: z.literal('timed'), times: z.array(z.number().min(0)).min(1) }),
  z.object({ did: z.literal('dropped') }),
  /** `message`: the text of ONNX Runtime. */
  z.object({ did: z.literal('failed'), message: z.string() }),
]);
