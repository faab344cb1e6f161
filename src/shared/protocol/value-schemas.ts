import { z } from 'zod';
import { type Graph, graphSchema } from '../graph/document.ts';
import { BACKEND_NAMES, type BackendStatus } from '../node-api/backend.ts';
import { ERROR_CODES, type ErrorCode } from '../node-api/error-codes.ts';
import type { JsonValue } from '../node-api/pins.ts';
import { DTYPES } from '../node-api/tensor.ts';
import type { ErrorReport } from '../node-api/weft-error.ts';
import type { FrameColour } from '../node-api/yuv.ts';
import type { ModelSignature, TensorPort } from '../types/pin-type.ts';
import { exactly } from './exact-schema.ts';

/** Whatever a message's JSON holds is JSON; a typed array in it is not. */
export const jsonSchema: z.ZodType<JsonValue> = z.custom<JsonValue>(isJson, 'not JSON');

function isJson(value: unknown): boolean {
  if (value === undefined || ArrayBuffer.isView(value)) return false;
  return typeof value !== 'object' || value === null || Object.values(value).every(isJson);
}

/** The document itself, not a copy: keys that Weft does not know, and the order of all, stay. */
export const documentSchema: z.ZodType<Graph> = z.custom<Graph>(
  (value) => graphSchema.safeParse(value).success && isJson(value),
  'not a graph',
);

export const errorCodeSchema = z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]);

export const errorReportSchema = exactly<ErrorReport>()(
  z.object({
    code: errorCodeSchema,
    message: z.string(),
    causes: z.array(z.string()),
    node: z.string().optional(),
    pin: z.string().optional(),
  }),
);

export const frameColourSchema = exactly<FrameColour>()(
  z.object({ matrix: z.enum(['bt601', 'bt709', 'bt2020']), full: z.boolean() }),
);

export const bytesSchema: z.ZodType<Uint8Array<ArrayBuffer>> = z.instanceof(Uint8Array<ArrayBuffer>);

const tensorPort = exactly<TensorPort>()(
  z.object({
    name: z.string(),
    dtype: z.enum(DTYPES),
    shape: z.array(z.union([z.number(), z.string(), z.null()])).nullable(),
  }),
);

export const modelSignatureSchema = exactly<ModelSignature>()(
  z.object({ inputs: z.array(tensorPort), outputs: z.array(tensorPort) }),
);

export const backendStatusSchema = exactly<BackendStatus>()(
  z.discriminatedUnion('available', [
    z.object({
      name: z.enum(BACKEND_NAMES),
      available: z.literal(true),
      device: z.string().nullable(),
      software: z.boolean(),
    }),
    z.object({
      name: z.enum(BACKEND_NAMES),
      available: z.literal(false),
      reason: z.string(),
      remedy: z.string(),
      cause: z.string().nullable(),
    }),
  ]),
);
