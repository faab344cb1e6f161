import { z } from 'zod';
import type { Problem } from '../graph/checked-graph.ts';
import { exactly } from './exact-schema.ts';
import type { RunEvent, RunSummary } from './run-events.ts';
import { errorCodeSchema, errorReportSchema, jsonSchema } from './value-schemas.ts';

const problem = exactly<Problem>()(
  z.object({
    code: errorCodeSchema,
    message: z.string(),
    node: z.string().optional(),
    pin: z.string().optional(),
    path: z.string().optional(),
  }),
);

const summary = {
  run: z.string(),
  status: z.enum(['done', 'degraded', 'failed', 'cancelled', 'timeout', 'refused']),
  ms: z.number(),
  done: z.number(),
  cached: z.number(),
  failed: z.number(),
  skipped: z.number(),
  cancelled: z.number(),
  memory: z.object({ peakBytes: z.number(), arena: z.string() }),
  streams: z.record(
    z.string(),
    z.object({ items: z.number(), failed: z.number(), dropped: z.number(), fps: z.number() }),
  ),
  error: errorReportSchema.optional(),
};

/** What `run` answers. */
export const runSummarySchema = exactly<RunSummary>()(z.object(summary));

export const runEventSchema = exactly<RunEvent>()(
  z.discriminatedUnion('event', [
    z.object({
      event: z.literal('run.started'),
      run: z.string(),
      graph: z.string(),
      nodes: z.number(),
      cached: z.array(z.string()),
      notes: z.array(z.string()).optional(),
      live: z.array(z.object({ name: z.string(), node: z.string(), value: jsonSchema })).optional(),
    }),
    z.object({ event: z.literal('problem'), problem }),
    z.object({ event: z.literal('node.running'), node: z.string() }),
    z.object({
      event: z.literal('node.progress'),
      node: z.string(),
      done: z.number().nullable(),
      note: z.string().optional(),
      item: z.number().optional(),
      stream: z.string().optional(),
    }),
    z.object({
      event: z.literal('stream.progress'),
      node: z.string(),
      items: z.number(),
      total: z.number().optional(),
      fps: z.number(),
      failed: z.number(),
      dropped: z.number(),
    }),
    z.object({ event: z.literal('node.waiting'), node: z.string(), error: errorReportSchema.nullable() }),
    z.object({
      event: z.literal('node.retrying'),
      node: z.string(),
      attempt: z.number(),
      item: z.number().optional(),
      error: errorReportSchema,
    }),
    z.object({
      event: z.literal('item.failed'),
      node: z.string(),
      item: z.number(),
      attempt: z.number(),
      error: errorReportSchema,
    }),
    z.object({
      event: z.literal('node.finished'),
      node: z.string(),
      status: z.enum(['done', 'cached', 'failed', 'skipped', 'cancelled']),
      attempt: z.number(),
      ms: z.number(),
      bytes: z.number(),
      items: z.number().optional(),
      failedItems: z.number().optional(),
      error: errorReportSchema.optional(),
      reason: z.string().optional(),
    }),
    z.object({
      event: z.literal('log'),
      node: z.string(),
      level: z.enum(['debug', 'info', 'warning']),
      message: z.string(),
      item: z.number().optional(),
    }),
    z.object({ event: z.literal('output'), name: z.string(), item: z.number().optional(), value: jsonSchema }),
    z.object({
      event: z.literal('file'),
      node: z.string(),
      path: z.string(),
      state: z.enum(['begun', 'complete']),
    }),
    z.object({ event: z.literal('run.finished'), ...summary }),
  ]),
);
