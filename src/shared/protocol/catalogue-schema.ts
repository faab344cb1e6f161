import { z } from 'zod';
import type { InputSignature, NodeSignature, OutputSignature } from '../node-api/signature.ts';
import { DTYPES } from '../node-api/tensor.ts';
import type { Dim, DimExpression, PinType, PinTypeRule } from '../types/pin-type.ts';
import type { Catalogue } from './engine-calls.ts';
import { exactly } from './exact-schema.ts';
import { errorReportSchema, jsonSchema, modelSignatureSchema } from './value-schemas.ts';

const dim: z.ZodType<Dim> = z.lazy(() => z.union([z.number(), z.string(), z.null(), dimExpression]));

const dimExpression = exactly<DimExpression>()(
  z.object({ op: z.enum(['+', '-', '*', '/', 'floor', 'min', 'max']), args: z.array(dim) }),
);

const simpleKind = z.enum([
  'number',
  'integer',
  'boolean',
  'string',
  'frame',
  'detections',
  'keypoints',
  'session',
  'table',
  'json',
  'path',
  'colour',
  'bytes',
  'any',
]);

const pinType: z.ZodType<PinType> = z.lazy(() =>
  exactly<PinType>()(
    z.discriminatedUnion('kind', [
      z.object({ kind: simpleKind }),
      z.object({ kind: z.literal('enum'), values: z.array(z.string()) }),
      z.object({ kind: z.literal('image'), width: dim, height: dim, channels: dim }),
      z.object({ kind: z.literal('mask'), width: dim, height: dim }),
      z.object({ kind: z.literal('tensor'), dtype: z.enum(DTYPES).nullable(), shape: z.array(dim).nullable() }),
      z.object({ kind: z.literal('list'), of: pinType }),
      z.object({ kind: z.literal('model'), signature: modelSignatureSchema.optional() }),
      z.object({ kind: z.literal('custom'), name: z.string() }),
    ]),
  ),
);

const pinTypeRule: z.ZodType<PinTypeRule> = z.lazy(() =>
  exactly<PinTypeRule>()(
    z.union([
      pinType,
      z.object({
        kind: z.enum(['same-as', 'list-of', 'element-of', 'declared-by', 'batched', 'model-file']),
        pin: z.string(),
      }),
      z.object({ kind: z.literal('frame-or'), pin: z.string(), otherwise: pinTypeRule }),
      z.object({ kind: z.literal('chosen-by'), pin: z.string(), types: z.record(z.string(), pinTypeRule) }),
      z.object({ kind: z.literal('permuted'), pin: z.string(), order: z.string() }),
      z.object({ kind: z.literal('cast'), pin: z.string(), dtype: z.string() }),
      z.object({ kind: z.enum(['model-input', 'model-output']), pin: z.string(), index: z.number() }),
    ]),
  ),
);

const inputSignature = exactly<InputSignature>()(
  z.object({
    name: z.string(),
    type: pinTypeRule,
    description: z.string().optional(),
    optional: z.boolean().optional(),
    default: jsonSchema.optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    step: z.number().optional(),
    unit: z.string().optional(),
    widget: z.enum(['slider', 'multiline', 'camera', 'hidden']).optional(),
    acceptsSkipped: z.boolean().optional(),
    perItem: z.literal(true).optional(),
    access: z.enum(['read', 'write']).optional(),
    content: z.literal('model').optional(),
    frames: z.literal(true).optional(),
  }),
);

const outputSignature = exactly<OutputSignature>()(
  z.object({ name: z.string(), type: pinTypeRule, description: z.string().optional() }),
);

const nodeSignature = exactly<NodeSignature>()(
  z.object({
    id: z.string(),
    type: z.string(),
    version: z.number(),
    category: z.string(),
    title: z.string(),
    summary: z.string(),
    keywords: z.array(z.string()),
    inputs: z.array(inputSignature),
    outputs: z.array(outputSignature),
    body: z.enum(['run', 'source', 'open', 'collect']),
    effects: z.enum(['writes', 'shows', 'network', 'measures']).nullable(),
    live: z.literal(true).optional(),
    stream: z.enum(['begins', 'pairs', 'follows']).optional(),
  }),
);

export const catalogueSchema = exactly<Catalogue>()(
  z.object({
    nodes: z.array(nodeSignature),
    problems: z.array(z.object({ path: z.string(), report: errorReportSchema })),
  }),
);
