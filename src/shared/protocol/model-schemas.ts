import { z } from 'zod';
import { BACKEND_NAMES } from '../node-api/backend.ts';
import { exactly } from './exact-schema.ts';
import { MODEL_TASKS, type ModelInspection } from './model-inspection.ts';
import { modelSignatureSchema } from './value-schemas.ts';

export const modelInspectionSchema = exactly<ModelInspection>()(
  z.object({
    path: z.string(),
    bytes: z.number(),
    signature: modelSignatureSchema,
    metadata: z.record(z.string(), z.string()),
    irVersion: z.number(),
    opsets: z.record(z.string(), z.number()),
    producer: z.string(),
    operators: z.array(z.object({ name: z.string(), count: z.number() })),
    weights: z.array(z.object({ type: z.string(), count: z.number() })),
    externalData: z.array(z.string()),
    unsupported: z.array(z.object({ port: z.string(), type: z.string() })),
    customOperators: z.array(z.string()),
    refusals: z.array(z.object({ backend: z.enum(BACKEND_NAMES), reason: z.string() })),
    purpose: z.object({ task: z.enum(MODEL_TASKS).nullable(), family: z.string().nullable(), reason: z.string() }),
  }),
);
